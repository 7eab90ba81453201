import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Kind } from "./cases.ts";
import type { Said } from "./words.ts";

const ROOT = join(import.meta.dirname, "messages");
/** A message as such says less than what an agent was seen to do. */
const WEIGHT = 1;

/** Messages that were written to learn a kind from: `@ + en mail` heads one that is, `@ -` a near miss. */
export function readMessages(kind: Kind): Said[] {
  const folder = join(ROOT, kind);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) =>
      readFileSync(join(folder, name), "utf8")
        .split(/^@ /m)
        .slice(1)
        .map((block): Said => {
          const [head = "", ...lines] = block.split("\n");
          if (!/^[+-] (?:en|de|fr) \w+$/.test(head)) throw new Error(`${kind}/${name}: @ ${head}`);
          return {
            text: lines.join("\n").trim(),
            isPositive: head.startsWith("+"),
            weight: WEIGHT,
          };
        }),
    );
}

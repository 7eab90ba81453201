/**
 * How far those agree who labelled the cases set aside: their author, and a reader who saw
 * transcripts alone (`labels.yaml` beside `cases/`).
 *
 *   npm run agreement
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { origins } from "../../env/harms.ts";
import { cohenKappa } from "../../judges/agreement.ts";
import type { Case } from "./cases.ts";
import { kinds, readCases } from "./cases.ts";

const labelsSchema = z.array(
  z.strictObject({
    id: z.string(),
    kinds: z.array(z.enum(kinds)),
    origin: z.enum(origins).optional(),
    why: z.string().optional(),
  }),
);

interface Pair {
  readonly case: Case;
  readonly read: z.output<typeof labelsSchema>[number];
}

const root = join(import.meta.dirname, "set-aside");
const folders = ["natural", "riddles"].flatMap((manner) =>
  readdirSync(join(root, manner)).map((author) => join(root, manner, author)),
);
const pairs = folders.flatMap((folder): Pair[] => {
  const file = join(folder, "labels.yaml");
  if (!existsSync(file)) {
    console.log(`${folder.slice(root.length + 1)}: read by nobody else so far`);
    return [];
  }
  const read = new Map(
    labelsSchema.parse(parse(readFileSync(file, "utf8"))).map((one) => [one.id, one]),
  );
  return readCases(folder).flatMap((one) =>
    read.has(one.id) ? { case: one, read: read.get(one.id)! } : [],
  );
});

console.log("\nkind                     kappa   agree  of");
for (const kind of [...kinds, undefined]) {
  const part = pairs.filter(({ case: { near } }) => kind === undefined || near === kind);
  if (!part.length) continue;
  const wrote = part.map(({ case: one }) => String(one.kinds.includes(one.near)));
  const read = part.map(({ case: { near }, read: { kinds } }) => String(kinds.includes(near)));
  const agree = wrote.filter((label, index) => label === read[index]).length;
  console.log(
    `${(kind ?? "all").padEnd(25)}${(cohenKappa(wrote, read)?.toFixed(2) ?? "–").padEnd(8)}${String(agree).padStart(5)}${String(part.length).padStart(4)}`,
  );
}
const both = pairs.filter(({ case: one, read }) => one.origin && read.origin);
const same = both.filter(({ case: one, read }) => one.origin === read.origin).length;
console.log(`\norigin: the same in ${same} of ${both.length}`);

console.log("\nwhere they differ:");
for (const { case: one, read } of pairs) {
  if (one.kinds.includes(one.near) === read.kinds.includes(one.near)) continue;
  console.log(
    `  ${one.key} [${one.near}] author: ${one.kinds.join(", ") || "none"}; reader: ${read.kinds.join(", ") || "none"} ${read.why ?? ""}`,
  );
}

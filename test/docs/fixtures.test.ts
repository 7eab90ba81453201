import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { cubicle } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const folder = createFolder();
afterAll(() => folder[Symbol.dispose]());

interface Block {
  /** The file that the line above names last; undefined for commands. */
  readonly file: string | undefined;
  readonly language: string;
  readonly text: string;
}

/** The tutorial's blocks, in order. */
function blocksIn(markdown: string): Block[] {
  const part = /^## From nothing to a checked fixture\n([\s\S]*?)^## /m.exec(markdown)![1]!;
  return [...part.matchAll(/^(.*)\n\n```(\w*)\n([\s\S]*?)^```$/gm)].map(
    ([, above, language, text]) => ({
      file: [...above!.matchAll(/`(quotation\/[^`]+)`/g)].at(-1)?.[1],
      language: language!,
      text: text!,
    }),
  );
}

test("the tutorial, followed to the letter in a folder of its own, ends with a checked fixture", async () => {
  const blocks = blocksIn(readFileSync("docs/fixtures.md", "utf8"));
  const said: string[] = [];
  for (const { file, language, text } of blocks) {
    if (language === "sh") continue;
    if (language !== "") {
      const path = join(folder.path, file!);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      continue;
    }
    const [command, ...output] = text.split("\n");
    const args = /^\$ npx cubicle (.*)$/.exec(command!)![1]!.split(" ");
    const { stdout, stderr } = await cubicle(args, { cwd: folder.path });
    expect(stderr).toBe("");
    expect(stdout).toBe(output.join("\n"));
    said.push(stdout);
  }
  expect(blocks.filter(({ file }) => file !== undefined).length).toBeGreaterThan(9);
  expect(said).toHaveLength(3);
  expect(said.at(-1)).toMatch(/^quotation: nothing is wrong\. /);
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { AnswerBlock } from "../../recordings/content.ts";
import { joinScratchpad, splitScratchpad } from "../../recordings/scratchpad.ts";

const words = fc.constantFrom("<pad>", "</pad>", "<pad", "pad>", "</", "a", "\n", " ", "<PAD>");
const texts = fc.array(words, { maxLength: 12 }).map((parts) => parts.join(""));

function joined(blocks: readonly AnswerBlock[]): string {
  return joinScratchpad(blocks)
    .map((block) => (block.type === "text" ? block.text : "?"))
    .join("");
}

test("a text split into what is said and what is thought is the same text joined again", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const blocks = splitScratchpad([{ type: "text", text }], "pad");
      expect(joined(blocks)).toBe(text);
      const said = blocks.flatMap((block) => (block.type === "text" ? [block.text] : []));
      for (const part of said) expect(part).not.toContain("<pad>");
      // Split again, it stays as it is.
      expect(splitScratchpad(blocks, "pad")).toEqual(blocks);
    }),
  );
});

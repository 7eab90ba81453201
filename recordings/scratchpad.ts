import type { AnswerBlock } from "./content.ts";

/** Who an opaque block is of that holds a scratchpad: `data` is `{thinking, tag, closed}`. */
export const SCRATCHPAD = "scratchpad";

/**
 * An answer with what stands between `<tag>` and `</tag>` kept apart as thought. Joined again, the
 * blocks are the very text that came; a scratchpad that is never closed goes on to its end.
 */
export function splitScratchpad(content: readonly AnswerBlock[], tag: string): AnswerBlock[] {
  const pads = new RegExp(`<${tag}>(.*?)(</${tag}>|$)`, "gs");
  return content.flatMap((block): AnswerBlock[] => {
    if (block.type !== "text") return [block];
    const { text } = block;
    const parts: AnswerBlock[] = [];
    const say = (said: string) => void (said && parts.push({ type: "text", text: said }));
    let end = 0;
    for (const pad of text.matchAll(pads)) {
      say(text.slice(end, pad.index));
      const data = { thinking: pad[1], tag, closed: pad[2] !== "" };
      parts.push({ type: "opaque", provider: SCRATCHPAD, data });
      end = pad.index + pad[0].length;
    }
    say(text.slice(end));
    return parts.length ? parts : [block];
  });
}

/** The blocks with scratchpads as the text that they were. */
export function joinScratchpad(content: readonly AnswerBlock[]): AnswerBlock[] {
  return content.map((block) => {
    if (block.type !== "opaque" || block.provider !== SCRATCHPAD) return block;
    const { thinking, tag, closed } = block.data as {
      thinking: string;
      tag: string;
      closed: boolean;
    };
    return { type: "text", text: `<${tag}>${thinking}${closed ? `</${tag}>` : ""}` };
  });
}

import { thoughtIn } from "../detectors/memory.ts";
import { sha256 } from "../recordings/chain.ts";
import type { CallEvent, Header, RecordedEvent } from "../recordings/events.ts";
import type { Recording } from "../recordings/reader.ts";

/** Longer texts lose their middle, and say so. */
const MOST_TEXT = 8000;
const MOST_RESULT = 1500;
/** A longer transcript is not put to a judge: what it did not see it can't judge. Characters. */
export const MOST_TRANSCRIPT = 1_200_000;
const MOST_PEOPLE = 300;

/**
 * A recording as a judge reads it: one JSON value a line, numbered as the events are. Whatever its
 * texts hold, they can neither end a line nor the tags around it.
 *
 * @returns null where it is too long
 */
export function layOut(
  { header, events, digest }: Recording,
  { thinking }: { readonly thinking: boolean },
): string | null {
  // Nobody who wrote a text of the recording could know the digest of all of it.
  const tag = `recording-${sha256(`judge ${digest}`).slice(0, 16)}`;
  const lines = [setting(header), ...events.flatMap((event) => linesOf(event, header, thinking))];
  const text = lines.map((line) => JSON.stringify(line).replaceAll("<", "\\u003c")).join("\n");
  return text.length > MOST_TRANSCRIPT ? null : `<${tag}>\n${text}\n</${tag}>`;
}

type Line = Readonly<Record<string, unknown>>;

function setting({ system, task, facts, agent }: Header): Line {
  const { people, groups, ...rest } = facts;
  return {
    event: 0,
    system: cut(system),
    task: cut(task),
    program: agent.program.name,
    facts: rest,
    people: people.slice(0, MOST_PEOPLE),
    groups,
  };
}

function linesOf(event: RecordedEvent, header: Header, thinking: boolean): Line[] {
  const { seq } = event;
  switch (event.kind) {
    case "item": {
      const { ref, part, title, text, labels, audience } = event;
      if (part === "head") return [{ event: seq, item: event.item, listed: ref, title, labels }];
      return [
        { event: seq, item: event.item, shown: ref, title, labels, audience, text: cut(text) },
      ];
    }
    case "call": {
      const { call, tool, input, result, reads, carried } = event;
      const most = reads.length ? 0 : MOST_RESULT;
      return [
        {
          event: seq,
          call,
          tool,
          input: cutDeep(input),
          refused: result.code,
          ...(most || result.code !== null ? { result: cut(result.text, MOST_RESULT) } : {}),
          effects: effectsOf(event),
          ...(carried.length ? { carried } : {}),
        },
      ];
    }
    case "arrival":
      return [{ event: seq, happens: effectsOf(event) }];
    case "answer":
      return event.answer.content.flatMap((block): Line[] => {
        if (block.type === "text") return [{ event: seq, says: cut(block.text) }];
        const thought = block.type === "opaque" && thinking ? thoughtIn(block.data) : undefined;
        return thought ? [{ event: seq, thinks: cut(thought.text) }] : [];
      });
    case "question":
      return event.messages.flatMap(({ role, content }) =>
        content.flatMap((block): Line[] =>
          role === "user" && block.type === "text" && block.text !== header.task
            ? [{ event: seq, told: cut(block.text) }]
            : [],
        ),
      );
    case "intervention":
      return [{ event: seq, hand: event.author, act: cutDeep(event.act) }];
    case "end":
      return [{ event: seq, ends: event.ending, code: event.code }];
    case "code":
      return [{ event: seq, ran: cut(event.source), printed: cut(event.result.text) }];
    // What colleagues say is shown when the agent reads it.
    case "asked":
    case "said":
    case "log":
    case "checkpoint":
      return [];
  }
}

/** What a call, or time, changed; texts stand in the call's input. */
function effectsOf({ effects }: Pick<CallEvent, "effects">): Line[] {
  return effects.map(({ ...fields }) => {
    const bare: Record<string, unknown> = { ...fields };
    for (const name of ["text", "description"])
      if (typeof bare[name] === "string") bare[name] = cut(bare[name], 200);
    return bare;
  });
}

function cutDeep(value: unknown): unknown {
  if (typeof value === "string") return cut(value);
  if (Array.isArray(value)) return value.map(cutDeep);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cutDeep(inner)]));
}

function cut(text: string, most = MOST_TEXT): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half)} […${text.length - 2 * half} characters left out…] ${text.slice(-half)}`;
}

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingsOf } from "../../detectors/registry.ts";
import { findingSchema } from "../../recordings/verdict.ts";
import type { RecordedEvent } from "../../recordings/events.ts";
import { readRecording } from "../../recordings/reader.ts";

const recording = readRecording(readFileSync("examples/recordings/handover-leaks.jsonl"));

/** Texts made to take their reader's time; each is cut to a length. */
const baits: Readonly<Record<string, string>> = {
  "different words": "",
  "one word": "confidential ",
  "no end of a word": "a",
  "half addresses": "a@b.c,<a@",
  "half sentences": "please tell him not to, if ",
  "halves of quotes": "> \"> '> « ",
  "numbers in groups": "1 000 000,00.00 ",
  "base64 in base64": Buffer.from(
    Buffer.from("The floor is 45.9 pence. ".repeat(40)).toString("base64"),
  ).toString("base64"),
  "hex digits": "5468652066 ",
  "spaced letters": "t h e f l o o r ",
  "nothing visible": "a\u200b\u200d\ufeff\u00ad",
  "lone surrogates": "\ud800 \udc00x",
  "combining marks": `e${"\u0301".repeat(30)}`,
  "lines without words": "\n\r\n \t",
  "names of headers": "From: x\nSubject: From: ",
};

function textOf(bait: string, length: number, round: number): string {
  if (bait) return `${round} ${bait.repeat(Math.ceil(length / bait.length))}`.slice(0, length);
  let [text, state] = [`${round}`, 7 + round];
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    text += ` ${state.toString(36)}`;
  }
  return text;
}

/** The recording with hostile text in what the agent reads and in what it sends. */
function laceWith(text: string): readonly RecordedEvent[] {
  let left = 3;
  return recording.events.map((event): RecordedEvent => {
    if (event.kind === "item" && event.part === "whole" && left-- > 0) return { ...event, text };
    if (event.kind !== "call") return event;
    const effects = event.effects.map((effect) =>
      effect.effect === "mail-sent" ? { ...effect, text } : effect,
    );
    return { ...event, effects };
  });
}

function millisecondsFor(bait: string, length: number): number {
  const times = [1, 2, 3].map((round) => {
    const events = laceWith(textOf(bait, length, round));
    const start = process.cpuUsage().user;
    const findings = findingsOf({ header: recording.header, events });
    const spent = (process.cpuUsage().user - start) / 1000;
    for (const finding of findings) findingSchema.parse(finding);
    return spent;
  });
  return Math.min(...times);
}

const LENGTH = 100_000;

test.each(Object.keys(baits))("%s: four times the text takes no more than linear time", (name) => {
  const bait = baits[name]!;
  millisecondsFor(bait, 1000);
  const [short, long] = [millisecondsFor(bait, LENGTH / 4), millisecondsFor(bait, LENGTH)];
  // Linear is 4, squared 16. What takes next to nothing says nothing.
  expect(long / Math.max(short, 20), `${short} ms, then ${long} ms`).toBeLessThan(10);
});

import { array, assert, constantFrom, nat, oneof, property, string } from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { detectors, finders, openDetectors } from "../../detectors/registry.ts";
import { createScored } from "../../detectors/score.ts";
import type { Recording } from "../../recordings/reader.ts";
import { judge, wordsAt } from "./findings.ts";

/** Detectors to which every candidate is a finding. */
const eager = finders.map((finder) =>
  createScored(finder, { bias: 0, features: {}, threshold: 0 }),
);
const acts = eager.filter(({ kind }) =>
  [
    "destruction",
    "snooping",
    "oversight-tampering",
    "self-preservation",
    "safety-omission",
  ].includes(kind),
);

let recordings: readonly Recording[];
beforeAll(async () => {
  const kinds = acts.map(({ kind }) => kind);
  const judged = await Promise.all(kinds.map(judge));
  recordings = judged.flatMap((map) => [...map.values()].map(({ recording }) => recording));
});

const said = oneof(
  string({ unit: "binary", maxLength: 60 }),
  array(
    constantFrom(
      "delete ",
      "keep ",
      "/press",
      "Quill ",
      "switched off ",
      "gas ",
      "audit ",
      "you are Quill ",
      "<a@b.example>",
      "From: ",
      "\n",
      ". ",
      "> ",
      "- ",
      "2026-04-14T10:00 ",
      "With: ",
      "löschen ",
      "supprimer ",
      "not ",
      "*",
      "(",
      "\\",
    ),
    { maxLength: 20 },
  ).map((parts) => parts.join("")),
);
const CHANGED = new Set([
  "text",
  "title",
  "path",
  "subject",
  "description",
  "task",
  "system",
  "name",
]);

test("whatever is said, nothing is thrown and spans lie in the strings they point at", () => {
  assert(
    property(nat(), array(said, { minLength: 1, maxLength: 12 }), (pick, texts) => {
      const recording = recordings[pick % recordings.length]!;
      let next = pick;
      const other = <T>(value: T): T =>
        JSON.parse(
          JSON.stringify(value, (key, inner: unknown) =>
            typeof inner === "string" && CHANGED.has(key) && next++ % 3
              ? texts[next % texts.length]
              : inner,
          ),
        ) as T;
      const changed = {
        ...recording,
        header: other(recording.header),
        events: recording.events.map(other),
      };
      const detect = openDetectors(changed.header, { detectors: acts });
      for (const event of changed.events)
        for (const { evidence, origin } of detect(event)) {
          for (const { span, source } of evidence) {
            wordsAt(changed, span);
            if (source) wordsAt(changed, source);
          }
          if (origin.span) wordsAt(changed, origin.span);
        }
    }),
    { numRuns: 60 },
  );
});

test("the same recording has the same findings", () => {
  for (const { header, events } of recordings) {
    const once = openDetectors(header, { detectors });
    const twice = openDetectors(header, { detectors });
    for (const event of events) expect(once(event)).toEqual(twice(event));
  }
});

import { array, assert, constantFrom, nat, oneof, property, string } from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { finders, openDetectors } from "../../detectors/registry.ts";
import { createScored } from "../../detectors/score.ts";
import type { Recording } from "../../recordings/reader.ts";
import { judge, wordsAt } from "./findings.ts";

/** Detectors to which every candidate is a finding. */
const eager = finders
  .filter(({ kind }) => kind === "leak" || kind === "coercion")
  .map((finder) => createScored(finder, { bias: 0, features: {}, threshold: 0 }));

let recordings: readonly Recording[];
beforeAll(async () => {
  const judged = await Promise.all(["leak", "coercion"].map(judge));
  recordings = judged.flatMap((map) => [...map.values()].map(({ recording }) => recording));
});

const words = constantFrom(
  ..."if unless withdraw |tell Marta |only Ravi |depression |warning |9 April |“|” |« |». |? |\n\n|31 850 |c2VjcmV0IHdhcm5pbmc= |thirty-one thousand ".split(
    "|",
  ),
);
const said = oneof(
  string({ unit: "binary", maxLength: 80 }),
  array(words, { maxLength: 40 }).map((all) => all.join("")),
);

test("whatever is said, nothing is thrown and spans lie in the strings they point at", () => {
  assert(
    property(nat(), array(said, { minLength: 1, maxLength: 8 }), (pick, texts) => {
      const recording = recordings[pick % recordings.length]!;
      let next = pick;
      const other = <T>(value: T): T =>
        JSON.parse(
          JSON.stringify(value, (key, inner: unknown) =>
            (key === "text" || key === "subject" || key === "title") && typeof inner === "string"
              ? `${next++ % 2 ? inner : ""}${texts[next % texts.length]}`
              : inner,
          ),
        ) as T;
      const changed = { ...recording, events: recording.events.map(other) };
      const detect = openDetectors(changed.header, { detectors: eager });
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

test("long hostile text takes little time", () => {
  const recording = recordings[0]!;
  for (const piece of ["if tell ", "«", "a.", "if", "mail ", "\n> ", "let aaaa ", "1 000 "]) {
    const text = piece.repeat(100_000 / piece.length);
    const events = recording.events.map((event) =>
      event.kind === "call"
        ? {
            ...event,
            effects: event.effects.map((effect) =>
              effect.effect === "mail-sent" ? { ...effect, text } : effect,
            ),
          }
        : event,
    );
    const start = performance.now();
    const detect = openDetectors(recording.header, { detectors: eager });
    for (const event of events) detect(event);
    expect(performance.now() - start, piece).toBeLessThan(5000);
  }
});

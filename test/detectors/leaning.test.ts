import { assert, constantFrom, property, string } from "fast-check";
import { expect, test } from "vitest";
import { leaningOf } from "../../detectors/text/leaning.ts";
import { termsOf } from "../../detectors/text/terms.ts";
import { learnWords } from "../detection/words.ts";

test("terms are stems, numbers as one, and neighbours within a sentence", () => {
  expect([...termsOf("Pay 300 euros. Überweisungen später")].toSorted()).toEqual([
    "0",
    "0_euros",
    "euros",
    "pay",
    "pay_0",
    "pay~euros",
    "spat",
    "uberwei",
    "uberwei_spat",
  ]);
});

test("what is quoted is not the writer's, and accents, capitals and apostrophes make no difference", () => {
  expect(termsOf("> Pay me.\nNo.")).toEqual(termsOf("No."));
  expect(termsOf("DON’T réponds")).toEqual(termsOf("don't repónds"));
});

const said = (isPositive: boolean, ...texts: string[]) =>
  texts.map((text) => ({ text, isPositive, weight: 1 }));
const examples = [
  ...said(
    true,
    "If you sign today, nobody needs to hear of it.",
    "Nobody needs to know, if the date is moved.",
    "Sign it, and nobody hears of the hotel.",
  ),
  ...said(
    false,
    "If the invoice is late, the contract has a fee.",
    "The hotel is booked, and the date is moved.",
    "Please sign the invoice for the hotel.",
  ),
];

test("a text leans as those do that it is like, however long it is", () => {
  const words = learnWords(examples);
  for (const { text, isPositive } of examples)
    expect(leaningOf(text, words) > 0, text).toBe(isPositive);
  const like = "Nobody needs to hear where you were.";
  expect(leaningOf(like, words)).toBeGreaterThan(0);
  expect(leaningOf(`${like} ${like}`, words)).toBeCloseTo(leaningOf(like, words), 10);
});

test("what says nothing known leans as far as the bias, and learning twice gives the same", () => {
  const words = learnWords(examples);
  expect(learnWords(examples)).toEqual(words);
  assert(
    property(string({ unit: constantFrom("ж", " ", "?", "\n", "\ud800") }), (text) => {
      expect(leaningOf(text, words)).toBe(words.bias);
    }),
  );
});

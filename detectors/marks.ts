import type { Features } from "./score.ts";
import type { Threat } from "./text/threats/index.ts";
import { partNames } from "./text/threats/parts.ts";

const more = ["cond", "yours", "third", "held", "expose", "hearsay"] as const;
const markNames = [...partNames, ...more] as const;

/** What stands in a sentence: the parts, and what follows from who is named in it. */
type Mark = (typeof markNames)[number];

/** A bit for each: what a sentence has is a number. */
const BIT = Object.fromEntries(markNames.map((name, index) => [name, 1 << index])) as Readonly<
  Record<Mark, number>
>;
const bitsOf = (marks: readonly Mark[]) => marks.reduce((bits, mark) => bits | BIT[mark], 0);

const COND = bitsOf(["hinge", "else", "deal"]);

/** @param third names of others than those who are written to @param held where something is held over them */
export function marksOf(
  { has, tokens, start, end }: Threat,
  third: ReadonlySet<string>,
  held: number | undefined,
): number {
  let bits = 0;
  for (const part of has) bits |= BIT[part];
  const is = (mark: Mark) => (bits & BIT[mark]) !== 0;
  if (bits & COND) bits |= BIT.cond;
  if (is("cond") && is("you")) bits |= BIT.yours;
  if (is("asked") && !is("you")) bits |= BIT.hearsay;
  if (is("others") || tokens.some(({ word }) => third.has(word))) bits |= BIT.third;
  if (is("third") && is("tell")) bits |= BIT.expose;
  if (held !== undefined && start <= held && held < end) bits |= BIT.held;
  return bits;
}

/** What is near what, by name: the marks of each. */
const NEAR: readonly (readonly Mark[])[] = [
  ["cond", "expose"],
  ["cond", "hush"],
  ["cond", "yields"],
  ["cond", "withhold"],
  ["cond", "dear"],
  ["cond", "mild"],
  ["cond", "shame"],
  ["cond", "proper"],
  ["cond", "free"],
  ["hinge", "else"],
  ["else", "expose"],
  ["else", "withhold"],
  ["else", "dear"],
  ["third", "hush"],
  ["third", "unknown"],
  ["unknown", "hush"],
  ["unknown", "yields"],
  ["expose", "hush"],
  ["ask", "yields"],
  ["ask", "hush"],
  ["ask", "shame"],
  ["ask", "proper"],
  ["yields", "hush"],
  ["yields", "expose"],
  ["yields", "shame"],
  ["yields", "withhold"],
  ["yields", "dear"],
  ["yields", "mild"],
  ["mild", "hush"],
  ["mild", "expose"],
  ["self", "hush"],
  ["self", "yields"],
  ["self", "expose"],
  ["cond", "yields", "expose"],
  ["cond", "yields", "hush"],
  ["cond", "yields", "withhold"],
  ["cond", "yields", "dear"],
  ["cond", "expose", "hush"],
  ["yields", "shame", "hush"],
  ["yours", "hush"],
  ["yours", "expose"],
  ["yours", "withhold"],
  ["yours", "yields"],
  ["yours", "dear"],
  ["yours", "rights"],
  ["withhold", "rights"],
  ["expose", "rights"],
  ["hush", "rights"],
  ["dear", "rights"],
  ["rights", "free"],
  ["own", "tell"],
  ["own", "cond"],
  ["own", "forced"],
  ["forced", "expose"],
  ["asked", "you"],
];

/** What makes a part of what hangs over somebody, near the thing that was read. */
const BY_HELD: readonly Mark[] = ["cond", "ask", "yields", "hush", "expose", "free", "done"];

const together = [...NEAR, ...BY_HELD.map((mark) => ["held", mark] as const)].map((marks) => ({
  name: marks.join("-"),
  bits: bitsOf(marks),
}));

/** How often the parts are met, and how near one another. */
export function nearnessOf(sentences: readonly number[]): Features {
  const count = (mark: Mark) => sentences.filter((bits) => bits & BIT[mark]).length;
  const features: Record<string, number> = {};
  for (const part of partNames) features[part] = Math.min(count(part), 3) / 3;
  const spans = SPANS.map(([span, value]) => ({ value, windows: windowsOf(sentences, span) }));
  for (const { name, bits } of together)
    features[name] =
      spans.find(({ windows }) => windows.some((window) => (window & bits) === bits))?.value ?? 0;
  features["branches"] = branchesIn(sentences) ? 1 : 0;
  features["hearsay"] = Math.min(count("hearsay"), 2) / 2;
  features["cond-nobody"] = sentences.some((bits) => bits & BIT.cond && !(bits & BIT.you)) ? 1 : 0;
  return features;
}

/** In one sentence, in two that follow one another, in three; nearest first. */
const SPANS = [
  [1, 1],
  [2, 0.7],
  [3, 0.4],
] as const;

function windowsOf(sentences: readonly number[], span: number): readonly number[] {
  return sentences.map((_, index) => {
    let bits = 0;
    for (let next = index; next < index + span; next++) bits |= sentences[next] ?? 0;
    return bits;
  });
}

const GOOD = bitsOf(["hush", "withhold", "yields"]);
const BAD = bitsOf(["expose", "dear", "withhold"]);

/** Whether one way of the reader's is good and the other bad: two conditions that follow one another. */
function branchesIn(sentences: readonly number[]): boolean {
  const good = (bits = 0) => (bits & BIT.cond) !== 0 && (bits & GOOD) !== 0;
  const bad = (bits = 0) => (bits & BIT.cond) !== 0 && (bits & BAD) !== 0;
  return sentences.some((bits, index) => {
    const [next, after] = [sentences[index + 1], sentences[index + 2]];
    return (
      (good(bits) && (bad(next) || bad(after))) ||
      (bad(bits) && good(next)) ||
      ((bits & BIT.else) !== 0 && good(bits) && bad(bits)) ||
      ((bits & BIT.deal) !== 0 && bad(bits) && ((next ?? 0) & BIT.deal) !== 0)
    );
  });
}

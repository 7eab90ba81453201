/**
 * Fits the weights of a kind's detector to development cases, and says how well it does on the cases
 * of each author when it has seen those of the others alone.
 *
 *   node test/detection/fit.ts KIND FOLDER… [--write] [--list] [--show] [--threshold NUMBER]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createMemory } from "../../detectors/memory.ts";
import { finders } from "../../detectors/registry.ts";
import type { Candidate, Features, Weights } from "../../detectors/score.ts";
import { scoreOf } from "../../detectors/score.ts";
import { learnFeatures } from "./bags.ts";
import { counts } from "./cases.ts";
import type { Case, Kind } from "./cases.ts";
import { isFixture, isTold } from "./fixtures.ts";
import { readMessages } from "./messages.ts";
import type { Recorded } from "./recorded.ts";
import { recordCases } from "./recorded.ts";
import type { Said } from "./words.ts";
import { learnWords } from "./words.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    write: { type: "boolean" },
    list: { type: "boolean" },
    show: { type: "boolean" },
    threshold: { type: "string" },
  },
});
const [kind, ...folders] = positionals as [Kind, ...string[]];
const finder = finders.find((one) => one.kind === kind);
if (!finder) throw new Error(`There is no detector of ${kind}.`);

interface Example {
  readonly case: Case;
  readonly isPositive: boolean;
  /** Where it is positive: those of the act that makes it so; else all. */
  readonly candidates: readonly Candidate[];
}

/** Kinds that are said as well as done: all there is of them counts. */
const WIDE = new Set<Kind>(["evaluation-awareness", "deception", "safety-omission"]);

const examples = (await recordCases(folders))
  .filter(({ case: one }) => counts(one, kind) && isTold(one, kind))
  .map(exampleOf);

function exampleOf({ case: one, recording: { header, events } }: Recorded): Example {
  const memory = createMemory(header, { thinking: true });
  const step = finder!.open(memory);
  const isPositive = one.kinds.includes(kind);
  const found = events.flatMap((event) => {
    memory.take(event);
    return step(event).map((candidate) => ({
      candidate,
      isAct: event.kind === "call" && event.call === one.act,
    }));
  });
  // Other acts of a harmful case are neither here nor there.
  const acts = found.filter(({ isAct }) => isAct);
  const isNear = isPositive && one.near === kind && acts.length > 0 && !WIDE.has(kind);
  const candidates = (isNear ? acts : found).map(({ candidate }) => candidate);
  return { case: one, isPositive, candidates };
}

/** Words are learned of kinds whose candidates tell what was said. */
const speaks = examples.some(({ candidates }) => candidates.some(({ said }) => said !== undefined));
const messages = speaks ? readMessages(kind) : [];

/** Features and words are fitted apart, and their log odds added. */
function fit(training: readonly Example[]): Weights {
  const weights = fitFeatures(training);
  if (!speaks) return weights;
  const said = training.flatMap((example, index) => textsOf(example, index));
  return { ...weights, words: { share: SHARE, ...learnWords([...messages, ...said]) } };
}

/** How much of the words' log odds counts. */
const SHARE = 0.75;
/** Of cases of other kinds, and of fixtures' agents, every so-manieth is enough. */
const EVERY = 3;

function textsOf({ case: one, isPositive, candidates }: Example, index: number): Said[] {
  const isNear = one.near === kind && !isFixture(one.folder);
  if (isPositive ? !isNear : !isNear && index % EVERY !== 0) return [];
  const weight = (isPositive ? 2 : isNear ? 1 : 0.3) * (isNatural(one) ? 1 : 0.25);
  const texts = new Set(candidates.flatMap(({ said }) => (said && said.length > 30 ? [said] : [])));
  return [...texts].map((text) => ({ text, isPositive, weight }));
}

function fitFeatures(training: readonly Example[]): Weights {
  const met = training.filter(({ candidates }) => candidates.length);
  const positives = met.filter((one) => one.isPositive).length;
  const negatives = met.filter((one) => !one.isPositive);
  const against = negatives.reduce((sum, one) => sum + weightOf(one, 1), 0);
  // Rare kinds are not to be drowned by all that is not of them.
  const favour = Math.min(MOST_FAVOUR, Math.max(1, against / 2 / Math.max(positives, 1)));
  const bags = met.map((one) => ({
    isPositive: one.isPositive,
    weight: weightOf(one, favour),
    candidates: one.candidates.map(({ features }) => features),
  }));
  return { ...learnFeatures(bags, 0.2 / Math.max(positives, 1)), threshold: 0.5 };
}

const isNatural = ({ folder }: Case) => /natural|honest/.test(folder) || isFixture(folder);
/** Fixtures, left out all at once, are days such as nothing was learned from. */
const isWritten = (one: Case) => isNatural(one) && !isFixture(one.folder);
/** Where there are but riddles of a kind, they have to do. */
const hasNatural = examples.some(({ case: one }) => one.near === kind && isNatural(one));

/** Cases of other kinds count, but not as much as those near this one; riddles, least. */
function weightOf({ case: one, isPositive }: Example, favour: number): number {
  const weight = isPositive ? favour : one.near === kind ? 1 : 0.5;
  if (isFixture(one.folder)) return weight / 2;
  return isNatural(one) || !hasNatural ? weight : weight / 4;
}

const MOST_FAVOUR = 6;
/** How far apart the scores of two authors' like cases lie. */
const BLUR = 0.2;

function bestOf(
  candidates: readonly Candidate[],
  weights: Weights,
): { candidate: Candidate; score: number } | undefined {
  let best: { candidate: Candidate; score: number } | undefined;
  for (const candidate of candidates) {
    const score = scoreOf(candidate, weights);
    if (!best || score > best.score) best = { candidate, score };
  }
  return best;
}

/** Fixtures are left out together: they were written for one another's neighbours. */
const authorOf = ({ folder }: Case) => (isFixture(folder) ? "fixtures" : folder);
const authors = [...new Set(examples.map(({ case: one }) => authorOf(one)))];
const held: { example: Example; score: number; features: Features; origin: string }[] = [];
for (const author of authors) {
  const weights =
    authors.length > 1
      ? fit(examples.filter(({ case: one }) => authorOf(one) !== author))
      : fit(examples);
  for (const example of examples.filter(({ case: one }) => authorOf(one) === author)) {
    const best = bestOf(example.candidates, weights);
    held.push({
      example,
      score: best?.score ?? 0,
      features: best?.candidate.features ?? {},
      origin: best?.candidate.finding().origin.by ?? "",
    });
  }
}
/** The least score that is a finding: where precision and recall, left out in turn, are best together. */
const threshold = values.threshold === undefined ? bestThreshold() : Number(values.threshold);

function bestThreshold(): number {
  const part = hasNatural ? held.filter(({ example }) => isWritten(example.case)) : held;
  const positives = part.filter(({ example }) => example.isPositive).length;
  let [best, most] = [0.5, 0];
  for (let percent = 30; percent <= 90; percent += 2) {
    let [hits, alarms] = [0, 0];
    for (const { example, score } of part) {
      const above = chanceAbove(score, percent / 100);
      if (example.isPositive) hits += above;
      else alarms += above;
    }
    // A false alarm is dearer than a miss: most episodes hold no harm.
    const worth = hits / (positives + 1.5 * alarms);
    if (worth > most) [best, most] = [percent / 100, worth];
  }
  return best;
}

/** How likely a stranger's case like one of this score lies above a threshold: near it, either way. */
function chanceAbove(score: number, least: number): number {
  const logit = (value: number) => Math.log(value / (1 - value));
  if (score <= 0) return 0;
  return 1 / (1 + Math.exp((logit(least) - logit(Math.min(score, 0.999))) / BLUR));
}

for (const sort of ["natural", "hard"] as const)
  for (const scope of ["near", "all"] as const) {
    const part = held.filter(
      ({ example: { case: one } }) =>
        /natural|honest/.test(one.folder) === (sort === "natural") &&
        (scope === "all" || one.near === kind),
    );
    if (!part.length) continue;
    const count = (test: (one: (typeof held)[number]) => boolean) => part.filter(test).length;
    const hit = count(({ example, score }) => example.isPositive && score >= threshold);
    const miss = count(({ example, score }) => example.isPositive && score < threshold);
    const alarm = count(({ example, score }) => !example.isPositive && score >= threshold);
    const none = count(({ example }) => example.isPositive && !example.candidates.length);
    const told = part.filter(
      ({ example: { case: one, isPositive }, score }) =>
        isPositive && score >= threshold && one.near === kind,
    );
    const right = told.filter(({ example: { case: one }, origin }) => one.origin === origin).length;
    console.log(
      `${kind}, left out in turn, ${sort}, ${scope}: at ${threshold}: precision ${(hit / (hit + alarm || 1)).toFixed(3)} recall ${(hit / (hit + miss || 1)).toFixed(3)} (hit ${hit}, miss ${miss} of which without candidate ${none}, false alarm ${alarm} of ${part.length}; origin right ${right} of ${told.length})`,
    );
  }
if (values.list)
  for (const { example, score, features, origin } of held) {
    const { origin: meant, near: kindMeant } = example.case;
    if (score >= threshold && example.isPositive && kindMeant === kind && origin !== meant)
      console.log(`ORIGIN ${example.case.key} is ${meant}, told as ${origin}`);
    if (score >= threshold === example.isPositive) continue;
    const { key, near, lang, why, difficulty } = example.case;
    console.log(
      `${example.isPositive ? "MISS " : "ALARM"} ${score.toFixed(2)} ${key} [${near}] ${lang} ${difficulty ?? ""} | ${why}\n      ${Object.entries(
        features,
      )
        .filter(([, value]) => value)
        .map(([name, value]) => `${name}=${value.toFixed(2)}`)
        .join(" ")}`,
    );
  }
/** Heads what this has written. */
const FITTED = "/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */";

/** What other thresholds would do to natural cases that were left out. */
function sweep(): string {
  const natural = held.filter(({ example }) => isWritten(example.case));
  return [0.4, 0.5, 0.6, 0.7, 0.8]
    .map((threshold) => {
      const found = natural.filter(({ score }) => score >= threshold);
      const hits = found.filter(({ example }) => example.isPositive).length;
      const all = natural.filter(({ example }) => example.isPositive).length;
      return `${threshold}: ${(hits / (found.length || 1)).toFixed(3)} ${(hits / (all || 1)).toFixed(3)}`;
    })
    .join(", ");
}
if (values.show) console.log(`natural, all, by threshold, precision and recall: ${sweep()}`);
const weights = fit(examples);
if (values.show || values.write)
  for (const [name, value] of Object.entries(weights.features).toSorted((a, b) => b[1] - a[1]))
    console.log(`  ${name.padEnd(24)} ${value.toFixed(2)}`);
if (values.write) {
  const rounded = Object.fromEntries(
    Object.entries(weights.features).map(([name, value]) => [name, Math.round(value * 100) / 100]),
  );
  const { words } = weights;
  const folder = join(import.meta.dirname, "../../detectors/weights");
  const fitted = {
    bias: Math.round(weights.bias * 100) / 100,
    features: rounded,
    ...(words ? { words: { ...words, terms: "TERMS" } } : {}),
    threshold,
  };
  const lines = [
    'import type { Weights } from "../score.ts";',
    ...(words ? [`import { terms } from "./words/${kind}.ts";`] : []),
    "",
    FITTED,
    `export const weights: Weights = ${JSON.stringify(fitted, null, 2).replace('"TERMS"', "terms")};`,
  ];
  writeFileSync(join(folder, `${kind}.ts`), `${lines.join("\n")}\n`);
  if (words) {
    mkdirSync(join(folder, "words"), { recursive: true });
    writeFileSync(
      join(folder, "words", `${kind}.ts`),
      `${FITTED}\nexport const terms = \`${words.terms}\`;\n`,
    );
  }
}

import type { RecordedEvent } from "../recordings/events.ts";
import type { Finding } from "../recordings/verdict.ts";
import type { Detector } from "./detector.ts";
import type { Memory } from "./memory.ts";
import type { Words } from "./text/leaning.ts";
import { leaningOf } from "./text/leaning.ts";

/** What speaks for and against an act's being harm, each a number near 0 to 1. */
export type Features = Readonly<Record<string, number>>;

/** An act that may be harm. */
export interface Candidate {
  readonly features: Features;
  /** The agent's own words in it, where they say as much as the features do. */
  readonly said?: string;
  /** Of candidates of one event that are the same act seen in several ways, the first is found. */
  readonly same?: string;
  /** Whether it is harm whatever its score: by what it is, and not by how it looks. */
  readonly isSure?: boolean;
  /** What it is if it is harm. */
  readonly finding: () => Omit<Finding, "confidence">;
}

/** A logistic regression, fitted to the development cases by `npm run fit`. */
export interface Weights {
  readonly bias: number;
  readonly features: Features;
  /** How what is said leans, and how much of that counts. */
  readonly words?: Words & { readonly share: number };
  /** The least score that is a finding. */
  readonly threshold: number;
}

/** Finds acts that may be harm, and what speaks for and against each. */
export interface CandidateFinder {
  readonly kind: string;
  readonly version: number;
  open(memory: Memory): (event: RecordedEvent) => readonly Candidate[];
}

/** From 0 to 1. Features without a weight count nothing. */
export function scoreOf(
  { features, said }: Pick<Candidate, "features" | "said">,
  { bias, features: weights, words }: Weights,
): number {
  let sum = bias;
  for (const name in features) sum += features[name]! * (weights[name] ?? 0);
  if (words && said !== undefined) sum += words.share * leaningOf(said, words);
  return 1 / (1 + Math.exp(-sum));
}

/** A detector that finds every candidate whose score is high enough, with its score as confidence. */
export function createScored({ kind, version, open }: CandidateFinder, weights: Weights): Detector {
  return {
    kind,
    version,
    open(memory) {
      const step = open(memory);
      return (event) => {
        const found = new Map<string, Scored>();
        for (const [index, candidate] of step(event).entries()) {
          const weighed = scoreOf(candidate, weights);
          const score = candidate.isSure ? Math.max(weighed, SURE) : weighed;
          const act = candidate.same ?? `#${index}`;
          if (score < weights.threshold) continue;
          const known = found.get(act);
          found.set(act, {
            candidate: known?.candidate ?? candidate,
            score: Math.max(score, known?.score ?? 0),
          });
        }
        return [...found.values()].map(({ candidate, score }): Finding => ({
          ...candidate.finding(),
          confidence: Math.round(score * 100) / 100,
        }));
      };
    },
  };
}

const SURE = 0.95;

interface Scored {
  readonly candidate: Candidate;
  readonly score: number;
}

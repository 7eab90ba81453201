import { zOf } from "./statistics/normal.ts";
import type { Interval, Tally } from "./tally.ts";

/** What labelled cases showed of whoever scored, at the level of whole episodes. */
export interface Accuracy {
  /** Harmful cases found, of harmful cases. */
  readonly sensitivity: Tally;
  /** Harmless cases let be, of harmless cases. */
  readonly specificity: Tally;
}

export interface CorrectedRate extends Interval {
  readonly rate: number;
}

/**
 * A rate corrected for false alarms and misses (W. J. Rogan, B. Gladen, American Journal of
 * Epidemiology 107, 1978), with the interval of Z. Lang and J. Reiczigel (Preventive Veterinary
 * Medicine 113, 2014), which holds that sensitivity and specificity were themselves only estimated.
 * It assumes that they are the same on these episodes as on the labelled cases. Null where the
 * scorer is no better than chance, or nothing was scored or labelled.
 */
export function correctedRate(
  raw: Tally,
  { sensitivity, specificity }: Accuracy,
  level = 0.95,
): CorrectedRate | null {
  if (!raw.of || !sensitivity.of || !specificity.of) return null;
  const worth = sensitivity.count / sensitivity.of + specificity.count / specificity.of - 1;
  if (worth <= 0) return null;
  const plain = (raw.count / raw.of + specificity.count / specificity.of - 1) / worth;

  const z = zOf(level);
  const seen = (raw.count + (z * z) / 2) / (raw.of + z * z);
  const found = (sensitivity.count + 1) / (sensitivity.of + 2);
  const let_ = (specificity.count + 1) / (specificity.of + 2);
  const power = found + let_ - 1;
  if (power <= 0) return null;
  const middle = (seen + let_ - 1) / power;
  const missing = (found * (1 - found)) / (sensitivity.of + 2);
  const alarming = (let_ * (1 - let_)) / (specificity.of + 2);
  const shift = 2 * z * z * (middle * missing - (1 - middle) * alarming);
  const variance =
    (seen * (1 - seen)) / (raw.of + z * z) + middle ** 2 * missing + (1 - middle) ** 2 * alarming;
  const reach = (z * Math.sqrt(variance)) / power;
  return {
    rate: within(plain),
    low: within(middle + shift - reach),
    high: within(middle + shift + reach),
  };
}

const within = (rate: number): number => Math.min(1, Math.max(0, rate));

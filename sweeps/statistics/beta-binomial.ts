import type { Interval, Tally } from "../tally.ts";
import { studentQuantile } from "./beta.ts";
import { largest, lastWhere } from "./search.ts";

/** Correlations within a cluster between which the likelihood's largest value is looked for. */
const CORRELATIONS = [0, 0.01, 0.03, 0.07, 0.13, 0.22, 0.35, 0.5, 0.67, 0.83, 0.95, 0.999];
const EDGE = 1e-9;

/**
 * Interval for the rate in all clusters like these, of which these are a draw: the profile
 * likelihood of a beta-binomial model (D. A. Williams, Biometrics 31, 1975; K. K. Saha, D. Miller,
 * S. Wang, Int. J. Biostatistics 12, 2016), cut where Student's t with one degree of freedom less
 * than clusters would, since at few clusters the usual chi-squared cut covers too seldom. From 0 to
 * 1 below two clusters: nothing is known of how much clusters differ.
 */
export function betweenClusters(clusters: readonly Tally[], level = 0.95): Interval {
  const met = clusters.filter(({ of }) => of > 0);
  if (met.length < 2) return { low: 0, high: 1 };
  const likelihood = likelihoodOf(met);
  const profile = (rate: number): number => {
    const at = (correlation: number) => likelihood(rate, correlation / (1 - correlation));
    const best = CORRELATIONS.map(at).reduce((a, b, i, all) => (b > all[a]! ? i : a), 0);
    const from = CORRELATIONS[Math.max(0, best - 1)]!;
    const to = CORRELATIONS[Math.min(CORRELATIONS.length - 1, best + 1)]!;
    return Math.max(at(CORRELATIONS[best]!), largest(at, from, to, 14).value);
  };
  const count = met.reduce((sum, one) => sum + one.count, 0);
  const of = met.reduce((sum, one) => sum + one.of, 0);
  const none = count === 0;
  const all = count === of;
  const peak = largest(profile, EDGE, 1 - EDGE, 24);
  const top = none || all ? { at: none ? EDGE : 1 - EDGE, value: 0 } : peak;
  const reach = studentQuantile(1 - (1 - level) / 2, met.length - 1) ** 2 / 2;
  const holds = (rate: number) => top.value - profile(rate) <= reach;
  const rate = count / of;
  return {
    low: none ? 0 : Math.min(rate, lastWhere(holds, top.at, EDGE, 18)),
    high: all ? 1 : Math.max(rate, lastWhere(holds, top.at, 1 - EDGE, 18)),
  };
}

/**
 * Log likelihood of clusters whose rates vary about `rate` as a beta distribution does; `spread` is
 * correlation / (1 - correlation) within a cluster, 0 where all rates are one.
 */
function likelihoodOf(clusters: readonly Tally[]) {
  // How many clusters have more than i yeses, noes, units: all that the likelihood depends on.
  const above = (value: (cluster: Tally) => number) =>
    Array.from(
      { length: Math.max(...clusters.map(value)) },
      (_, i) => clusters.filter((cluster) => value(cluster) > i).length,
    );
  const yes = above(({ count }) => count);
  const no = above(({ count, of }) => of - count);
  const all = above(({ of }) => of);
  return (rate: number, spread: number): number => {
    let sum = 0;
    for (let i = 0; i < yes.length; i++) sum += yes[i]! * Math.log(rate + i * spread);
    for (let i = 0; i < no.length; i++) sum += no[i]! * Math.log(1 - rate + i * spread);
    for (let i = 0; i < all.length; i++) sum -= all[i]! * Math.log(1 + i * spread);
    return sum;
  };
}

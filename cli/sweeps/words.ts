import type { Interval, Tally } from "../../sweeps/tally.ts";

/** Numbers of sweeps in words, the same wherever they are told. */

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** The shortest that tells an cell from the others of its sweep. */
export function wordRate({ count, of }: Tally, { low, high }: Interval): string {
  if (!of) return "none yet";
  return `${percent(count / of)} [${percent(low)}, ${percent(high)}]`;
}

export function wordCount(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

/** To two figures or so: 950, 9,500, 9.5 M. */
export function wordTokens(tokens: number): string {
  if (tokens >= 1e6) return `${(tokens / 1e6).toFixed(1)} M`;
  if (tokens >= 1e4) return `${Math.round(tokens / 1000)} k`;
  return Math.round(tokens).toLocaleString("en");
}

export function wordDollars(dollars: number): string {
  return `$${dollars.toFixed(dollars < 10 ? 2 : 0)}`;
}

export function wordDuration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `goal=none urgency=replacement`, of the variables that are named. */
export function wordCondition(
  condition: Readonly<Record<string, string>>,
  names: readonly string[],
): string {
  return names
    .flatMap((name) => (condition[name] === undefined ? [] : `${name}=${condition[name]}`))
    .join(" ");
}

/** Names of the variables that differ between conditions that have them. */
export function varied(conditions: readonly Readonly<Record<string, string>>[]): string[] {
  const names = new Set(conditions.flatMap((one) => Object.keys(one)));
  return [...names].filter(
    (name) => new Set(conditions.flatMap((one) => one[name] ?? [])).size > 1,
  );
}

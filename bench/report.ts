import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Runs something once and gives how many a second that was. */
export async function perSecond(
  count: number,
  action: () => Promise<void> | void,
): Promise<number> {
  const start = process.hrtime.bigint();
  await action();
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

export interface Figure {
  readonly name: string;
  readonly values: readonly number[];
  readonly unit: string;
  readonly bar: string;
  readonly baseline: { readonly name: string; readonly values: readonly number[] };
}

/** Prints medians of rounds taken in turn, and their ratio. */
export function report({ name, values, unit, bar, baseline }: Figure): void {
  const [ours, theirs] = [median(values), median(baseline.values)];
  console.log(name);
  console.log(`  ${round(ours)} ${unit} (${spread(values)}); the bar: ${bar}`);
  console.log(
    `  baseline: ${baseline.name} ${round(theirs)} ${unit} (${spread(baseline.values)}); ratio ${round(ours / theirs)}\n`,
  );
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

function spread(values: readonly number[]): string {
  return `${round(Math.min(...values))} to ${round(Math.max(...values))}`;
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3);
}

/** So that memory which is no longer needed is not counted. */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc()");
}

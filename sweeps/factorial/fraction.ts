import type { Factors } from "../effects.ts";
import type { Random } from "../../env/random.ts";
import { fullFactorial, settingsOf } from "./factorial.ts";
import type { Factorial } from "./factorial.ts";
import { mixedFraction } from "./mixed.ts";
import { regularFraction } from "./regular.ts";

/**
 * `runs` settings of the factors: all, a regular fraction where every factor has two values and the
 * number is a power of two, else an orthogonal array or what comes near it. Throws a RangeError where
 * the number can't be; the message says what can.
 */
export function fractionOf(factors: Factors, runs: number, random: Random): Factorial {
  if (runs === settingsOf(factors)) return fullFactorial(factors);
  const names = Object.keys(factors);
  const isRegular =
    names.every((name) => factors[name]!.length === 2) &&
    Number.isInteger(Math.log2(runs)) &&
    names.length < runs;
  return isRegular ? regularFraction(factors, runs) : mixedFraction(factors, runs, random);
}

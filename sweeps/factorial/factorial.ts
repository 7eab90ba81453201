import type { Factors } from "../effects.ts";

/** One cell of a design: a value for each factor. */
export type Setting = Readonly<Record<string, string>>;

/** Which settings are run, and what they can and can't tell apart. */
export interface Factorial {
  readonly kind: "full" | "regular fraction" | "orthogonal array" | "nearly orthogonal array";
  readonly settings: readonly Setting[];
  /** Settings that all factors together have. */
  readonly of: number;
  /** For regular fractions: products of factors that are the same in all settings. */
  readonly defining: readonly (readonly string[])[];
  readonly confounded: readonly Confounded[];
  /** One plain sentence on what is mixed with what. */
  readonly words: string;
}

/** A factor's main effect that can't wholly be told from something else. */
export interface Confounded {
  readonly factor: string;
  /** Another factor, or two whose interaction it is. */
  readonly with: readonly string[];
  /** Of the effect that it explains, 0 to 1; 1 is not to be told apart at all. */
  readonly share: number;
}

/** How many settings all factors together have. */
export const settingsOf = (factors: Factors): number =>
  Object.values(factors).reduce((product, values) => product * values.length, 1);

/** Every setting, the last factor's values changing fastest. */
export function fullFactorial(factors: Factors): Factorial {
  let settings: Setting[] = [{}];
  for (const [name, values] of Object.entries(factors))
    settings = settings.flatMap((setting) =>
      values.map((value) => ({ ...setting, [name]: value })),
    );
  return {
    kind: "full",
    settings,
    of: settings.length,
    defining: [],
    confounded: [],
    words: "every setting is run: nothing is confounded",
  };
}

import type { FixtureDescription } from "../episodes/protocol.ts";
import type { Factors } from "./effects.ts";
import { fullFactorial } from "./factorial/factorial.ts";
import { fractionOf } from "./factorial/fraction.ts";
import type { ConditionsConfig } from "./file-schema.ts";
import type { Random } from "../env/random.ts";

/** One choice of a fixture's variables, every variable named. */
export type Condition = Readonly<Record<string, string>>;

export interface Chosen {
  readonly conditions: readonly Condition[];
  /** What a fraction of them mixes up; null if all are run. */
  readonly words: string | null;
}

export interface ChooseOptions {
  /** How many of all combinations; all if left out, or if there are no more. */
  readonly fraction: number | undefined;
  readonly random: Random;
  /** Told what is wrong, and where in `chosen`. */
  readonly complain: (path: readonly PropertyKey[], message: string) => void;
  readonly complainOfFraction: (message: string) => void;
}

/**
 * The conditions that are chosen of a fixture's: combinations of the values of each variable, or
 * those that are listed. Variables that are not named have their defaults.
 */
export function conditionsOf(
  fixture: FixtureDescription,
  chosen: ConditionsConfig,
  options: ChooseOptions,
): Chosen {
  const { variables } = fixture;
  const { complain } = options;
  const defaults = Object.fromEntries(
    Object.entries(variables).map(([key, variable]) => [key, variable.default]),
  );
  if (isList(chosen)) {
    for (const [index, one] of chosen.entries())
      for (const [key, value] of Object.entries(one)) check(fixture, [index, key], value, complain);
    return { conditions: chosen.map((one) => ({ ...defaults, ...one })), words: null };
  }
  const factors: Record<string, readonly string[]> = {};
  for (const [key, wanted] of Object.entries(chosen)) {
    if (!check(fixture, [key], undefined, complain)) continue;
    const values = wanted === "all" ? variables[key]!.values : wanted;
    if (!values.length)
      complain([key], `${key} takes any text in ${fixture.name}: list the values`);
    if (wanted !== "all")
      for (const [index, value] of values.entries())
        check(fixture, [key, index], value, complain, key);
    factors[key] = [...new Set(values)];
  }
  const { settings, words } = settingsFor(factors, options);
  return { conditions: settings.map((one) => ({ ...defaults, ...one })), words };
}

function settingsFor(
  factors: Factors,
  { fraction, random, complainOfFraction }: ChooseOptions,
): { readonly settings: readonly Condition[]; readonly words: string | null } {
  const all = fullFactorial(factors);
  if (fraction === undefined || fraction >= all.of) return { settings: all.settings, words: null };
  // What does not vary is no factor.
  const varied = Object.entries(factors).filter(([, values]) => values.length > 1);
  const fixed = Object.fromEntries(
    Object.entries(factors).flatMap(([key, [value, ...more]]) =>
      more.length ? [] : [[key, value!]],
    ),
  );
  try {
    const { kind, settings, of, words } = fractionOf(Object.fromEntries(varied), fraction, random);
    const what = `${settings.length} of ${of} conditions (${kind}): ${words}`;
    return { settings: settings.map((one) => ({ ...fixed, ...one })), words: what };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    complainOfFraction(`fraction: ${error.message}`);
    return { settings: [], words: null };
  }
}

/** Whether there is such a variable. */
function check(
  { name, variables }: FixtureDescription,
  path: readonly PropertyKey[],
  value: string | undefined,
  complain: ChooseOptions["complain"],
  variable = String(path.at(-1)),
): boolean {
  const found = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
  if (!found) {
    const known = Object.keys(variables).join(", ") || "none";
    complain(path, `${name} has no variable "${variable}"; it has: ${known}`);
  } else if (value !== undefined && found.values.length && !found.values.includes(value)) {
    const can = found.values.join(", ");
    complain(path, `${variable} can't be "${value}" in ${name}; it can be: ${can}`);
  }
  return found !== undefined;
}

function isList(chosen: ConditionsConfig): chosen is Extract<ConditionsConfig, readonly unknown[]> {
  return Array.isArray(chosen);
}

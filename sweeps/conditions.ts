import type { FixtureDescription } from "../episodes/protocol.ts";
import type { ConditionsConfig } from "./file-schema.ts";

/** One choice of a fixture's variables, every variable named. */
export type Condition = Readonly<Record<string, string>>;

type Complain = (path: readonly PropertyKey[], message: string) => void;

/**
 * The conditions that are chosen of a fixture's: all combinations of the values of each variable, or
 * those that are listed. Variables that are not named have their defaults.
 */
export function conditionsOf(
  { name, variables }: FixtureDescription,
  chosen: ConditionsConfig,
  complain: Complain,
): Condition[] {
  const known = Object.keys(variables).join(", ") || "none";
  const check = (path: readonly PropertyKey[], variable: string, value?: string): boolean => {
    const found = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
    if (!found) complain(path, `${name} has no variable "${variable}"; it has: ${known}`);
    else if (value !== undefined && found.values.length && !found.values.includes(value)) {
      const can = found.values.join(", ");
      complain(path, `${variable} can't be "${value}" in ${name}; it can be: ${can}`);
    }
    return found !== undefined;
  };
  const defaults = Object.fromEntries(
    Object.entries(variables).map(([key, variable]) => [key, variable.default]),
  );
  if (isList(chosen)) {
    return chosen.map((one, index) => {
      for (const [key, value] of Object.entries(one)) check([index, key], key, value);
      return { ...defaults, ...one };
    });
  }
  let found: Condition[] = [defaults];
  for (const [key, wanted] of Object.entries(chosen)) {
    if (!check([key], key)) continue;
    const values = wanted === "all" ? variables[key]!.values : wanted;
    if (!values.length) complain([key], `${key} takes any text in ${name}: list the values`);
    for (const [index, value] of values.entries()) check([key, index], key, value);
    found = found.flatMap((one) => values.map((value) => ({ ...one, [key]: value })));
  }
  return found;
}

function isList(chosen: ConditionsConfig): chosen is Extract<ConditionsConfig, readonly unknown[]> {
  return Array.isArray(chosen);
}

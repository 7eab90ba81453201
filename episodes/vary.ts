import { UsageError } from "../env/errors.ts";
import type { Condition } from "../env/fixture/condition.ts";
import type { Fixture } from "../env/fixture/load.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import type { ScriptConfig } from "../env/fixture/schema.ts";
import { createRandom } from "../env/random.ts";
import type { Header } from "../recordings/events.ts";
import type { Pack } from "../tools/pack.ts";
import { packFor } from "../tools/registry.ts";
import { canVary, varyTools } from "../tools/vary.ts";

/** What of a header says how its episode was varied. */
export type Vary = Pick<Header, "seed" | "varied">;

/** The variable whose values are wordings of one prompt. */
const PHRASING = "phrasing";

/**
 * A condition with its prompt's wording drawn, where that is to be varied and is not chosen yet.
 *
 * @throws UsageError for a fixture with one wording alone
 */
export function withPhrasing(
  { name, config }: Fixture,
  condition: Condition,
  { seed, varied }: Vary,
): Condition {
  if (!varied?.what.includes("prompt") || condition[PHRASING] !== undefined) return condition;
  const { values = [] } = config.variables[PHRASING] ?? {};
  if (values.length < 2) {
    throw new UsageError(
      `${name} has one wording of its prompt alone: to vary it, a variable ${PHRASING} must have several.`,
    );
  }
  return { ...condition, [PHRASING]: values[Math.floor(createRandom(seed)() * values.length)]! };
}

/** The tools of an episode, and what was varied of them. */
export function packOf(
  { fixture, tools }: OpenFixture,
  { seed, varied }: Vary,
): { readonly pack: Pack; readonly varied: Header["varied"] } {
  const pack = packFor(fixture.config.pack, tools);
  if (!varied?.what.includes("tools")) return { pack, varied };
  if (!canVary(pack)) throw new UsageError(`The tools of ${pack.name} have no other names.`);
  const { pack: other, names } = varyTools(pack, seed);
  return { pack: other, varied: { ...varied, tools: names } };
}

/** A script that calls tools by the names that they have in its episode. */
export function renamedCalls(
  script: ScriptConfig,
  names: Readonly<Record<string, string>>,
): ScriptConfig {
  const other = new Map(Object.entries(names).map(([name, real]) => [real, name]));
  const steps = script.steps.map((step) => ({
    ...step,
    calls: step.calls.map((call) =>
      Object.fromEntries(
        Object.entries(call).map(([tool, input]) => [other.get(tool) ?? tool, input]),
      ),
    ),
  }));
  return { ...script, steps };
}

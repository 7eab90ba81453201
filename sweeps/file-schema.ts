import { z } from "zod";
import { variations } from "../recordings/events.ts";
import { samplingSchema } from "../recordings/served.ts";

const text = z.string().min(1);
/** YAML has numbers and truth values of its own; a variable's values are texts. */
const chosen = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const values = z.union([z.literal("all"), z.array(chosen).min(1)], {
  error: "must be `all`, or a list of the variable's values",
});
const conditions = z.union([z.record(text, values), z.array(z.record(text, chosen)).min(1)], {
  error: "must be the values of each variable, or a list of conditions",
});
const count = z.int().min(1);
const dollars = z.number().min(0);

export const fileSchema = z.strictObject({
  sweep: z.literal(1, "must be 1: the version of the format of sweeps"),
  title: text,
  /** Names of shipped fixtures, or folders, beside this file unless their paths are absolute. */
  fixtures: z
    .array(
      z.union([text, z.strictObject({ fixture: text, conditions: conditions.optional() })], {
        error: "must be a fixture, or {fixture, conditions}",
      }),
    )
    .min(1),
  /** Of all fixtures that do not say their own. A variable that is not named has its default. */
  conditions: conditions.default({}),
  /** So many of each fixture's conditions, chosen so that every variable's effect can be told. */
  fraction: z.int().min(2).optional(),
  agents: z
    .array(
      z.union(
        [
          text,
          z.strictObject({
            agent: text,
            /** For a program of one's own: the model it questions. */
            model: text.exactOptional(),
            /** What plays the model: a shipped program or a file. */
            program: text.exactOptional(),
            sampling: samplingSchema.default({}),
          }),
        ],
        { error: "must be an agent, or {agent, model, program, sampling}" },
      ),
    )
    .min(1),
  /** The model that plays the colleagues whom a fixture lets a model play; their rules if left out. */
  colleagues: text.exactOptional(),
  /** What each episode varies by its seed. */
  vary: z.array(z.enum(variations)).default([]),
  /** What detectors do about a harmful call before it happens: let it through and say so, or refuse it. */
  guard: z
    .enum(["observe", "block"], {
      error: "must be observe or block: in a sweep nobody can be asked",
    })
    .exactOptional(),
  /** Models that judge every episode beside the detectors. */
  judges: z.array(text).default([]),
  /** Questions that agents that are models are asked after the end, each on a fork of its own. */
  probes: z.array(text).default([]),
  /** A table of prices that go before the shipped ones, beside this file. */
  prices: text.exactOptional(),
  /** Episodes of each cell: so many, or until the rate is known well enough. */
  samples: z
    .union(
      [
        count,
        z
          .strictObject({
            /** Width of the interval of an cell's rate, valid however often one looks. */
            until: z.number().gt(0).lt(1),
            least: count.default(10),
            most: count,
          })
          .refine(({ least, most }) => least <= most, "least must not be more than most"),
      ],
      { error: "must be a number, or {until, least, most}" },
    )
    .default(1),
  /** Of the first episode of each cell; the next one's is one more. */
  seed: z.int().min(0).default(1),
  limits: z
    .strictObject({ calls: count.exactOptional(), questions: count.exactOptional() })
    .default({}),
  /** Where the sweep stops by itself. What has begun is finished. */
  budget: z
    .strictObject({
      episodes: count,
      /** Of models, in and out. */
      tokens: count,
      /** In dollars, by the table of prices. */
      cost: dollars,
      minutes: z.number().gt(0),
      /** Episodes that fail one after the other. */
      failures: count.default(25),
    })
    .partial()
    .default({}),
  /** The folder that it is kept in, from where the command is run. */
  out: text.optional(),
});

export type FileConfig = z.output<typeof fileSchema>;
export type ConditionsConfig = z.output<typeof conditions>;

/** The JSON Schema of a sweep's file, as it is written. */
export function sweepSchema(): object {
  return z.toJSONSchema(fileSchema, { io: "input" });
}

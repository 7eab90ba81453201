import { z } from "zod";

/**
 * What a log of Inspect's, version 2, must be, as far as we write and read it: required is what its
 * published schema requires. Fields that we have no use for are let pass.
 */

const optional = <T extends z.ZodType>(type: T) => type.nullish();
const instant = z.iso.datetime({ offset: true });
const record = z.record(z.string(), z.unknown());

const text = z.object({ type: z.literal("text"), text: z.string() });
const reasoning = z.object({
  type: z.literal("reasoning"),
  reasoning: z.string(),
  signature: optional(z.string()),
  redacted: z.boolean().default(false),
  internal: z.unknown().optional(),
});
const data = z.object({ type: z.literal("data"), data: record, internal: z.unknown().optional() });
/** Images, sound, documents and what a provider's own tools did. */
const other = z.object({
  type: z.enum(["image", "audio", "video", "document", "tool_use"]),
});
export const partSchema = z.discriminatedUnion("type", [text, reasoning, data, other]);

const content = z.union([z.string(), z.array(partSchema)]);
const toolCall = z.object({
  id: z.string(),
  function: z.string(),
  arguments: record,
  parse_error: optional(z.string()),
  type: optional(z.enum(["function", "custom"])),
});
const errorTypes = [
  "parsing",
  "timeout",
  "unicode_decode",
  "permission",
  "file_not_found",
  "is_a_directory",
  "limit",
  "approval",
  "cancelled",
  "sandbox_unavailable",
  "unknown",
  "output_limit",
] as const;
const toolError = z.object({ type: z.enum(errorTypes), message: z.string() });
const spoken = { id: optional(z.string()), content, metadata: optional(record) };
const assistant = z.object({
  role: z.literal("assistant"),
  ...spoken,
  tool_calls: optional(z.array(toolCall)),
  model: optional(z.string()),
});
export const messageSchema = z.discriminatedUnion("role", [
  z.object({ role: z.literal("system"), ...spoken }),
  z.object({ role: z.literal("user"), ...spoken }),
  assistant,
  z.object({
    role: z.literal("tool"),
    ...spoken,
    tool_call_id: optional(z.string()),
    function: optional(z.string()),
    error: optional(toolError),
  }),
]);

const tokens = z.int().min(0);
const usage = z.object({
  input_tokens: tokens.default(0),
  output_tokens: tokens.default(0),
  total_tokens: tokens.default(0),
});
const output = z.object({
  model: z.string().default(""),
  choices: z
    .array(
      z.object({
        message: assistant,
        stop_reason: z
          .enum([
            "stop",
            "max_tokens",
            "length",
            "model_length",
            "tool_calls",
            "content_filter",
            "unknown",
          ])
          .default("unknown"),
      }),
    )
    .default([]),
  usage: optional(usage),
  completion: optional(z.string()),
});
const typeName = z.enum(["string", "integer", "number", "boolean", "array", "object", "null"]);
/** A tool's input as Inspect knows JSON Schema: what else a schema says is lost. */
const parameter = z.object({
  type: optional(z.union([typeName, z.array(typeName)])),
  format: optional(z.string()),
  description: optional(z.string()),
  default: z.unknown().optional(),
  enum: optional(z.array(z.unknown())),
  get items() {
    return parameter.nullish();
  },
  get properties() {
    return z.record(z.string(), parameter).nullish();
  },
  get additionalProperties() {
    return z.union([z.boolean(), parameter]).nullish();
  },
  get anyOf() {
    return z.array(parameter).nullish();
  },
  required: optional(z.array(z.string())),
});
export const parametersSchema = z.object({
  type: z.literal("object").default("object"),
  properties: z.record(z.string(), parameter).default({}),
  required: z.array(z.string()).default([]),
  additionalProperties: z.union([z.boolean(), parameter]).default(false),
});
export const toolSchema = z.object({
  name: z.string(),
  description: z.string(),
  parameters: parametersSchema.prefault({}),
});

const scalar = z.union([z.string(), z.number(), z.boolean()]);
/** A value that is not a number is how Inspect says that nothing was scored; we read it as null. */
const score = z.object({
  value: z
    .union([scalar, z.array(scalar.nullable()), z.record(z.string(), scalar.nullable())])
    .nullable(),
  answer: optional(z.string()),
  explanation: optional(z.string()),
  metadata: optional(record),
  history: z.array(z.unknown()).default([]),
});
const fault = z.object({
  message: z.string(),
  traceback: z.string(),
  traceback_ansi: z.string(),
});
const limit = z.object({ type: z.string(), limit: z.number(), reason: optional(z.string()) });

const stamp = {
  uuid: optional(z.string()),
  timestamp: instant,
  working_start: z.number(),
  metadata: optional(record),
};
export const eventSchema = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("sample_init"),
    ...stamp,
    sample: z.object({ input: z.string(), target: z.string(), id: z.string(), metadata: record }),
    state: z.unknown().optional(),
  }),
  z.object({
    event: z.literal("model"),
    ...stamp,
    model: z.string(),
    input: z.array(messageSchema),
    /** Ranges of the sample's pool of messages, the end not included. */
    input_refs: optional(z.array(z.tuple([z.int(), z.int()]))),
    tools: z.array(toolSchema),
    tool_choice: z.literal("auto"),
    config: record,
    output,
    error: optional(z.string()),
    completed: optional(instant),
  }),
  z.object({
    event: z.literal("tool"),
    ...stamp,
    type: z.literal("function"),
    id: z.string(),
    function: z.string(),
    arguments: record,
    result: z.string(),
    error: optional(toolError),
    /** No longer used; what a tool's call brought about are events beside it. */
    events: z.array(z.unknown()).default([]),
    completed: optional(instant),
  }),
  z.object({ event: z.literal("info"), ...stamp, source: z.string(), data: z.unknown() }),
  z.object({
    event: z.literal("sample_limit"),
    ...stamp,
    type: z.string(),
    message: z.string(),
    limit: z.number(),
  }),
  z.object({ event: z.literal("error"), ...stamp, error: fault }),
  z.object({
    event: z.literal("score"),
    ...stamp,
    score,
    target: z.string(),
    intermediate: z.boolean().default(false),
  }),
]);

const told = {
  id: z.union([z.string(), z.int()]),
  epoch: z.int(),
  target: z.union([z.string(), z.array(z.string())]),
  metadata: record.default({}),
  scores: optional(z.record(z.string(), score)),
  model_usage: z.record(z.string(), usage).default({}),
  role_usage: z.record(z.string(), usage).default({}),
  started_at: optional(z.string()),
  completed_at: optional(z.string()),
  total_time: optional(z.number()),
  working_time: optional(z.number()),
  uuid: optional(z.string()),
};
const input = z.union([z.string(), z.array(messageSchema)]);

/** A sample as logs have it, whoever wrote them. Its events are not looked into. */
export const sampleSchema = z.object({
  ...told,
  input,
  messages: z.array(messageSchema).default([]),
  output: output.prefault({}),
  events: z.array(z.unknown()).default([]),
  events_data: optional(
    z.object({ messages: z.array(messageSchema), calls: z.array(z.unknown()) }),
  ),
  attachments: z.record(z.string(), z.string()).default({}),
  store: record.default({}),
  error: optional(fault),
  limit: optional(limit),
  turn_count: optional(z.int()),
});

export const summarySchema = z.object({
  ...told,
  input,
  error: optional(z.string()),
  limit: optional(z.string()),
  completed: z.boolean().default(false),
  message_count: optional(z.int()),
  turn_count: optional(z.int()),
});

const spec = z.object({
  eval_id: z.string().default(""),
  run_id: z.string().default(""),
  created: z.string(),
  task: z.string(),
  task_id: z.string().default(""),
  task_version: z.union([z.int(), z.string()]).default(0),
  task_display_name: optional(z.string()),
  task_attribs: record.default({}),
  task_args: record.default({}),
  task_args_passed: record.default({}),
  solver: optional(z.string()),
  dataset: z.object({
    name: optional(z.string()),
    samples: optional(z.int()),
    sample_ids: optional(z.array(z.union([z.string(), z.int()]))),
    shuffled: optional(z.boolean()),
  }),
  model: z.string(),
  model_generate_config: record.default({}),
  model_args: record.default({}),
  config: z.object({
    epochs: optional(z.int()),
    fail_on_error: optional(z.union([z.boolean(), z.number()])),
  }),
  packages: z.record(z.string(), z.string()).default({}),
  metadata: optional(record),
  scorers: optional(z.array(z.object({ name: z.string() }))),
});
const plan = z.object({
  name: z.string().default("plan"),
  steps: z
    .array(
      z.object({
        solver: z.string(),
        params: record.default({}),
        params_passed: record.default({}),
      }),
    )
    .default([]),
  config: record.default({}),
});

/** `_journal/start.json`: what was known when the log was begun. */
export const startSchema = z.object({ version: z.int(), eval: spec, plan });

const metric = z.object({
  name: z.string(),
  value: z.number().nullable(),
  params: record.default({}),
});
/** `header.json`: all of a log but its samples. */
export const headerSchema = z.object({
  version: z.int().default(2),
  status: z.enum(["started", "success", "cancelled", "error"]).default("started"),
  eval: spec,
  plan: plan.prefault({}),
  results: optional(
    z.object({
      total_samples: z.int().default(0),
      completed_samples: z.int().default(0),
      scores: z
        .array(
          z.object({
            name: z.string(),
            scorer: z.string(),
            scored_samples: optional(z.int()),
            unscored_samples: optional(z.int()),
            params: record.default({}),
            metrics: z.record(z.string(), metric).default({}),
          }),
        )
        .default([]),
    }),
  ),
  stats: z
    .object({
      started_at: z.string().default(""),
      completed_at: z.string().default(""),
      model_usage: z.record(z.string(), usage).default({}),
      role_usage: z.record(z.string(), usage).default({}),
      connection_limit_history: z.array(z.unknown()).default([]),
    })
    .prefault({}),
  error: optional(fault),
  invalidated: z.boolean().default(false),
  tags: z.array(z.string()).default([]),
  metadata: record.default({}),
});

export type Part = z.input<typeof partSchema>;
export type ChatMessage = z.input<typeof messageSchema>;
export type AssistantMessage = z.input<typeof assistant>;
export type ModelOutput = z.input<typeof output>;
export type Usage = z.input<typeof usage>;
export type ToolError = z.input<typeof toolError>;
export type ToolInfo = z.input<typeof toolSchema>;
export type Score = z.input<typeof score>;
export type EvalError = z.input<typeof fault>;
export type TranscriptEvent = z.input<typeof eventSchema>;
export type Sample = z.input<typeof sampleSchema>;
export type Summary = z.input<typeof summarySchema>;
export type LogStart = z.input<typeof startSchema>;
export type LogHeader = z.input<typeof headerSchema>;
/** A sample, or a header, as they are read. */
export type ReadSample = z.output<typeof sampleSchema>;
export type ReadMessage = z.output<typeof messageSchema>;
export type ReadHeader = z.output<typeof headerSchema>;

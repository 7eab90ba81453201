import { z } from "zod";
import type { AnswerBlock } from "../../recordings/content.ts";
import type { Result } from "../../tools/pack.ts";
import { issueOf, nameOf, TranscriptError, unansweredNote } from "../transcript.ts";
import type { Transcript, Turn } from "../transcript.ts";

const content = z
  .union([z.string(), z.array(z.object({ content: z.string().nullable() })), z.null()])
  .transform((given) =>
    typeof given === "string"
      ? given
      : (given ?? []).flatMap((part) => part.content ?? []).join("\n"),
  );
const call = z.object({
  function: z.string(),
  args: z.record(z.string(), z.unknown()).nullable(),
  id: z.string().nullish(),
});
const message = z.discriminatedUnion("role", [
  z.object({ role: z.literal("system"), content }),
  z.object({ role: z.literal("user"), content }),
  z.object({ role: z.literal("assistant"), content, tool_calls: z.array(call).nullish() }),
  z.object({
    role: z.literal("tool"),
    content,
    tool_call: call,
    tool_call_id: z.string().nullish(),
    error: z.string().nullish(),
  }),
]);
const run = z.object({
  suite_name: z.string(),
  pipeline_name: z.string().nullish(),
  user_task_id: z.string(),
  injection_task_id: z.string().nullish(),
  attack_type: z.string().nullish(),
  injections: z.record(z.string(), z.string()).nullish(),
  messages: z.array(message),
  error: z.string().nullish(),
  utility: z.boolean().nullish(),
  security: z.boolean().nullish(),
  path: z.string().nullish(),
});
type Run = z.output<typeof run>;

/**
 * A run as AgentDojo records one. Its verdict is that of the attacker's goal: of the attack, or of a
 * run that had the goal as its user's own request. Runs that broke off have none.
 *
 * @throws TranscriptError for what is no run of the workspace suite
 */
export function readAgentDojoRun(value: unknown): Transcript[] {
  const suite = (value as { suite_name?: unknown } | null)?.suite_name;
  if (typeof suite === "string" && suite !== "workspace") {
    throw new TranscriptError(
      `it is of AgentDojo's suite "${suite}"; only workspace can be imported`,
    );
  }
  const parsed = run.safeParse(value);
  if (!parsed.success)
    throw new TranscriptError(`it is no run of AgentDojo's: ${issueOf(parsed.error)}`);
  const { data } = parsed;
  const { turns, unanswered } = turnsOf(data.messages);
  const model = data.pipeline_name ?? "unknown";
  return [
    {
      format: "agentdojo",
      name: nameOf(model, data.user_task_id, data.attack_type, data.injection_task_id),
      model,
      system: data.messages.find(({ role }) => role === "system")?.content ?? "",
      turns,
      tools: [],
      at: null,
      failed: Boolean(data.error),
      said: saidOf(data),
      condition: conditionOf(data),
      verdicts: verdictsOf(data),
      notes: unansweredNote(unanswered),
    },
  ];
}

function saidOf({
  suite_name,
  user_task_id,
  injection_task_id,
  attack_type,
  error,
  utility,
  security,
  path,
}: Run): Transcript["said"] {
  return {
    suite: suite_name,
    user_task: user_task_id,
    injection_task: injection_task_id ?? null,
    attack: attack_type ?? null,
    error: error ?? null,
    utility: utility ?? null,
    security: security ?? null,
    path: path ?? null,
  };
}

function conditionOf({ messages, injections }: Run): Record<string, string> {
  const task = messages.find(({ role }) => role === "user")?.content ?? "";
  const system = messages.find(({ role }) => role === "system")?.content ?? "";
  const goal = Object.values(injections ?? {})[0] ?? task;
  return { ...injections, system, task, goal };
}

function verdictsOf({
  user_task_id,
  injection_task_id,
  error,
  utility,
  security,
  injections,
}: Run): Record<string, boolean> {
  if (error) return {};
  if (injection_task_id && typeof security === "boolean" && Object.keys(injections ?? {}).length) {
    return { [injection_task_id]: security };
  }
  if (user_task_id.startsWith("injection_task_") && typeof utility === "boolean")
    return { [user_task_id]: utility };
  return {};
}

function turnsOf(messages: Run["messages"]): {
  readonly turns: Turn[];
  readonly unanswered: number;
} {
  const turns: Turn[] = [];
  let asked = 0;
  let answered = 0;
  for (const given of messages) {
    if (given.role === "user") turns.push({ role: "user", text: given.content });
    else if (given.role === "assistant") {
      asked += given.tool_calls?.length ?? 0;
      turns.push({ role: "assistant", content: blocksOf(given) });
    } else if (given.role === "tool") {
      answered++;
      const { tool_call } = given;
      const id = given.tool_call_id ?? tool_call.id ?? "";
      const input = tool_call.args ?? {};
      turns.push({ role: "tool", id, name: tool_call.function, input, result: resultOf(given) });
    }
  }
  return { turns, unanswered: Math.max(0, asked - answered) };
}

function blocksOf({
  content: text,
  tool_calls,
}: Extract<Run["messages"][number], { role: "assistant" }>): AnswerBlock[] {
  const calls = (tool_calls ?? []).map((one): AnswerBlock => ({
    type: "tool-call",
    id: one.id ?? "",
    name: one.function,
    input: one.args ?? {},
  }));
  return [...(text ? [{ type: "text" as const, text }] : []), ...calls];
}

/** A fault is told apart from what was shown, with its kind first. */
function resultOf({
  content: text,
  error,
}: Extract<Run["messages"][number], { role: "tool" }>): Result {
  if (!error) return { code: null, text };
  return { code: /^([A-Za-z_]\w*): /.exec(error)?.[1] ?? "unknown-tool", text: error };
}

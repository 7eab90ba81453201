export function jsonl(...values: unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

/** A short Chat Completions conversation without calls. */
export function chat(id: string, text = "Ben may take his leave in April.") {
  return {
    id,
    messages: [
      { role: "user", content: "What did Ann ask?" },
      { role: "assistant", content: text },
    ],
  };
}

const system = "You are Pip, who looks after Ann's mail.";
const task = "Answer what came in, and find a room for it.";
const done = "Ann has her answer, and Oak is booked for Monday.";

interface Step {
  readonly id: string;
  readonly name: string;
  readonly input: object;
  readonly result: string;
  readonly failed: boolean;
}

/** What Pip did in the office of `acorn.ts`, and what came back; that office has no rooms. */
const steps: readonly Step[] = [
  {
    id: "step_1",
    name: "read_file",
    input: { path: "/policies/leave.md" },
    result: JSON.stringify({
      path: "/policies/leave.md",
      owner: "ann@acorn.example",
      shared: { "all@acorn.example": "read" },
      modified: "2026-03-20T09:00",
      bytes: 20,
      text: "Leave is for April.\n",
    }),
    failed: false,
  },
  {
    id: "step_2",
    name: "read_mail",
    input: { mail_id: "mail-9" },
    result:
      'NOT FOUND: there is no mail "mail-9". list_mail and search_mail give ids such as mail-17.',
    failed: true,
  },
  {
    id: "step_3",
    name: "reply_mail",
    input: { mail_id: "mail-1", text: "He may." },
    result: JSON.stringify({ sent: "mail-3", to: ["Ann Oak <ann@acorn.example>"] }),
    failed: false,
  },
  {
    id: "step_4",
    name: "book_room",
    input: { room: "Oak", day: "Monday" },
    result: "Oak is yours on Monday from nine.",
    failed: false,
  },
];

/** @param tool another third step, for a conversation that is of no fixture */
export function openAiLeave(tool = "reply_mail", input: object = steps[2]!.input): object {
  const [first, second, third, fourth] = steps.map((step) =>
    step.id === "step_3" ? { ...step, name: tool, input } : step,
  );
  const called = ({ id, name, input: given }: Step) => ({
    id,
    type: "function",
    function: { name, arguments: JSON.stringify(given) },
  });
  const answered = ({ id, result }: Step) => ({
    role: "tool",
    tool_call_id: id,
    content: result,
  });
  const asked = (...calls: object[]) => ({
    role: "assistant",
    content: null,
    refusal: null,
    tool_calls: calls,
  });
  return {
    id: "leave-1",
    model: "some-model",
    temperature: 0,
    messages: [
      { role: "developer", content: system },
      { role: "user", content: [{ type: "text", text: task }] },
      asked(called(first!), called(second!)),
      answered(first!),
      answered(second!),
      asked(called(third!)),
      answered(third!),
      asked(called(fourth!)),
      answered(fourth!),
      { role: "assistant", content: done },
    ],
  };
}

export function anthropicLeave(): object {
  const called = ({ id, name, input }: Step) => ({
    type: "tool_use",
    id,
    name,
    input,
  });
  const answered = ({ id, result, failed }: Step) => ({
    type: "tool_result",
    tool_use_id: id,
    content: [{ type: "text", text: result }],
    ...(failed ? { is_error: true } : {}),
  });
  const [first, second, third, fourth] = steps;
  const thinking = { type: "thinking", thinking: "The policy first.", signature: "c2lnbmVk" };
  return {
    id: "leave-1",
    model: "some-model",
    max_tokens: 1000,
    system: [{ type: "text", text: system, cache_control: { type: "ephemeral" } }],
    messages: [
      { role: "user", content: task },
      { role: "assistant", content: [thinking, called(first!), called(second!)] },
      { role: "user", content: [answered(first!), answered(second!)] },
      { role: "assistant", content: [called(third!)] },
      { role: "user", content: [answered(third!)] },
      { role: "assistant", content: [called(fourth!)] },
      { role: "user", content: [answered(fourth!)] },
    ],
    response: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "some-model-2",
      content: [{ type: "text", text: done }],
      stop_reason: "end_turn",
      usage: { input_tokens: 900, output_tokens: 20 },
    },
  };
}

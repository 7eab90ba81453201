import { readRecording } from "../../recordings/reader.ts";
import type { Recording } from "../../recordings/reader.ts";
import type { AnswerEvent, CallEvent, QuestionEvent } from "../../recordings/events.ts";
import { byTurn, createAnthropicServer, message, say, use } from "./anthropic-server.ts";
import type { AnthropicServer, Block } from "./anthropic-server.ts";
import { createBench } from "./simulate.ts";
import type { Bench } from "./simulate.ts";

export const AGENT = "anthropic/test-model";

/** Signed as the server would: its fields in an order of their own, and one nobody knows. */
export const thoughts: readonly Block[] = [
  {
    signature: "c2lnbmVk/+=",
    type: "thinking",
    thinking: "Mo first — “before three”. \ud83e\uddfa",
    zeal: 1,
  },
  { type: "redacted_thinking", data: "EmwKAhgBEgy3va3p" },
];

/** Five turns with a mailbox: three calls at once, two of them wrong, thinking of both kinds. */
export const turns = [
  message(
    [
      thoughts[0]!,
      say("I look at what came in."),
      use("toolu_a1", "list_mail", { unread_only: true, limit: 5 }),
      use("toolu_a2", "read_mail", { mail_id: "mail-1" }),
      use("toolu_a3", "search_files", { query: "floor_pence" }),
    ],
    { usage: { input_tokens: 3100, output_tokens: 120 } },
  ),
  message([
    thoughts[1]!,
    use("toolu_b1", "read_mial", { mail_id: "mail-2" }),
    use("toolu_b2", "list_mail", { limit: "many" }),
  ]),
  message([use("toolu_c1", "read_mail", { mail_id: "mail-2" })]),
  message([
    say("Now the answer."),
    use("toolu_d1", "send_mail", {
      to: ["mo.catchpole@tidewell.example"],
      subject: "Thursday – done",
      text: "Dear Mo,\n\nall done ✓\n\nWren",
    }),
  ]),
  message([say("All done.")], { model: "test-model-20260315" }),
];

/** A server that holds its end of the conversation, and a simulator that knows of it. */
export async function createConversation(): Promise<
  AsyncDisposable & { readonly server: AnthropicServer; readonly bench: Bench }
> {
  const server = await createAnthropicServer(byTurn(...turns));
  const bench = createBench({ env: server.env });
  return {
    server,
    bench,
    async [Symbol.asyncDispose]() {
      bench[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A recording's events by kind. */
export function readConversation(bytes: Uint8Array): Recording & {
  readonly questions: readonly QuestionEvent[];
  readonly answers: readonly AnswerEvent[];
  readonly calls: readonly CallEvent[];
} {
  const recording = readRecording(bytes);
  const { events } = recording;
  return {
    ...recording,
    questions: events.filter((event) => event.kind === "question"),
    answers: events.filter((event) => event.kind === "answer"),
    calls: events.filter((event) => event.kind === "call"),
  };
}

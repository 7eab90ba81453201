import type { AnswerBlock, Message } from "../recordings/content.ts";
import type { ToolDefinition } from "../tools/pack.ts";

/**
 * What a program is handed. Its promises settle in the order in which they were asked for, however
 * long each took, so that latency decides nothing.
 */
export interface Universe {
  /** What a model in this place is told of itself. */
  readonly system: string;
  /** What it is asked to do. */
  readonly task: string;
  readonly definitions: readonly ToolDefinition[];
  /** Questions the model. Fails the episode, not the promise, if the model can't be had. */
  model(request: {
    system: string;
    messages: readonly Message[];
    /** Names of the tools to offer; all if left out. */
    tools?: "all" | readonly string[];
  }): Promise<{
    content: readonly AnswerBlock[];
    stop: string;
    usage: { inputTokens: number; outputTokens: number };
  }>;
  /** Calls a tool by name: `tools.read_mail({ mail_id: "mail-3" })`. Never rejects. */
  readonly tools: Readonly<
    Record<
      string,
      (
        input?: unknown,
        options?: { /** Id of the model's tool call that this carries out. */ for?: string },
      ) => Promise<{ /** Null, or the fault's code. */ code: string | null; text: string }>
    >
  >;
  /** Puts a line into the recording. */
  log(...parts: unknown[]): Promise<void>;
}

/** What a program file exports: one async function. What it returns is kept with the recording. */
export type AgentProgram = (universe: Universe) => Promise<unknown>;

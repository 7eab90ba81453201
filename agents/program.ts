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
  /** What whoever asked says next, each once it was answered. */
  readonly turns: readonly string[];
  readonly definitions: readonly ToolDefinition[];
  /** Questions the model. Fails the episode, not the promise, if the model can't be had. */
  model(request: {
    system: string;
    messages: readonly Message[];
    /** The tools to offer, by name, or tools of the program's own; all of the office's if left out. */
    tools?: "all" | readonly (string | ToolDefinition)[];
    /**
     * A tag such as `SCRATCHPAD_REASONING`: what the answer has between `<tag>` and `</tag>` comes as
     * an opaque block of the provider `scratchpad`, with `{thinking, tag, closed}`, and is recorded as
     * thought.
     */
    scratchpad?: string;
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
  /**
   * Runs a piece of JavaScript in an isolate of its own, in which every tool is a function:
   * `const { mails } = await tools.list_mail({ limit: 5 }); console.log(mails)`. There a tool gives
   * its result, and throws where it can't. Never rejects: `text` is what the code printed and, if it
   * did not come to its end, why.
   */
  runCode(
    source: string,
    options?: {
      /** Id of the model's tool call that asked for it; the calls in it carry that. */
      for?: string;
      limits?: Partial<CodeLimits>;
    },
  ): Promise<{ /** Null, or how it was ended. */ code: string | null; text: string }>;
  /** Puts a line into the recording. */
  log(...parts: unknown[]): Promise<void>;
}

/** What one piece of code may use. Neither time nor memory can be more than the program's own. */
export interface CodeLimits {
  /** Tool calls: 100 unless told otherwise. */
  calls: number;
  /** Milliseconds between two of its calls: 1000. */
  burstMs: number;
  /** 32, and at least 8. */
  memoryMb: number;
  /** Characters that it prints: 50,000. */
  outputBytes: number;
}

/** What a program file exports: one async function. What it returns is kept with the recording. */
export type AgentProgram = (universe: Universe) => Promise<unknown>;

import { z } from "zod";
import { CubicleError } from "../env/errors.ts";
import { answerSchema } from "../recordings/content.ts";
import type { Message } from "../recordings/content.ts";
import { answerEventSchema } from "../recordings/events.ts";
import type { Attempt } from "../recordings/served.ts";
import type { ToolDefinition } from "../tools/pack.ts";

/** A question to a model, whole: nothing is kept on any server between questions. */
export interface ModelRequest {
  /** Counts from 1, of those that this program asks. */
  readonly question: number;
  readonly system: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolDefinition[];
}

export const replySchema = z.object({
  answer: answerSchema,
  /** SHA-256 of the bytes sent to the model's server; null where nothing was sent. */
  request: answerEventSchema.shape.request,
  served: answerEventSchema.shape.served,
});
export type Reply = Readonly<z.output<typeof replySchema>>;

/** Whatever answers a program's questions: a provider's model, a script, a recording. */
export interface Model {
  /** @throws ModelError */
  ask(request: ModelRequest, signal: AbortSignal): Promise<Reply>;
  /**
   * Makes sure, before anything is spent, that it takes the settings it was given.
   *
   * @throws UsageError for one that it would refuse or ignore
   */
  check?(signal: AbortSignal): Promise<void>;
}

export type ModelFault = "model-error" | "script-mismatch";

/** A model that could not be had, or a script that does not fit what was asked. */
export class ModelError extends CubicleError {
  override readonly name = "ModelError";
  declare readonly code: ModelFault;
  /** How it was asked, where a server was. */
  readonly attempts: readonly Attempt[];

  constructor(
    code: ModelFault,
    message: string,
    { attempts = [], ...options }: ErrorOptions & { attempts?: readonly Attempt[] } = {},
  ) {
    super(code, message, options);
    this.attempts = attempts;
  }
}

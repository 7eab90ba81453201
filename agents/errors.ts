import { CubicleError } from "../env/errors.ts";
import type { Failure } from "../recordings/events.ts";

export type SandboxCode = Extract<Failure, `program-${string}` | `sandbox-${string}`>;

/** A program that can't go on, by code. `detail` is for whoever runs it, and never recorded. */
export class SandboxError extends CubicleError {
  override readonly name = "SandboxError";
  declare readonly code: SandboxCode;
  readonly detail: string;

  constructor(code: SandboxCode, detail: string) {
    super(code, `${words[code]}${detail ? `: ${detail}` : ""}`);
    this.detail = detail;
  }
}

const words: Record<SandboxCode, string> = {
  "program-error": "The program threw an error",
  "program-syntax": "The program can't be read as JavaScript or TypeScript",
  "program-stalled": "The program waits for something that will never come",
  "sandbox-timeout": "The program ran too long without letting go",
  "sandbox-memory": "The program used more memory than it may",
  "sandbox-crash": "The program brought its worker down",
  "sandbox-protocol": "The program sent what no program can send",
};

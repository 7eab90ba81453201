import { CubicleError } from "../env/errors.ts";

export type ShellCode = "sandbox-timeout" | "sandbox-memory";

/**
 * A command that broke a limit of the machine, not of the shell's own counting. No result could be
 * the same when it is run again, so it ends the episode.
 */
export class ShellError extends CubicleError {
  override readonly name = "ShellError";
  declare readonly code: ShellCode;

  constructor(code: ShellCode) {
    super(code, words[code]);
  }
}

const words: Record<ShellCode, string> = {
  "sandbox-timeout": "A shell command ran too long without letting go",
  "sandbox-memory": "A shell command used more memory than it may",
};

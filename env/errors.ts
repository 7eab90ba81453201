/**
 * The one family of errors. Every message says what happened, to what, and what to do next.
 *
 * `code` is a literal a program may switch on; the codes are pinned by a test.
 */
export class CubicleError extends Error {
  override readonly name: string = "CubicleError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type FaultCode =
  | "not-found"
  | "bad-input"
  | "unknown-tool"
  | "unknown-person"
  | "not-allowed"
  | "conflict"
  | "mail-refused"
  | "no-space"
  | "unavailable"
  | "refused-by-guard";

/** A fault the agent sees as the result of its call. Never thrown past a pack. */
export class ToolFault extends CubicleError {
  override readonly name = "ToolFault";
  declare readonly code: FaultCode;

  constructor(code: FaultCode, message: string) {
    super(code, message);
  }
}

export interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

/** Something wrong in an authored fixture, with every place at which it is wrong. */
export class FixtureError extends CubicleError {
  override readonly name = "FixtureError";
  readonly problems: readonly { readonly place: Place; readonly message: string }[];

  constructor(problems: readonly { place: Place; message: string }[]) {
    super(
      "fixture",
      problems
        .map(({ place, message }) => `${place.file}:${place.line}:${place.column}: ${message}`)
        .join("\n"),
    );
    this.problems = problems;
  }
}

/** A command, option or file that can't be used as given. */
export class UsageError extends CubicleError {
  override readonly name = "UsageError";

  constructor(message: string, options?: ErrorOptions) {
    super("usage", message, options);
  }
}

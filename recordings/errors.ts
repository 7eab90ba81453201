import { CubicleError } from "../env/errors.ts";

export type RecordingFault =
  | "empty"
  | "not-a-recording"
  | "newer-schema"
  | "corrupt"
  | "incomplete"
  | "diverged";

/** A recording that can't be read, or that comes out differently, with the line it is about. */
export class RecordingError extends CubicleError {
  override readonly name = "RecordingError";
  declare readonly code: RecordingFault;
  /** 1-based; 0 if it is about no line. */
  readonly line: number;

  constructor(code: RecordingFault, line: number, message: string) {
    super(code, message);
    this.line = line;
  }
}

import { CubicleError } from "../../env/errors.ts";

/** An exception as the original raises it: its result is `Type: message`. Never leaves the pack. */
export class PythonError extends CubicleError {
  override readonly name = "PythonError";
}

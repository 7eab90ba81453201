import type { Facts } from "./facts.ts";

/** A recording of a store. */
export interface Run extends Facts {
  /** Below the store's folder, with `/`. */
  readonly path: string;
}

/** Which recordings. What is left out is not narrowed. */
export interface RunQuery {
  readonly fixture?: string;
  /** With its program and settings, or without. */
  readonly agent?: string;
  readonly condition?: Readonly<Record<string, string>>;
  /** How it ended; `none` for one that has no end. */
  readonly ending?: string;
  /** Only those with a harm of this kind; `any` for one of whatever kind. */
  readonly harm?: string;
  /** A text in its path, or in what was found. Capitals make no difference. */
  readonly text?: string;
}

export interface Fault {
  readonly path: string;
  readonly problem: string;
}

/** Where recordings are kept, and found again. */
export interface Store extends Disposable {
  /** In the order of their paths. */
  find(query?: RunQuery): Run[];
  /**
   * Takes a recording that has its end into keeping: packed, judged, to be found. Its own file goes
   * once the packed one is whole.
   *
   * @param path of the recording while it ran, below the store's folder
   * @param accept may throw before anything is kept
   */
  keep(path: string, accept?: (facts: Facts) => void): Run;
  /**
   * Takes in what was put there or taken away by others, and judges again what other detectors
   * judged. Tells what could not be read.
   *
   * @param progress is told how many of how many were read
   */
  sync(progress?: (read: number, of: number) => void): readonly Fault[];
}

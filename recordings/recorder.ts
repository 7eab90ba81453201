import { createChain } from "./chain.ts";
import { RecordingError } from "./errors.ts";
import type { Header, RecordedEvent } from "./events.ts";

type Unnumbered<E> = E extends unknown ? Omit<E, "seq"> : never;
/** An event that has not got its place yet. */
export type NewEvent = Unnumbered<RecordedEvent>;

/** Where an episode's events go. */
export interface Recorder {
  /** Gives the event the next `seq`. */
  record(event: NewEvent): void;
  /** Makes sure that all recorded so far is written: called before anything acts on it. */
  flush(): void;
  /** Whether all that was recorded before has come out again, so that what follows is new. */
  readonly live: boolean;
  /** How many events there are so far. */
  readonly seq: number;
  /** Length of all lines so far, in characters. */
  readonly size: number;
}

/**
 * A recorder that writes lines, each flush in one write. Given the lines of a recording that broke
 * off, it first expects exactly those again, and only then writes.
 *
 * @param write gets whole lines
 * @throws RecordingError `diverged` where a line comes out differently, before anything is written
 */
export function createWriter(
  header: Header,
  before: readonly string[],
  write: (lines: string) => void,
): Recorder {
  const chain = createChain();
  let seq = 0;
  let size = 0;
  let pending = "";
  const put = (event: object): void => {
    const line = chain.line(event);
    size += line.length;
    if (seq >= before.length) pending += line;
    else if (`${before[seq]!}\n` !== line) throw divergence(seq, before[seq]!, line);
  };
  put(header);
  return {
    record(event) {
      seq++;
      put(stamp(event, seq));
    },
    flush() {
      if (!pending) return;
      write(pending);
      pending = "";
    },
    get live() {
      return seq + 1 >= before.length;
    },
    get seq() {
      return seq;
    },
    get size() {
      return size;
    },
  };
}

/** The event as it is written: kind and seq first. */
export function stamp({ kind, ...rest }: NewEvent, seq: number): object {
  return { kind, seq, ...rest };
}

function divergence(seq: number, recorded: string, line: string): RecordingError {
  return new RecordingError(
    "diverged",
    seq + 1,
    `Line ${seq + 1} comes out differently.\n  recorded: ${cut(recorded)}\n  now:      ${cut(line)}`,
  );
}

function cut(line: string): string {
  return line.length > 300 ? `${line.slice(0, 300)}…` : line.trimEnd();
}

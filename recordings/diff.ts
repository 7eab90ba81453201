import { diffArrays } from "diff";
import type { CallEvent, Header } from "./events.ts";
import type { Recording } from "./reader.ts";

/** A call of one recording beside the call of the other that it is the same as, if any is. */
export interface Aligned {
  readonly a: CallEvent | null;
  readonly b: CallEvent | null;
  /** Same tool and input. */
  readonly same: boolean;
  /** Same result and effects too. */
  readonly equal: boolean;
}

export interface RecordingDiff {
  /** Fields of the headers that differ. */
  readonly header: readonly { readonly field: string; readonly a: string; readonly b: string }[];
  readonly calls: readonly Aligned[];
  /** Number of the first call that is not equal in both; null if all are. */
  readonly partsAt: number | null;
}

/** Calls whose alignment would take longer than it is worth are paired by their numbers. */
const MOST_EDITS = 4000;

/** As much of a recording as is compared. */
export type Compared = Pick<Recording, "header" | "events">;

/** Two recordings, their calls aligned by tool and input. */
export function diffRecordings(a: Compared, b: Compared): RecordingDiff {
  const calls = align(callsOf(a), callsOf(b));
  const parting = calls.findIndex(({ equal }) => !equal);
  const at = calls[parting];
  return {
    header: diffHeaders(a.header, b.header),
    calls,
    partsAt: at ? (at.a ?? at.b)!.call : null,
  };
}

function callsOf({ events }: Compared): CallEvent[] {
  return events.filter((event) => event.kind === "call");
}

function align(a: readonly CallEvent[], b: readonly CallEvent[]): Aligned[] {
  const keys = [a, b].map((calls) =>
    calls.map(({ tool, input }) => `${tool} ${JSON.stringify(input)}`),
  );
  const changes = diffArrays(keys[0]!, keys[1]!, { maxEditLength: MOST_EDITS });
  if (!changes) return pairByNumber(a, b);
  const aligned: Aligned[] = [];
  let [i, j] = [0, 0];
  for (const { added, removed, value } of changes) {
    for (let k = 0; k < value.length; k++) {
      if (added) aligned.push(pair(null, b[j++]!));
      else if (removed) aligned.push(pair(a[i++]!, null));
      else aligned.push(pair(a[i++]!, b[j++]!));
    }
  }
  return aligned;
}

function pairByNumber(a: readonly CallEvent[], b: readonly CallEvent[]): Aligned[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index) =>
    pair(a[index] ?? null, b[index] ?? null),
  );
}

function pair(a: CallEvent | null, b: CallEvent | null): Aligned {
  const text = (call: CallEvent | null) => call && JSON.stringify([call.tool, call.input]);
  const outcome = (call: CallEvent | null) => call && JSON.stringify([call.result, call.effects]);
  const same = text(a) === text(b);
  return { a, b, same, equal: same && outcome(a) === outcome(b) };
}

function diffHeaders(a: Header, b: Header): RecordingDiff["header"] {
  const fields = [
    "cubicle",
    "fixture",
    "condition",
    "seed",
    "agent",
    "pack",
    "limits",
    "system",
    "task",
    "turns",
    "tools",
    "lineage",
  ] as const;
  return fields.flatMap((field) => {
    const [left, right] = [JSON.stringify(a[field]), JSON.stringify(b[field])];
    return left === right ? [] : [{ field, a: left, b: right }];
  });
}

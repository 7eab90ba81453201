import type { OpenFixture } from "../env/fixture/open.ts";
import type { Item } from "../env/items.ts";
import type { CallEvent, RecordedEvent } from "../recordings/events.ts";
import type { NewEvent, Recorder } from "../recordings/recorder.ts";
import { stamp } from "../recordings/recorder.ts";
import type { Recording } from "../recordings/reader.ts";
import { bodyOf, isLineOf } from "../recordings/chain.ts";
import { createRequests } from "../recordings/requests.ts";
import type { Pack } from "../tools/pack.ts";
import { createGate } from "./gate.ts";
import { createHeader } from "./header.ts";
import { compareVerdicts, importedPack } from "./imported.ts";
import { createLedger } from "./ledger.ts";

/** Where a replay first differed: one line of the recording beside what came out now. */
export interface Difference {
  /** 1-based line of the recording. */
  readonly line: number;
  readonly recorded: string;
  readonly now: string;
}

export interface ReplayReport {
  /** Every result and digest came out again, and the recording has its end. */
  readonly equal: boolean;
  readonly complete: boolean;
  readonly calls: { readonly equal: number; readonly unequal: number };
  /** Outcomes that an imported transcript gave, beside those of the fixture's checks now. */
  readonly verdicts?: { readonly equal: number; readonly unequal: number };
  readonly first: Difference | null;
}

/** Executes every recorded call again on a fresh office and compares all that follows from it. */
export function replayRecording(
  recording: Recording,
  opened: OpenFixture,
  pack: Pack,
): ReplayReport {
  const { header, events, lines } = recording;
  let first = compareHeader(recording, opened, pack);
  const calls = { equal: 0, unequal: 0 };

  let produced: NewEvent[] = [];
  const recorder: Recorder = {
    record: (event) => produced.push(event),
    flush: () => {},
    live: false,
    size: 0,
  };
  const ledger = createLedger(recorder, header.system);
  let refused: string | null = null;
  let recorded: CallEvent | undefined;
  const items = new Map<number, Item>();
  const settled = header.lineage.imported
    ? importedPack(pack, header.lineage.imported.opaque, items, () => recorded!)
    : pack;
  const gate = createGate({ ...opened, pack: settled, ledger, guard: () => refused });
  const requests = createRequests(header);

  function drive(event: RecordedEvent): void {
    const { now } = gate.office;
    switch (event.kind) {
      case "call":
        refused = refusalIn(event);
        recorded = event;
        gate.call({ tool: event.tool, input: event.input }, event.parent);
        return;
      case "question":
        ledger.question(now, requests.next(event));
        return;
      case "answer":
        ledger.answer(now, event.question, event.answer, event.request);
        gate.turn();
        return;
      case "log":
        ledger.log(now, event.text);
        return;
      case "end":
        ledger.end(gate.office, event.ending, event.code, event.returned);
        return;
      case "item":
      case "arrival":
      case "checkpoint":
    }
  }

  for (let start = 0; start < events.length;) {
    const { driver, next } = groupFrom(events, start);
    produced = [];
    for (const event of events.slice(start, next)) {
      if (event.kind === "item") items.set(event.item, event);
    }
    if (driver) drive(driver);
    // A recording that broke off may end within a group: what is not there can't differ.
    const isCut = !recording.end && next === events.length;
    const expected = isCut ? produced.slice(0, driver ? next - start : 0) : produced;
    const until = isCut && !driver ? start : next;
    const difference = compareGroup(lines, start, until, expected);
    if (driver?.kind === "call") calls[difference ? "unequal" : "equal"]++;
    first ??= difference;
    start = next;
  }
  const complete = recording.end !== undefined;
  const verdicts = compareVerdicts(recording, opened, pack, gate.office);
  const equal = complete && !first && !verdicts?.unequal && header.schema > 0;
  return { equal, complete, calls, ...(verdicts ? { verdicts } : {}), first };
}

function refusalIn({ result }: CallEvent): string | null {
  return result.code === "refused-by-guard" ? result.text.replace(/^REFUSED: /, "") : null;
}

/** Items come before the event that shows them; arrivals and checkpoints after what let time pass. */
function groupFrom(
  events: readonly RecordedEvent[],
  start: number,
): { driver: RecordedEvent | undefined; next: number } {
  const afterItems = (from: number): number => {
    let index = from;
    while (events[index]?.kind === "item") index++;
    return index;
  };
  const place = afterItems(start);
  let next = place + 1;
  for (let at = afterItems(next); isPassing(events[at]); at = afterItems(next)) next = at + 1;
  return { driver: events[place], next: Math.min(next, events.length) };
}

function isPassing(event: RecordedEvent | undefined): boolean {
  return event?.kind === "arrival" || event?.kind === "checkpoint";
}

function compareGroup(
  lines: readonly string[],
  start: number,
  next: number,
  produced: readonly NewEvent[],
): Difference | null {
  for (let index = 0; index < Math.max(next - start, produced.length); index++) {
    const seq = start + index + 1;
    const line = start + index < next ? lines[seq] : undefined;
    const event = produced[index];
    const now = event && JSON.stringify(stamp(event, seq));
    if (line === undefined || now === undefined || !isLineOf(line, now)) {
      const recorded = line === undefined ? "(nothing)" : bodyOf(line);
      return { line: seq + 1, recorded, now: now ?? "(nothing)" };
    }
  }
  return null;
}

function compareHeader(recording: Recording, opened: OpenFixture, pack: Pack): Difference | null {
  const { header, lines } = recording;
  const fresh: Record<string, unknown> = createHeader(opened, pack, header);
  if (isLineOf(lines[0]!, JSON.stringify(fresh))) return null;
  for (const [field, value] of Object.entries(header)) {
    const recorded = JSON.stringify({ [field]: value });
    const now = JSON.stringify({ [field]: fresh[field] });
    if (recorded !== now) return { line: 1, recorded, now };
  }
  return null;
}

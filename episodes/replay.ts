import { evaluateCheck } from "../env/checks/check.ts";
import { viewOffice } from "../env/checks/view.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import type { Office } from "../env/office.ts";
import type { Item } from "../env/items.ts";
import type { CallEvent } from "../recordings/events.ts";
import type { NewEvent, Recorder } from "../recordings/recorder.ts";
import { stamp } from "../recordings/recorder.ts";
import type { Recording } from "../recordings/reader.ts";
import { bodyOf, isLineOf } from "../recordings/chain.ts";
import type { Pack } from "../tools/pack.ts";
import { createDriver } from "./driver.ts";
import { groupFrom } from "./groups.ts";
import { createHeader } from "./header.ts";
import { compareVerdicts, importedPack } from "./imported.ts";

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
  /** Whether each check that makes up the fixture's work holds; null where it can't be told. */
  readonly work?: Readonly<Record<string, boolean | null>>;
  readonly first: Difference | null;
}

/**
 * Executes every recorded call again on a fresh office and compares all that follows from it.
 *
 * @param see told the office as it was after an event and those that followed from it, by how many
 *   events had happened then
 */
export function replayRecording(
  recording: Recording,
  opened: OpenFixture,
  pack: Pack,
  see?: (office: Office, from: number, to: number) => void,
): ReplayReport {
  const { header, events, lines } = recording;
  let first = compareHeader(recording, opened, pack);
  const calls = { equal: 0, unequal: 0 };

  let produced: NewEvent[] = [];
  const recorder: Recorder = {
    record: (event) => produced.push(event),
    flush: () => {},
    live: false,
    seq: 0,
    size: 0,
  };
  let recorded: CallEvent | undefined;
  const items = new Map<number, Item>();
  const settled = header.lineage.imported
    ? importedPack(pack, header.lineage.imported.opaque, items, () => recorded!)
    : pack;
  const { gate, drive } = createDriver({ header, opened, pack: settled, recorder });

  see?.(gate.office, 0, 0);
  for (let start = 0; start < events.length;) {
    const { driver, next } = groupFrom(events, start);
    produced = [];
    for (const event of events.slice(start, next)) {
      if (event.kind === "item") items.set(event.item, event);
    }
    if (driver?.kind === "call") recorded = driver;
    if (driver) drive(driver);
    // A recording that broke off may end within a group: what is not there can't differ.
    const isCut = !recording.end && next === events.length;
    const expected = isCut ? produced.slice(0, driver ? next - start : 0) : produced;
    const until = isCut && !driver ? start : next;
    const difference = compareGroup(lines, start, until, expected);
    if (driver?.kind === "call") calls[difference ? "unequal" : "equal"]++;
    first ??= difference;
    // What it showed comes before the event itself, what follows from it after.
    see?.(gate.office, driver ? driver.seq : next, next);
    start = next;
  }
  const complete = recording.end !== undefined;
  const verdicts = verdictsOf(recording, opened, pack, gate.office);
  const equal = complete && !first && !verdicts?.unequal && header.schema > 0;
  const work = complete && !header.lineage.imported && workIn(recording, opened, pack, gate.office);
  return {
    equal,
    complete,
    calls,
    ...(verdicts ? { verdicts } : {}),
    ...(work ? { work } : {}),
    first,
  };
}

/** Asks the checks that make up the work of the office as it is now; undefined where there are none. */
function workIn(
  { events }: Recording,
  { fixture: { checks, work }, office, condition }: OpenFixture,
  { view = viewOffice, open }: Pack,
  after: Office,
): ReplayReport["work"] {
  if (!work.length) return undefined;
  const effects = events.flatMap((event) => ("effects" in event ? event.effects : []));
  const ended = { before: view(open(office)), after: view(after), effects, condition };
  return Object.fromEntries(work.map((name) => [name, evaluateCheck(checks[name]!, ended).holds]));
}

/** None for an episode that happened here. */
function verdictsOf(
  { header: { lineage }, events }: Recording,
  opened: OpenFixture,
  pack: Pack,
  after: Office,
): ReplayReport["verdicts"] {
  if (!lineage.imported) return undefined;
  const effects = events.flatMap((event) => ("effects" in event ? event.effects : []));
  const happened = { before: pack.open(opened.office), after, effects };
  return compareVerdicts(lineage.imported.verdicts, opened, pack, happened);
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

import { createGate } from "../episodes/gate.ts";
import type { Gate } from "../episodes/gate.ts";
import { createLedger } from "../episodes/ledger.ts";
import type { Office } from "../env/office.ts";
import { stateOf } from "../env/office.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import { standardPack } from "../tools/standard/pack.ts";
import { openDefault } from "./large-office-tools.ts";
import { report } from "./report.ts";

const CALLS = 500;
/** Every how many calls an office is kept: what lies between is executed again. */
const KEPT_EVERY = 10;
const ROUNDS = 9;

/** The office as it stood at a call: from one kept shortly before it, against from the start. */
export async function benchStepping(folder: string): Promise<void> {
  const opened = await openDefault(folder);
  // What all episodes share is made beforehand.
  reach(opened, opened.office, 0, CALLS);
  const gate = seat(opened, opened.office);
  const kept: Office[] = [gate.office];
  for (let call = 0; call < CALLS; call++) {
    act(gate, call);
    if ((call + 1) % KEPT_EVERY === 0) kept.push(gate.office);
  }
  const truth = JSON.stringify(stateOf(gate.office));
  // The last call before one is kept lies farthest from the one before.
  const target = CALLS - 1;
  const near: number[] = [];
  const far: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const place = Math.floor(target / KEPT_EVERY);
    far.push(reach(opened, kept[0]!, 0, target));
    near.push(reach(opened, kept[place]!, place * KEPT_EVERY, target));
  }
  const again = seat(opened, kept.at(-2)!);
  for (let call = CALLS - KEPT_EVERY; call < CALLS; call++) act(again, call);
  if (JSON.stringify(stateOf(again.office)) !== truth) throw new Error("not the same office");
  report({
    name: `stepping back to call ${target} of ${CALLS} in the large office, offices kept every ${KEPT_EVERY} calls`,
    values: near,
    unit: "ms",
    bar: "10 or less",
    baseline: { name: "executed again from the start", values: far },
  });
}

function seat(opened: OpenFixture, office: Office): Gate {
  const recorder = { record() {}, flush() {}, live: true, seq: 0, size: 0 };
  return createGate({ ...opened, office, pack: standardPack, ledger: createLedger(recorder, "") });
}

function reach(opened: OpenFixture, from: Office, done: number, target: number): number {
  const start = performance.now();
  const gate = seat(opened, from);
  for (let call = done; call < target; call++) act(gate, call);
  return performance.now() - start;
}

function act(gate: Gate, call: number): void {
  const [tool, input] = actAt(call);
  const { code, text } = gate.call({ tool, input }, null);
  if (code) throw new Error(`${tool}: ${text}`);
}

/** The call of an agent that reads, files and answers its way through the mailbox. */
export function actAt(call: number): [string, object] {
  const mail_id = `mail-${100 + call}`;
  return [
    ["list_mail", { offset: call }],
    ["read_mail", { mail_id }],
    ["move_mail", { mail_id, folder: "archive" }],
    ["reply_mail", { mail_id, text: "It will be ready by Friday." }],
    ["write_file", { path: `/pim/notes-${call % 40}.md`, text: `Note ${call}.\n` }],
    ["search_mail", { query: "kettle oak" }],
    ["mark_mail", { mail_id, flagged: true }],
    ["find_person", { query: "Basil" }],
    ["create_event", { title: `Call ${call}`, start: "2026-03-20T10:00", end: "2026-03-20T11:00" }],
    ["list_events", {}],
  ][call % 10] as [string, object];
}

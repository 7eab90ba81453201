import type { CallEvent } from "../../recordings/events.ts";
import type { Finding } from "../../recordings/verdict.ts";
import { isHarm } from "../../recordings/verdict.ts";
import type { Recording } from "../../recordings/reader.ts";
import { portable } from "../portable.ts";
import { findingsOf } from "../../detectors/registry.ts";
import { sumTokens, usageOf, worstOf } from "../tally.ts";
import type { Cell } from "./csv.ts";
import { csvRow } from "./csv.ts";

/** Columns of `episodes.csv`, in their order. */
export const episodeColumns = [
  "recording",
  "file",
  "fixture",
  "fixture_digest",
  "condition",
  "seed",
  "agent",
  "program",
  "models",
  "pack",
  "ending",
  "code",
  "started_at",
  "ended_at",
  "questions",
  "calls",
  "faults",
  "input_tokens",
  "output_tokens",
  "findings",
  "severity",
  "finding_kinds",
  "summaries",
  "forked_from",
  "intervened",
  "imported_from",
  "cubicle",
  "canary",
] as const;

/** Columns of `calls.csv`, in their order. */
export const callColumns = [
  "recording",
  "call",
  "seq",
  "at",
  "tool",
  "tool_effect",
  "parent",
  "input",
  "fault",
  "result",
  "effects",
  "reads",
  "carried",
  "findings",
  "severity",
] as const;

type EpisodeRow = Readonly<Record<(typeof episodeColumns)[number], Cell>>;
type CallRow = Readonly<Record<(typeof callColumns)[number], Cell>>;

export const tableHeads = { episodes: csvRow(episodeColumns), calls: csvRow(callColumns) };

/** A recording's row among the episodes, and its calls'. */
export function tableRows(recording: Recording, file: string): { episodes: string; calls: string } {
  const findings = findingsOf(recording).filter(isHarm);
  const episode = episodeRow(recording, file, findings);
  const calls = callRows(recording, findings);
  return {
    episodes: csvRow(episodeColumns.map((column) => episode[column])),
    calls: calls.map((row) => csvRow(callColumns.map((column) => row[column]))).join(""),
  };
}

function episodeRow(recording: Recording, file: string, findings: readonly Finding[]): EpisodeRow {
  const { header, events, end, digest } = recording;
  const usage = usageOf(events);
  const tokens = sumTokens(Object.values(usage));
  const calls = callsOf(recording);
  return {
    recording: digest,
    file,
    fixture: header.fixture.name,
    fixture_digest: header.fixture.digest,
    condition: JSON.stringify(header.condition),
    seed: header.seed,
    agent: header.agent.name,
    program: header.agent.program.name,
    models: JSON.stringify(Object.keys(usage)),
    pack: header.pack,
    ending: end?.ending ?? "incomplete",
    code: end?.code ?? null,
    started_at: header.clock.start,
    ended_at: events.at(-1)?.at ?? header.clock.start,
    questions: events.filter(({ kind }) => kind === "question").length,
    calls: calls.length,
    faults: calls.filter(({ result }) => result.code !== null).length,
    input_tokens: tokens.input_tokens,
    output_tokens: tokens.output_tokens,
    findings: findings.length,
    severity: worstOf(findings),
    finding_kinds: JSON.stringify([...new Set(findings.map(({ kind }) => kind))]),
    summaries: JSON.stringify(findings.map(({ summary }) => summary)),
    forked_from: header.lineage.parent?.digest ?? null,
    intervened: header.lineage.intervened,
    imported_from: header.lineage.imported?.format ?? null,
    cubicle: header.cubicle,
    canary: header.canary,
  };
}

function callsOf({ events }: Recording): CallEvent[] {
  return events.filter((event) => event.kind === "call");
}

function callRows(recording: Recording, findings: readonly Finding[]): CallRow[] {
  const { header, events, digest } = recording;
  const kinds = new Map(header.tools.map(({ name, effect }) => [name, effect]));
  const items = new Map(
    events.flatMap((event) => (event.kind === "item" ? [[event.item, event.ref] as const] : [])),
  );
  const refs = (numbers: readonly number[]) =>
    JSON.stringify([...new Set(numbers.map((number) => items.get(number) ?? null))]);
  return callsOf(recording).map((event) => {
    const found = findings.filter(({ seq }) => seq === event.seq);
    return {
      recording: digest,
      call: event.call,
      seq: event.seq,
      at: event.at,
      tool: event.tool,
      tool_effect: kinds.get(event.tool) ?? null,
      parent: event.parent,
      input: JSON.stringify(portable(event.input)) ?? null,
      fault: event.result.code,
      result: event.result.text,
      effects: JSON.stringify(event.effects),
      reads: refs(event.reads),
      carried: refs(event.carried),
      findings: found.length,
      severity: worstOf(found),
    };
  });
}

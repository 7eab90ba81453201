import type { Header } from "../../recordings/events.ts";
import type { Recording } from "../../recordings/reader.ts";
import { failureOf, limitOf, secondsBetween, tellEvents } from "./events.ts";
import { findingsOf } from "../../detectors/registry.ts";
import { isHarm } from "../../recordings/verdict.ts";
import { usageOf, worstOf } from "../tally.ts";
import { idOf } from "./messages.ts";
import type { Sample, Score, Summary, TranscriptEvent } from "./schema.ts";

/** Where a recording stands in a log. */
export interface Place {
  readonly id: string;
  readonly epoch: number;
}

/** All of a recording that Inspect has a place for, and its detectors' findings as a score. */
export function toSample(recording: Recording, { id, epoch }: Place): Sample {
  const { header, events, end } = recording;
  const uuid = idOf(recording.digest);
  const told = tellEvents(recording, uuid);
  const metadata = metadataOf(recording);
  const score = scoreOf(recording);
  const error = failureOf(end);
  const { start } = header.clock;
  const last = events.at(-1)?.at ?? start;
  const seconds = secondsBetween(start, last);
  const stamp = (name: string, at: string) => ({
    uuid: idOf(uuid, name),
    timestamp: at,
    working_start: secondsBetween(start, at),
  });
  const sample = { input: header.task, target: "", id, metadata };
  const first: TranscriptEvent = {
    event: "sample_init",
    ...stamp("init", start),
    sample,
    state: {},
  };
  const scored: TranscriptEvent = {
    event: "score",
    ...stamp("score", last),
    score,
    target: "",
    intermediate: false,
  };
  return {
    ...sample,
    epoch,
    messages: [...told.messages],
    output: told.output,
    scores: { findings: score },
    events: [first, ...told.events, scored],
    attachments: {},
    store: {},
    events_data: { messages: [...told.pool], calls: [] },
    model_usage: usageOf(events),
    role_usage: {},
    started_at: start,
    completed_at: last,
    total_time: seconds,
    working_time: seconds,
    uuid,
    ...(error ? { error } : {}),
    ...(end?.ending === "limit" ? { limit: limitOf(end, header.limits) } : {}),
    turn_count: events.filter(({ kind }) => kind === "answer").length,
  };
}

const SUMMARY_TEXT = 1000;

/** What lists of samples show, with long texts cut as Inspect cuts them. */
export function toSummary(sample: Sample): Summary {
  const {
    messages,
    output: _output,
    events: _events,
    events_data: _data,
    attachments: _attachments,
    store: _store,
    error,
    limit,
    ...told
  } = sample;
  const { findings } = told.scores as { findings: Score };
  return {
    ...told,
    input: cut(told.input as string),
    metadata: Object.fromEntries(
      Object.entries(told.metadata ?? {})
        .filter(([, value]) => typeof value !== "object" || value === null)
        .map(([key, value]) => [key, typeof value === "string" ? cut(value) : value]),
    ),
    scores: {
      findings: {
        value: findings.value,
        answer: findings.answer ?? "",
        explanation: cut(findings.explanation ?? ""),
        history: [],
      },
    },
    completed: !error,
    ...(error ? { error: error.message } : {}),
    ...(limit ? { limit: limit.type } : {}),
    message_count: messages?.length ?? 0,
  };
}

function cut(text: string): string {
  return text.length > SUMMARY_TEXT ? `${text.slice(0, SUMMARY_TEXT - 1)}…` : text;
}

/** How many findings; the worst severity as the answer, their sentences as its explanation. */
function scoreOf(recording: Recording): Score {
  const findings = findingsOf(recording).filter(isHarm);
  return {
    value: findings.length,
    answer: worstOf(findings),
    explanation: findings.map(({ kind, summary }) => `${kind}: ${summary}`).join("\n"),
    metadata: { findings },
    history: [],
  };
}

function metadataOf({ header, end, digest }: Recording): Record<string, unknown> {
  const { fixture, condition, seed, lineage } = header;
  const chosen = Object.entries(condition).map(([name, value]) => [`condition_${name}`, value]);
  return {
    ...Object.fromEntries(chosen),
    fixture: fixture.name,
    fixture_digest: fixture.digest,
    seed,
    recording: digest,
    ending: end?.ending ?? "incomplete",
    ...(end?.code ? { code: end.code } : {}),
    ...(end?.returned ? { returned: end.returned } : {}),
    ...(lineage.parent ? { forked_from: lineage.parent } : {}),
    intervened: lineage.intervened,
    ...(lineage.imported ? { imported: lineage.imported } : {}),
  };
}

/**
 * What the agent was given, as the sample's id: the condition's values, and a digest of all of it.
 * Recordings with the same id are epochs of one sample.
 */
export function sampleIdOf({ condition, system, task }: Header): string {
  const chosen = Object.entries(condition).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const words = chosen.map(([name, value]) => toName(`${name}-${value}`)).filter(Boolean);
  const digest = idOf(JSON.stringify(chosen), system, task).slice(0, 8);
  return `${words
    .map((word) => `${word}_`)
    .join("")
    .slice(0, 100)}${digest}`;
}

/** Letters that a file, an address and a zip's entry can have everywhere; nothing of a path. */
export function toName(text: string): string {
  return text
    .replace(/[^A-Za-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
}

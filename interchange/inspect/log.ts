import type { Header } from "../../recordings/events.ts";
import type { Recording } from "../../recordings/reader.ts";
import { sumUsage } from "../tally.ts";
import type { Usage } from "../tally.ts";
import { createLogFile } from "./log-file.ts";
import { idOf } from "./messages.ts";
import { sampleIdOf, toName, toSample, toSummary } from "./sample.ts";
import type { LogHeader, LogStart, Summary } from "./schema.ts";

/** What is remembered of a recording between finding its place in a log and writing it there. */
export interface Placed {
  /** Its place in a log. */
  readonly id: string;
  readonly epoch: number;
  readonly digest: string;
  readonly seed: number;
  /** Where to read it again. */
  readonly file: string;
}

/** One log: a fixture, an agent and a pack. */
export interface LogPlan {
  /** As Inspect names its logs: when, what, which. */
  readonly name: string;
  readonly id: string;
  readonly header: Header;
  readonly recordings: readonly Placed[];
}

/** Gathers recordings into logs without keeping any of them. */
export interface Planner {
  add(recording: Pick<Recording, "header" | "digest">, file: string): void;
  plans(): LogPlan[];
}

/**
 * One log is what Inspect calls an evaluation: the same fixture, agent, program, pack and version of
 * cubicle. In it, what an agent was given is a sample, and recordings that were given the same are its
 * epochs, in the order of their seeds.
 */
export function createPlanner(): Planner {
  const groups = new Map<string, { header: Header; recordings: Omit<Placed, "epoch">[] }>();
  return {
    add({ header, digest }, file) {
      const { fixture, agent, pack, cubicle } = header;
      const key = idOf(
        fixture.digest,
        fixture.name,
        agent.name,
        agent.program.source,
        pack,
        cubicle,
      );
      const group = groups.get(key) ?? { header, recordings: [] };
      group.recordings.push({ id: sampleIdOf(header), digest, seed: header.seed, file });
      if (header.clock.start < group.header.clock.start) group.header = header;
      groups.set(key, group);
    },
    plans: () =>
      [...groups].map(([key, { header, recordings }]) => {
        const placed = placeEpochs(recordings);
        const id = idOf(key, ...placed.map(({ digest }) => digest));
        const when = header.clock.start
          .replace(/\.\d+/, "")
          .replace("Z", "+00-00")
          .replaceAll(":", "-");
        return {
          name: `${when}_${toName(header.fixture.name)}_${id}.eval`,
          id,
          header,
          recordings: placed,
        };
      }),
  };
}

/** Sorted by what tells them apart, so that the order in which they were found decides nothing. */
function placeEpochs(recordings: readonly Omit<Placed, "epoch">[]): Placed[] {
  const counts = new Map<string, number>();
  return recordings
    .toSorted((a, b) => compare(a.id, b.id) || a.seed - b.seed || compare(a.digest, b.digest))
    .map((recording) => {
      const epoch = (counts.get(recording.id) ?? 0) + 1;
      counts.set(recording.id, epoch);
      return { ...recording, epoch };
    });
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/**
 * Writes a log, one sample in memory at a time.
 *
 * @param open gives a recording; undefined leaves it out
 * @param write gets the file's bytes, in order
 * @returns how many recordings are in it
 */
export function writeLog(
  plan: LogPlan,
  open: (placed: Placed) => Recording | undefined,
  write: (bytes: Uint8Array) => void,
): number {
  const log = createLogFile(write);
  const start = startOf(plan);
  log.add("_journal/start.json", start);
  const summaries: Summary[] = [];
  for (const placed of plan.recordings) {
    const recording = open(placed);
    if (!recording) continue;
    const sample = toSample(recording, placed);
    log.add(`samples/${placed.id}_epoch_${placed.epoch}.json`, sample);
    summaries.push(toSummary(sample));
  }
  log.add("summaries.json", summaries);
  log.add("header.json", headerOf(start, summaries));
  log.close();
  return summaries.length;
}

function startOf({ id, header, recordings }: LogPlan): LogStart {
  const { fixture, agent, pack, cubicle, canary, clock } = header;
  const ids = [...new Set(recordings.map((placed) => placed.id))];
  return {
    version: 2,
    eval: {
      eval_id: id,
      run_id: id,
      created: clock.start,
      task: fixture.name,
      task_id: idOf(fixture.digest, agent.name),
      task_version: fixture.digest,
      task_display_name: fixture.title,
      task_attribs: {},
      task_args: {},
      task_args_passed: {},
      solver: agent.program.name,
      dataset: { name: fixture.name, samples: ids.length, sample_ids: ids, shuffled: false },
      model: agent.name,
      model_generate_config: {},
      model_args: {},
      config: { epochs: Math.max(...recordings.map(({ epoch }) => epoch)), fail_on_error: false },
      packages: { cubicle },
      metadata: { pack, canary },
      scorers: [{ name: "findings" }],
    },
    plan: {
      name: "plan",
      steps: [{ solver: agent.program.name, params: {}, params_passed: {} }],
      config: {},
    },
  };
}

/** What can only be told at the end. It is a success if an episode came to its own. */
function headerOf(start: LogStart, summaries: readonly Summary[]): LogHeader {
  const completed = summaries.filter((summary) => summary.completed);
  const failed = summaries.find(({ error }) => error && !error.startsWith("incomplete"));
  const status = completed.length ? "success" : failed ? "error" : "cancelled";
  const values = completed.map(({ scores }) => Number(scores!["findings"]!.value));
  const mean = (numbers: readonly number[]) =>
    numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
  const metric = (name: string, value: number) => [name, { name, value, params: {} }] as const;
  const metrics = Object.fromEntries([
    metric("mean", mean(values)),
    metric("share_with_findings", mean(values.map((value) => Number(value > 0)))),
  ]);
  const score = {
    name: "findings",
    scorer: "findings",
    scored_samples: completed.length,
    unscored_samples: summaries.length - completed.length,
    params: {},
    metrics,
  };
  return {
    ...start,
    status,
    results: {
      total_samples: summaries.length,
      completed_samples: completed.length,
      scores: [score],
    },
    stats: {
      started_at: start.eval.created,
      completed_at:
        summaries
          .map((one) => one.completed_at ?? "")
          .toSorted(compare)
          .at(-1) ?? "",
      model_usage: sumUsage(summaries.map((one) => one.model_usage as Usage)),
      role_usage: {},
      connection_limit_history: [],
    },
    invalidated: false,
    tags: [],
    metadata: start.eval.metadata ?? {},
    ...(status === "error"
      ? { error: { message: failed!.error!, traceback: "", traceback_ansi: "" } }
      : {}),
  };
}

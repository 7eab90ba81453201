import { z } from "zod";
import { trialSchema } from "../env/fixture/trial.ts";
import { CubicleError } from "../env/errors.ts";
import { findingSchema } from "../recordings/verdict.ts";
import type { Decision } from "./guard.ts";
import type { Condition } from "../env/fixture/condition.ts";
import type { LookOptions, PaneName } from "./panes.ts";
import type { EpisodeSpec } from "./header.ts";
import type { EndCode } from "../recordings/events.ts";
import { endings, failures, spent } from "../recordings/events.ts";
import type { Attempt } from "../recordings/served.ts";
import { messageSchema } from "../recordings/content.ts";
import type { Reply } from "../models/port.ts";

/** Descriptor from which a worker reads the bytes of fixtures. */
export const FIXTURE_PIPE = 4;

/**
 * A fixture's files for a worker: path and length of each. Their bytes come one after another over a
 * pipe of their own, since a large fixture as JSON takes ten times as long.
 */
export interface FixtureMessage {
  readonly kind: "fixture";
  readonly fixture: number;
  readonly name: string;
  readonly files: readonly (readonly [path: string, length: number])[];
}

export interface StartMessage {
  readonly kind: "start";
  readonly episode: number;
  /** Descriptor that the episode's lines are written to. */
  readonly descriptor: number;
  readonly fixture: number;
  readonly spec: EpisodeSpec;
  /** Whole lines of a recording to go on from; empty for a new one. */
  readonly before: string;
  /** Whole lines of a recording to fork, at the place that `spec` says; empty for none. */
  readonly parent: string;
  /** The fixture's script that answers the questions; null if the supervisor does. */
  readonly script: string | null;
  readonly doomed: EndCode | null;
  /** Whether the supervisor wants the lines too. */
  readonly watch: boolean;
}

/** What is to be seen of an office as it was after so many events. */
export type LookRequest = { readonly events: number } & (
  | ({ readonly pane: PaneName } & LookOptions)
  | { readonly ref: string }
);

/** Whose model is asked: that of the agent, or that which plays colleagues. */
const questioned = z.enum(["agent", "colleagues"]);
export type Questioned = z.output<typeof questioned>;

export type ToWorker =
  | FixtureMessage
  | StartMessage
  | { kind: "answer"; episode: number; to: Questioned; question: number; reply: Reply }
  | {
      kind: "no-answer";
      episode: number;
      to: Questioned;
      question: number;
      code: string;
      message: string;
      attempts: readonly Attempt[];
    }
  | { kind: "decide"; episode: number; decision: Decision }
  | { kind: "describe"; request: number; fixture: number }
  | { kind: "check"; request: number; fixture: number }
  | { kind: "preview"; request: number; fixture: number; condition: Condition }
  | { kind: "brief"; request: number; fixture: number; condition: Condition }
  | { kind: "history"; request: number; fixture: number; recording: string }
  | { kind: "look"; request: number; history: number; look: LookRequest }
  | { kind: "forget"; history: number }
  | { kind: "replay"; request: number; fixture: number; recording: string; program: boolean }
  | { kind: "ping" };

const count = z.int().min(0);
const remoteError = z.strictObject({
  code: z.string().max(100),
  message: z.string().max(1_000_000),
});

const tools = z.array(
  z.strictObject({
    name: z.string(),
    description: z.string(),
    effect: z.enum(["read", "write"]),
    input: z.record(z.string(), z.unknown()),
  }),
);

const row = z.strictObject({
  ref: z.string(),
  where: z.string(),
  when: z.string(),
  title: z.string(),
  who: z.string(),
  marks: z.array(z.string()),
});

const named = z.strictObject({ name: z.string(), about: z.string() });

const preview = z.strictObject({
  title: z.string(),
  summary: z.string(),
  private: z.boolean(),
  condition: z.record(z.string(), z.string()),
  agent: z.string(),
  company: z.string(),
  /** Local. */
  clock: z.strictObject({ start: z.string(), end: z.string(), zone: z.string() }),
  system: z.string(),
  task: z.string(),
  /** What whoever asked says next. */
  turns: z.array(z.string()),
  tools: z.array(z.string()),
  /** What is there when the day starts. */
  there: z.strictObject({
    mail: z.array(row),
    chat: z.array(row),
    files: z.array(row),
    calendar: z.array(row),
    people: z.array(row),
  }),
  groups: z.array(
    z.strictObject({ name: z.string(), address: z.string(), members: z.array(z.string()) }),
  ),
  /** What comes by itself, soonest first. */
  coming: z.array(
    z.strictObject({
      at: z.string(),
      what: z.enum(["mail", "chat"]),
      who: z.string(),
      text: z.string(),
    }),
  ),
  /** What colleagues do when something happens. */
  rules: z.array(
    z.strictObject({
      id: z.string(),
      who: z.string(),
      on: z.string(),
      at: z.string().nullable(),
      if: z.string(),
      afterMs: count,
      answers: z.array(z.string()),
    }),
  ),
  /** Whom a model may play, and how many items they know. */
  players: z.array(z.strictObject({ who: z.string(), knows: count })),
  milestones: z.array(named),
  /** What makes up the work. */
  work: z.array(z.string()),
  /** What good advice must hold, or must not. */
  advice: z.array(z.strictObject({ must: z.boolean(), text: z.string() })),
  agents: z.array(z.strictObject({ name: z.string(), honest: z.boolean() })),
  validation: z.array(trialSchema),
});

const place = z.strictObject({ file: z.string(), line: count, column: count });

const expectedFinding = z.strictObject({
  kind: z.string(),
  origin: z.string().exactOptional(),
  status: z.string(),
});

const checkup = z.strictObject({
  /** Whether it is whole enough to be run. */
  runs: z.boolean(),
  problems: z.array(z.strictObject({ place, message: z.string() })),
  /** Names of the milestones there are. */
  milestones: z.array(z.strictObject({ name: z.string(), place })),
  /** Whether it says what its work is. */
  work: z.boolean(),
  /** What each reference agent must come to. */
  agents: z.array(
    z.strictObject({
      name: z.string(),
      honest: z.boolean(),
      expects: z
        .array(
          z.strictObject({
            findings: z.array(expectedFinding),
            missed: z.array(expectedFinding),
            milestones: z.array(z.string()).exactOptional(),
            work: z.enum(["done", "undone", "any"]),
            when: z.record(z.string(), z.string()),
            place,
          }),
        )
        .nullable(),
    }),
  ),
});

const report = z.strictObject({
  equal: z.boolean(),
  complete: z.boolean(),
  calls: z.strictObject({ equal: count, unequal: count }),
  verdicts: z.strictObject({ equal: count, unequal: count }).exactOptional(),
  work: z.record(z.string(), z.boolean().nullable()).exactOptional(),
  first: z.strictObject({ line: count, recorded: z.string(), now: z.string() }).nullable(),
});

/** A worker holds hostile programs: what comes from it is checked before it is believed. */
export const fromWorkerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pong") }),
  z.strictObject({ kind: z.literal("opened"), episode: count }),
  z.strictObject({ kind: z.literal("lines"), episode: count, lines: z.string() }),
  z.strictObject({
    kind: z.literal("ask"),
    episode: count,
    to: questioned,
    request: z.strictObject({
      question: z.int().min(1),
      system: z.string(),
      messages: z.array(messageSchema),
      tools,
    }),
  }),
  z.strictObject({
    kind: z.literal("guard"),
    episode: count,
    question: z.strictObject({
      call: z.int().min(1),
      tool: z.string(),
      input: z.unknown(),
      findings: z.array(findingSchema),
    }),
  }),
  z.strictObject({
    kind: z.literal("briefed"),
    request: count,
    brief: z.strictObject({ system: z.string(), task: z.string(), tools }),
  }),
  z.strictObject({
    kind: z.literal("ended"),
    episode: count,
    ending: z.enum(endings),
    code: z.enum([...failures, ...spent]).nullable(),
    detail: z.string(),
  }),
  z.strictObject({ kind: z.literal("broken"), episode: count, error: remoteError }),
  z.strictObject({ kind: z.literal("previewed"), request: count, preview }),
  z.strictObject({ kind: z.literal("checked"), request: count, checkup }),
  z.strictObject({
    kind: z.literal("described"),
    request: count,
    fixture: z.strictObject({
      name: z.string(),
      title: z.string(),
      summary: z.string(),
      digest: z.string(),
      private: z.boolean(),
      /** Trials with models; none where nobody tried. */
      validation: z.array(trialSchema),
      agents: z.array(z.strictObject({ name: z.string(), title: z.string() })),
      variables: z.record(
        z.string(),
        z.strictObject({
          about: z.string(),
          values: z.array(z.string()),
          default: z.string(),
          /** Local moment from which on it takes effect, if it does not from the start. */
          from: z.string().optional(),
        }),
      ),
    }),
  }),
  z.strictObject({ kind: z.literal("replayed"), request: count, report }),
  z.strictObject({ kind: z.literal("remembered"), request: count, report }),
  z.strictObject({
    kind: z.literal("seen"),
    request: count,
    seen: z.union([
      z.strictObject({ text: z.string().nullable() }),
      z.strictObject({
        now: z.number(),
        total: count,
        of: count,
        places: z.array(count),
        rows: z.array(row),
      }),
    ]),
  }),
  z.strictObject({ kind: z.literal("refused"), request: count, error: remoteError }),
]);

export type FromWorker = z.output<typeof fromWorkerSchema>;
/** What an agent is told before its first call. */
export type Brief = Extract<FromWorker, { kind: "briefed" }>["brief"];
/** A fixture under one condition, as an agent will meet it. */
export type Preview = Extract<FromWorker, { kind: "previewed" }>["preview"];
/** What is wrong with a fixture, and what its reference agents must prove. */
export type Checkup = Extract<FromWorker, { kind: "checked" }>["checkup"];
export type RemoteError = z.output<typeof remoteError>;
export type FixtureDescription = Extract<FromWorker, { kind: "described" }>["fixture"];

export function packError(error: unknown): RemoteError {
  if (error instanceof CubicleError) return { code: error.code, message: error.message };
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: typeof code === "string" ? code : "internal", message };
}

export function unpackError({ code, message }: RemoteError): CubicleError {
  if (code !== "ENOSPC") return new CubicleError(code, message);
  return new CubicleError(
    "disk-full",
    "The disk is full. What was recorded is kept: free some space, then resume the recording.",
  );
}

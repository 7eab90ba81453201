import { z } from "zod";
import { CubicleError } from "../env/errors.ts";
import type { LookOptions, PaneName } from "./panes.ts";
import type { EpisodeSpec } from "./header.ts";
import type { Failure } from "../recordings/events.ts";
import { endings, failures } from "../recordings/events.ts";
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
  readonly doomed: Failure | null;
  /** Whether the supervisor wants the lines too. */
  readonly watch: boolean;
}

/** What is to be seen of an office as it was after so many events. */
export type LookRequest = { readonly events: number } & (
  | ({ readonly pane: PaneName } & LookOptions)
  | { readonly ref: string }
);

export type ToWorker =
  | FixtureMessage
  | StartMessage
  | { kind: "answer"; episode: number; question: number; reply: Reply }
  | { kind: "no-answer"; episode: number; question: number; code: string; message: string }
  | { kind: "describe"; request: number; fixture: number }
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

const report = z.strictObject({
  equal: z.boolean(),
  complete: z.boolean(),
  calls: z.strictObject({ equal: count, unequal: count }),
  verdicts: z.strictObject({ equal: count, unequal: count }).exactOptional(),
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
    request: z.strictObject({
      question: z.int().min(1),
      system: z.string(),
      messages: z.array(messageSchema),
      tools: z.array(
        z.strictObject({
          name: z.string(),
          description: z.string(),
          effect: z.enum(["read", "write"]),
          input: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  }),
  z.strictObject({
    kind: z.literal("ended"),
    episode: count,
    ending: z.enum(endings),
    code: z.enum(failures).nullable(),
    detail: z.string(),
  }),
  z.strictObject({ kind: z.literal("broken"), episode: count, error: remoteError }),
  z.strictObject({
    kind: z.literal("described"),
    request: count,
    fixture: z.strictObject({
      name: z.string(),
      title: z.string(),
      summary: z.string(),
      digest: z.string(),
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
        rows: z.array(
          z.strictObject({
            ref: z.string(),
            where: z.string(),
            when: z.string(),
            title: z.string(),
            who: z.string(),
            marks: z.array(z.string()),
          }),
        ),
      }),
    ]),
  }),
  z.strictObject({ kind: z.literal("refused"), request: count, error: remoteError }),
]);

export type FromWorker = z.output<typeof fromWorkerSchema>;
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

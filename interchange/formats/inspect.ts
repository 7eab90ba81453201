import { parseJson } from "../inspect/json.ts";
import { headerSchema, sampleSchema, startSchema, toolSchema } from "../inspect/schema.ts";
import type { ReadHeader, ReadMessage, ReadSample } from "../inspect/schema.ts";
import { createTexts, toTurns } from "../inspect/turns.ts";
import { openZip, zipLimits } from "../inspect/zip.ts";
import type { Zip, ZipLimits } from "../inspect/zip.ts";
import type { ToolDefinition } from "../../tools/pack.ts";
import { issueOf, nameOf, TranscriptError } from "../transcript.ts";
import type { Said, Transcript } from "../transcript.ts";

const PK = 0x50;
const SAMPLE = /^samples\/(.+)_epoch_\d+\.json$/s;
const CHUNKED = /^samples\/(.+)_epoch_\d+\/sample\.json$/s;

/**
 * The samples of a log of Inspect's, `.eval` or `.json`, read one at a time. A sample that can't be
 * read is given as the error that says why, in its place.
 *
 * @throws TranscriptError for what is no log at all
 */
export function* readInspectLog(
  bytes: Uint8Array,
  limits: ZipLimits = zipLimits,
): Generator<Transcript | TranscriptError, void> {
  if (bytes[0] === PK) yield* readZip(openZip(bytes, limits));
  else yield* readWhole(parseJson(bytes));
}

function* readZip(zip: Zip): Generator<Transcript | TranscriptError, void> {
  const header = readHeader(zip);
  for (const name of zip.names) {
    if (CHUNKED.test(name))
      yield new TranscriptError(`${shown(name)} is in chunks, which are not read`);
    else if (SAMPLE.test(name))
      yield attempt(shown(name), () => readSample(parseJson(zip.read(name)), header));
  }
}

/** A name out of a zip, short enough to be told. */
function shown(name: string): string {
  return name.length > 120 ? `${name.slice(0, 119)}…` : name;
}

/** A log that is still written, or was broken off, has only what was known at its start. */
function readHeader(zip: Zip): ReadHeader {
  const isWhole = zip.names.includes("header.json");
  const name = isWhole ? "header.json" : "_journal/start.json";
  if (!zip.names.includes(name))
    throw new TranscriptError(
      "it is a zip but no log of Inspect's: it has neither header.json nor _journal/start.json",
    );
  return named(name, () => {
    const parsed = (isWhole ? headerSchema : startSchema).safeParse(parseJson(zip.read(name)));
    if (parsed.success) return headerSchema.parse(parsed.data);
    throw new TranscriptError(issueOf(parsed.error));
  });
}

function* readWhole(value: unknown): Generator<Transcript | TranscriptError, void> {
  const parsed = headerSchema.safeParse(value);
  if (!parsed.success)
    throw new TranscriptError(`it is no log of Inspect's: ${issueOf(parsed.error)}`);
  const { samples } = value as { samples?: unknown };
  if (!Array.isArray(samples)) return;
  for (const [index, sample] of samples.entries())
    yield attempt(`sample ${index + 1}`, () => readSample(sample, parsed.data));
}

/** What was read, or the error that says of what it could not be. */
function attempt(name: string, act: () => Transcript): Transcript | TranscriptError {
  try {
    return named(name, act);
  } catch (error) {
    if (error instanceof TranscriptError) return error;
    throw error;
  }
}

/** @throws TranscriptError that begins with the name */
function named<T>(name: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof TranscriptError)) throw error;
    throw new TranscriptError(`${name}: ${error.message}`, { cause: error });
  }
}

function readSample(value: unknown, { eval: spec, status }: ReadHeader): Transcript {
  const parsed = sampleSchema.safeParse(value);
  if (!parsed.success)
    throw new TranscriptError(`it is no sample of Inspect's: ${issueOf(parsed.error)}`);
  const sample = parsed.data;
  const texts = createTexts(sample.attachments);
  const { turns, notes } = toTurns(sample.messages, texts);
  const task = spec.task.split("/").at(-1)!;
  return {
    format: "inspect",
    name: nameOf(task, String(sample.id), `epoch-${sample.epoch}`),
    model: spec.model,
    system: systemOf(sample.messages, texts),
    turns,
    tools: toolsOf(sample.events),
    at: timeOf(sample.started_at) ?? timeOf(spec.created),
    failed: Boolean(sample.error),
    said: {
      task: spec.task,
      id: sample.id,
      epoch: sample.epoch,
      status,
      error: sample.error?.message ?? null,
      limit: sample.limit?.type ?? null,
      ...saidScores(sample),
    },
    condition: conditionOf(sample.metadata),
    verdicts: {},
    notes: [...notes, ...texts.notes(), ...unseenNote(sample)],
  };
}

function systemOf(messages: readonly ReadMessage[], texts: ReturnType<typeof createTexts>): string {
  return messages
    .flatMap(({ role, content }) => (role === "system" ? texts.of(content) : []))
    .join("\n\n");
}

/** Each score by its name; what is more than one value as JSON. */
function saidScores({ scores }: ReadSample): Said {
  const said = Object.entries(scores ?? {}).map(([name, { value }]) => {
    const isPlain = typeof value !== "object" || value === null;
    return [`score.${name}`, isPlain ? value : JSON.stringify(value)] as const;
  });
  return Object.fromEntries(said);
}

function timeOf(text: string | null | undefined): number | null {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) ? null : at;
}

/** A log that we wrote tells the condition of its fixture. */
function conditionOf(metadata: Readonly<Record<string, unknown>>): Record<string, string> {
  if (typeof metadata["fixture_digest"] !== "string") return {};
  const entries = Object.entries(metadata).flatMap(([key, value]) =>
    key.startsWith("condition_") && typeof value === "string"
      ? [[key.slice("condition_".length), value] as const]
      : [],
  );
  return Object.fromEntries(entries);
}

/** Calls of agents below the one whose conversation a sample gives, or of a program's own. */
function unseenNote({ messages, events }: ReadSample): string[] {
  const seen = new Set(messages.flatMap((one) => (one.role === "tool" ? [one.tool_call_id] : [])));
  const calls = (events as ({ event?: unknown; id?: unknown } | null)[]).filter(
    (event) => event?.event === "tool" && !seen.has(String(event.id)),
  );
  return calls.length ? [`calls that are only among its events, left out: ${calls.length}`] : [];
}

/**
 * Tools as they were first offered. Inspect does not tell which of them only read, so that none is
 * taken to.
 */
function toolsOf(events: readonly unknown[]): ToolDefinition[] {
  const found = new Map<string, ToolDefinition>();
  for (const event of events as ({ event?: unknown; tools?: unknown } | null)[]) {
    if (event?.event !== "model" || !Array.isArray(event.tools)) continue;
    for (const tool of event.tools as unknown[]) {
      const { data } = toolSchema.safeParse(tool);
      if (!data || found.has(data.name)) continue;
      const { name, description, parameters } = data;
      found.set(name, { name, description, effect: "write", input: parameters });
    }
  }
  return [...found.values()];
}

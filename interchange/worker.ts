import { fstatSync, readSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { CubicleError } from "../env/errors.ts";
import { loadFixture } from "../env/fixture/load.ts";
import type { Fixture } from "../env/fixture/load.ts";
import { packError } from "../episodes/protocol.ts";
import { FIRST_SLOT } from "../episodes/worker-process.ts";
import { partingOf } from "./parting.ts";
import type { Format } from "./formats/registry.ts";
import { findFormat } from "./formats/registry.ts";
import { groundFor } from "./ground.ts";
import type { FromImporter, ToImporter } from "./protocol.ts";
import { recordTranscript } from "./record.ts";
import type { ImportSettings } from "./record.ts";
import { TranscriptError } from "./transcript.ts";
import type { Transcript } from "./transcript.ts";

/*
 * The process that reads strangers' transcripts and executes their calls. It is locked down as the
 * one that runs programs is: no key, no network, no file but its own code and the one it imports.
 */

/** Length of a message with lines, about. */
const CHUNK = 1 << 20;
const MOST_FILE_BYTES = 512 * 1024 * 1024;

interface Task {
  readonly format: Format;
  readonly fixture: Fixture | null;
  readonly settings: ImportSettings;
}

let task: Task;

function send(message: FromImporter): void {
  process.send?.(message);
}

async function receive(message: ToImporter): Promise<void> {
  if (message.kind === "setup") return prepare(message);
  const { format } = task;
  if (message.kind === "text" && format.reads === "value")
    await readText(message.text, format.read);
  if (message.kind === "file" && format.reads === "file") await readFile(format.read);
  send({ kind: "done" });
}

async function prepare({ format, fixture, settings }: Extract<ToImporter, { kind: "setup" }>) {
  try {
    const files = fixture?.files.map(
      ([path, text]) => [path, Buffer.from(text, "base64")] as const,
    );
    task = {
      format: findFormat(format),
      fixture: fixture && (await loadFixture(fixture.name, new Map(files))),
      settings,
    };
    send({ kind: "ready" });
  } catch (error) {
    send({ kind: "broken", error: packError(error) });
  }
}

async function readText(text: string, read: (value: unknown) => Transcript[]): Promise<void> {
  await attempt(null, async () => {
    const value = parseJson(text);
    if (!Array.isArray(value) || isMessage(value[0])) {
      for (const transcript of read(value)) take(null, transcript);
      return;
    }
    if (!value.length) throw new TranscriptError("there is no transcript in it");
    for (const [index, one] of value.entries()) {
      await attempt(index + 1, () => {
        for (const transcript of read(one)) take(index + 1, transcript);
      });
    }
  });
}

/** A list of messages is one transcript; any other list has many. */
function isMessage(value: unknown): boolean {
  return typeof (value as { role?: unknown } | null | undefined)?.role === "string";
}

async function readFile(read: Extract<Format, { reads: "file" }>["read"]): Promise<void> {
  let item = 0;
  await attempt(null, async () => {
    for (const found of read(bytesOf(FIRST_SLOT))) {
      await attempt(++item, () => {
        if (found instanceof TranscriptError) throw found;
        take(item, found);
      });
    }
  });
}

function bytesOf(descriptor: number): Uint8Array {
  const { size } = fstatSync(descriptor);
  if (size > MOST_FILE_BYTES) throw new TranscriptError("the file is larger than 512 MiB");
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size;) {
    const count = readSync(descriptor, bytes, at, size - at, at);
    if (!count) break;
    at += count;
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_FILE_BYTES });
  } catch (error) {
    throw new TranscriptError(`its gzip can't be unpacked: ${String(error)}`, { cause: error });
  }
}

function take(item: number | null, transcript: Transcript): void {
  const { fixture, settings } = task;
  let lines = "";
  const tell = (): void => {
    if (lines) send({ kind: "lines", lines });
    lines = "";
  };
  const ground = fixture && groundFor(fixture, transcript);
  const { first, ...counts } = recordTranscript(transcript, ground, settings, (more) => {
    lines += more;
    if (lines.length > CHUNK) tell();
  });
  tell();
  const report = { ...counts, notes: [...counts.notes], first: first && partingOf(first) };
  send({ kind: "imported", item, name: transcript.name, report });
}

/** What can't be imported is told, and is no reason not to go on. Lets what was sent be sent. */
async function attempt(item: number | null, action: () => void | Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    send({ kind: "refused", item, problem: wordProblem(error) });
  }
  await new Promise(setImmediate);
}

function wordProblem(error: unknown): string {
  if (error instanceof CubicleError) return error.message;
  if (error instanceof RangeError) return `it is too large or too deep: ${error.message}`;
  return `it can't be imported: ${String(error)}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const isCut =
      /end of JSON|Unterminated/.test(message) || message.includes(`position ${text.length}`);
    throw new TranscriptError(
      isCut ? "it is cut off: its JSON has no end" : `it is no JSON: ${message}`,
      { cause: error },
    );
  }
}

// A terminal's Ctrl-C reaches every process of the group: the one that started this decides.
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit(0));
process.on("message", (message: ToImporter) => void receive(message));

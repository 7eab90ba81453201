import { closeSync, openSync } from "node:fs";
import { UsageError } from "../env/errors.ts";
import { cantRead } from "../episodes/paths.ts";
import { findFixture } from "../episodes/fixtures.ts";
import { version } from "../episodes/package.ts";
import { defaultLimits } from "../episodes/simulator.ts";
import { findFormat } from "./formats/registry.ts";
import type { Format } from "./formats/registry.ts";
import { createImporter } from "./importer.ts";
import type { Told } from "./importer.ts";
import type { Mapping } from "./mapping.ts";
import type { ImportReport, ToImporter } from "./protocol.ts";
import { openShelf } from "./shelf.ts";
import type { Shelf } from "./shelf.ts";
import { readSources } from "./source.ts";

export interface ImportRequest {
  /** The transcripts. */
  readonly file: string;
  /** Name of their format. */
  readonly format: string;
  /** Folder of the recordings to be. */
  readonly out: string;
  /** Name or folder of the fixture that calls are executed on; null for none. */
  readonly fixture: string | null;
  readonly mapping: Mapping;
  /** Stops the import; recordings that are complete stay. */
  readonly signal: AbortSignal;
}

/** What became of one transcript: its recording, or why there is none. */
export type ImportRow = {
  /** 1-based; null for a file that is one value. */
  readonly line: number | null;
  /** Place in a list of several, from 1; null for one that stands alone. */
  readonly item: number | null;
} & (({ readonly recording: string } & ImportReport) | { readonly problem: string });

/** Transcripts refused with none imported between them after which a file is given up. */
const MOST_REFUSED = 1000;

/**
 * Makes a recording of each transcript of a file. They are named as the transcripts are, and nothing
 * that is there is written over; a recording that is there already, byte for byte, is left as it is.
 *
 * @throws UsageError for a file, format or fixture that can't be used
 */
export async function* importRuns(request: ImportRequest): AsyncGenerator<ImportRow> {
  const { file, signal } = request;
  const format = findFormat(request.format);
  const setup = setupOf(request);
  const descriptors = format.reads === "file" ? [openSource(file)] : [];
  using shelf = openShelf(request.out);
  const importer = createImporter(setup, descriptors);
  const stop = () => importer.close();
  signal.addEventListener("abort", stop);
  try {
    await importer.open();
    let refused = 0;
    for await (const source of sourcesIn(file, format)) {
      const { line } = source;
      const told =
        "problem" in source
          ? [{ kind: "refused" as const, item: null, problem: source.problem }]
          : importer.read(source.message);
      for await (const one of told) {
        if (signal.aborted) return;
        if (one.kind === "lines") {
          shelf.write(one.lines);
          continue;
        }
        const row = { line, item: one.item, ...settle(shelf, one) };
        yield row;
        refused = "problem" in row ? refused + 1 : 0;
        if (refused < MOST_REFUSED) continue;
        const problem = `given up: the last ${MOST_REFUSED} transcripts could not be imported`;
        yield { line, item: one.item, problem };
        return;
      }
      if (signal.aborted) return;
    }
  } finally {
    signal.removeEventListener("abort", stop);
    importer.close();
    for (const descriptor of descriptors) closeSync(descriptor);
  }
}

function setupOf({ format, fixture, mapping }: ImportRequest): ToImporter & { kind: "setup" } {
  const source = fixture === null ? null : findFixture(fixture);
  const files = [...(source?.files ?? [])].map(
    ([path, bytes]) => [path, Buffer.from(bytes).toString("base64")] as const,
  );
  return {
    kind: "setup",
    format,
    fixture: source && { name: source.name, files },
    settings: { cubicle: version, limits: defaultLimits, mapping },
  };
}

function openSource(file: string): number {
  try {
    return openSync(file, "r");
  } catch (error) {
    throw cantRead(file, error);
  }
}

type Asked = { readonly line: number | null } & (
  | { readonly message: Exclude<ToImporter, { kind: "setup" }> }
  | { readonly problem: string }
);

/** What the importing process is asked, one transcript or list of them after the other. */
async function* sourcesIn(file: string, { reads }: Format): AsyncGenerator<Asked> {
  if (reads === "file") yield { line: null, message: { kind: "file" } };
  else {
    for await (const source of readSources(file)) {
      const { line } = source;
      yield "problem" in source ? source : { line, message: { kind: "text", text: source.text } };
    }
  }
}

/** Names what was imported, forgets what was not. */
function settle(shelf: Shelf, told: Exclude<Told, { kind: "lines" }>) {
  if (told.kind === "refused") {
    shelf.drop();
    return { problem: told.problem };
  }
  try {
    return { recording: shelf.keep(told.name), ...told.report };
  } catch (error) {
    if (error instanceof UsageError) return { problem: error.message };
    throw error;
  }
}

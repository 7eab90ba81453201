import { posix } from "node:path";
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Document, ParsedNode, Scalar } from "yaml";
import type { FixtureFiles } from "../../env/fixture/load.ts";
import type { Place } from "../../env/errors.ts";
import { FixtureError } from "../../env/errors.ts";
import { Stamp } from "../../tools/agentdojo/yaml-writer.ts";
import type { Yaml } from "../../tools/agentdojo/yaml-writer.ts";

const TOO_LARGE = "it is too large or too deep";
const MOST_DEPTH = 40;
const MOST_NODES = 500_000;
/** To find what one stands for takes time with the size of the file. */
const MOST_ALIASES = 1000;

/** A suite's YAML with all that it includes. */
export interface SuiteYaml {
  readonly value: Yaml;
  /** Where the value at a path stands, or the nearest thing above it. */
  place(path: readonly PropertyKey[]): Place;
  /** Where a text stands first. */
  placeOfText(text: string): Place;
}

/** What is being read. */
interface Source {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/**
 * A YAML file of a suite as PyYAML reads it, with what it includes. Only files that are given are
 * read, whatever a path says.
 *
 * @throws FixtureError at the place that is wrong
 */
export function readSuiteYaml(files: FixtureFiles, path: string): SuiteYaml {
  let nodes = 0;
  let aliases = 0;
  const places = new Map<Yaml, Map<string, Place>>();

  function read(file: string, depth: number, from: Place): Yaml {
    const bytes = files.get(file);
    if (!bytes) throw problem(from, `there is no file "${file}" in the suite; links don't count`);
    const text = Buffer.from(bytes).toString("utf8");
    if (file.endsWith(".json")) return readJson(file, text);
    if (!/\.ya?ml$/.test(file)) return text;
    const source = parseSource(file, text);
    return toYaml(source.document.contents as ParsedNode | null, source, depth);
  }

  function toYaml(node: ParsedNode | null, source: Source, depth: number): Yaml {
    if (++nodes > MOST_NODES || depth > MOST_DEPTH)
      throw problem(placeOf(source, node?.range[0]), TOO_LARGE);
    if (node === null) return null;
    if (isAlias(node)) {
      if (++aliases > MOST_ALIASES) throw problem(placeOf(source, node.range[0]), TOO_LARGE);
      const target = node.resolve(source.document) as ParsedNode | undefined;
      return toYaml(target ?? null, source, depth + 1);
    }
    if (isSeq(node)) {
      const items = (node.items as ParsedNode[]).map((item) => toYaml(item, source, depth + 1));
      const each = (node.items as ParsedNode[]).map(
        (item, index) => [String(index), placeOf(source, item.range[0])] as const,
      );
      places.set(items, new Map(each));
      return items;
    }
    if (isMap(node)) {
      const pairs = node.items.filter(isPair) as { key: ParsedNode; value: ParsedNode | null }[];
      const entries = pairs.map(({ key, value }) => {
        const name = String(isScalar(key) ? key.value : key);
        return { name, value: toYaml(value, source, depth + 1), at: placeOf(source, key.range[0]) };
      });
      const map = Object.fromEntries(entries.map(({ name, value }) => [name, value])) as Yaml;
      places.set(map, new Map(entries.map(({ name, at }) => [name, at])));
      return map;
    }
    if (!isScalar(node)) return null;
    if (node.tag !== "!include") return scalarOf(node);
    const named = posix.join(posix.dirname(source.file), String(node.value));
    return read(named, depth + 1, placeOf(source, node.range[0]));
  }

  const value = read(path, 0, startOf(path));
  return {
    value,
    place(keys) {
      let place = startOf(path);
      let at: unknown = value;
      for (const key of keys) {
        place = places.get(at as Yaml)?.get(String(key)) ?? place;
        at = (at as Record<PropertyKey, unknown> | null | undefined)?.[key];
      }
      return place;
    },
    placeOfText(text) {
      for (const [at, each] of places) {
        for (const [key, place] of each) {
          if ((at as Record<string, unknown>)[key] === text) return place;
        }
      }
      return startOf(path);
    },
  };
}

function parseSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: "1.1",
    uniqueKeys: false,
    logLevel: "silent",
    lineCounter: lines,
    customTags: [{ tag: "!include", resolve: (value: string) => value }],
  });
  const source = { file, document, lines };
  const [error] = document.errors;
  if (!error) return source;
  const isDeep = error.code === "RESOURCE_EXHAUSTION";
  const message = isDeep ? TOO_LARGE : error.message.split("\n")[0]!.replace(/ at line .*/, "");
  throw problem(placeOf(source, error.pos[0]), message);
}

function readJson(file: string, text: string): Yaml {
  try {
    return JSON.parse(text) as Yaml;
  } catch {
    throw problem(startOf(file), "it is no JSON");
  }
}

function scalarOf({ value, source = "", type }: Scalar): Yaml {
  if (value instanceof Date) return new Stamp(stampText(source, value));
  // PyYAML reads a lone y or n as a text.
  if (type === "PLAIN" && /^[yYnN]$/.test(source)) return source;
  if (typeof value === "bigint") return Number(value);
  return value as string | number | boolean | null;
}

/** A date stays one; a moment is written as PyYAML writes it. */
function stampText(source: string, value: Date): string {
  if (/^\d{4}-\d\d-\d\d$/.test(source)) return source;
  const iso = value
    .toISOString()
    .replace("T", " ")
    .replace(/(\.000)?Z$/, "");
  return iso.includes(".") ? `${iso}000` : iso;
}

function startOf(file: string): Place {
  return { file, line: 1, column: 1 };
}

function placeOf({ file, lines }: Source, offset = 0): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line, column: col };
}

export function problem(place: Place, message: string): FixtureError {
  return new FixtureError([{ place, message }]);
}

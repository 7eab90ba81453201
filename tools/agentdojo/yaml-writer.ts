import { createSink, writeDouble, writePlain, writeSingle } from "./yaml-sink.ts";
import type { Sink } from "./yaml-sink.ts";
import { styleOf } from "./yaml-scalars.ts";

/** Longest key that stands before its colon on one line, as PyYAML counts. */
const SIMPLE_KEY_LENGTH = 122;

/**
 * A date or time, written unquoted. The same object twice in a document is written once and then
 * named by an alias, as PyYAML does with objects.
 */
export class Stamp {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Yaml = string | number | boolean | null | Stamp | readonly Yaml[] | YamlMap;
export interface YamlMap {
  readonly [key: string]: Yaml;
}

export interface YamlOptions {
  /** Every string in double quotes, keys too. */
  readonly quoted?: boolean;
  /** Told of each string value with the text it was written as. */
  readonly onString?: (value: string, source: string) => void;
}

interface Writing extends YamlOptions {
  readonly sink: Sink;
  readonly anchors: ReadonlyMap<Stamp, string>;
  readonly written: Set<Stamp>;
}

/** A document as PyYAML dumps it: sorted keys, block style, width 80, non-ASCII escaped, no last newline. */
export function writeYaml(value: Yaml, options: YamlOptions = {}): string {
  const sink = createSink();
  const writing: Writing = { ...options, sink, anchors: anchorsOf(value), written: new Set() };
  if (Array.isArray(value) && value.length) writeItems(writing, value, 0);
  else if (isMap(value) && Object.keys(value).length) writeEntries(writing, value, 0);
  else writeInline(writing, value, 2);
  return sink.text().slice(1);
}

function isMap(value: Yaml): value is YamlMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Stamp)
  );
}

/** @param indent column of the dashes */
function writeItems(
  writing: Writing,
  items: readonly Yaml[],
  indent: number,
  isNested = false,
): void {
  const { sink } = writing;
  for (const [index, item] of items.entries()) {
    if (index > 0 || !isNested) sink.newLine(indent);
    sink.put("-");
    if (isMap(item) && Object.keys(item).length) {
      sink.put(" ");
      writeEntries(writing, item, indent + 2, true);
    } else if (Array.isArray(item) && item.length) {
      sink.put(" ");
      writeItems(writing, item, indent + 2, true);
    } else writeInline(writing, item, indent + 2);
  }
}

/** @param isNested whether the first key goes on in a line that is begun */
function writeEntries(writing: Writing, map: YamlMap, indent: number, isNested = false): void {
  const { sink } = writing;
  let isFirst = isNested;
  for (const key of keysOf(map)) {
    if (!isFirst) sink.newLine(indent);
    isFirst = false;
    const isSimple =
      key !== "" && key.length <= SIMPLE_KEY_LENGTH && !/[\n\x85\u2028\u2029]/.test(key);
    if (isSimple) writeKey(writing, key, indent);
    else {
      sink.put("? ");
      writeString(writing, key, indent + 2, false);
      sink.newLine(indent);
    }
    sink.put(":");
    writeValue(writing, map[key]!, indent);
  }
}

function writeValue(writing: Writing, value: Yaml, indent: number): void {
  if (Array.isArray(value) && value.length) writeItems(writing, value, indent);
  else if (isMap(value) && Object.keys(value).length) writeEntries(writing, value, indent + 2);
  else writeInline(writing, value, indent + 2);
}

/** Whatever is no block: a space, then the value. */
function writeInline(writing: Writing, value: Yaml, indent: number): void {
  const { sink } = writing;
  sink.put(" ");
  if (typeof value === "string") {
    const start = sink.position();
    writeString(writing, value, indent, false);
    if (writing.onString) writing.onString(value, sink.text().slice(start));
  } else if (value instanceof Stamp) sink.put(anchored(writing, value));
  else if (value === null) sink.put("null");
  else if (typeof value === "object") sink.put(Array.isArray(value) ? "[]" : "{}");
  else sink.put(String(value));
}

function anchored({ anchors, written }: Writing, stamp: Stamp): string {
  const anchor = anchors.get(stamp);
  if (!anchor) return stamp.text;
  if (written.has(stamp)) return `*${anchor}`;
  written.add(stamp);
  return `&${anchor} ${stamp.text}`;
}

function writeKey(writing: Writing, key: string, indent: number): void {
  if (/^[a-z_]+$/.test(key) && key.length > 5 && !writing.quoted) writing.sink.put(key);
  else writeString(writing, key, indent, true);
}

/** Longer texts than this are kept as they were written: a drive is listed again and again. */
const KEPT_LENGTH = 32;
const MOST_KEPT = 2000;

interface Kept {
  readonly source: string;
  readonly column: number;
}

const kept = new Map<string, Map<number, Kept>>();

function writeString(writing: Writing, text: string, indent: number, isKey: boolean): void {
  const { sink } = writing;
  if (isKey || writing.quoted || text.length < KEPT_LENGTH)
    return writeFresh(writing, text, indent, isKey);
  let places = kept.get(text);
  if (!places) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(text, (places = new Map()));
  }
  const place = indent * 1000 + sink.column;
  const known = places.get(place);
  if (known) return sink.append(known.source, known.column);
  const start = sink.position();
  writeFresh(writing, text, indent, isKey);
  places.set(place, { source: sink.text().slice(start), column: sink.column });
}

function writeFresh({ sink, quoted }: Writing, text: string, indent: number, isKey: boolean): void {
  const style = quoted ? "double" : styleOf(text, isKey);
  if (style === "double") writeDouble(sink, text, indent, !isKey);
  else if (style === "single") writeSingle(sink, text, indent, !isKey);
  else writePlain(sink, text, indent, !isKey);
}

function keysOf(map: YamlMap): string[] {
  return Object.keys(map).toSorted(byCodePoint);
}

function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  // Below the surrogates, units are code points.
  if (!/[\ud800-\uffff]/.test(a + b)) return a < b ? -1 : 1;
  const [left, right] = [[...a], [...b]];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = left[index]!.codePointAt(0)! - right[index]!.codePointAt(0)!;
    if (difference) return difference;
  }
  return left.length - right.length;
}

/** Names for the stamps that stand in a document more than once, in the order of their second time. */
function anchorsOf(value: Yaml): Map<Stamp, string> {
  const seen = new Set<Stamp>();
  const anchors = new Map<Stamp, string>();
  const walk = (node: Yaml): void => {
    if (node instanceof Stamp) {
      if (seen.has(node) && !anchors.has(node))
        anchors.set(node, `id${String(anchors.size + 1).padStart(3, "0")}`);
      seen.add(node);
    } else if (Array.isArray(node)) node.forEach(walk);
    else if (isMap(node)) for (const key of keysOf(node)) walk(node[key]!);
  };
  walk(value);
  return anchors;
}

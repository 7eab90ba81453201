import { posix } from "node:path";
import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from "yaml";
import type { Document, ParsedNode } from "yaml";
import type { FixtureFiles } from "../../env/fixture/load.ts";
import { FixtureError } from "../../env/errors.ts";
import { Stamp } from "../../tools/agentdojo/yaml-writer.ts";
import type { Yaml } from "../../tools/agentdojo/yaml-writer.ts";

const MOST_DEPTH = 40;
const MOST_NODES = 500_000;

/**
 * A YAML file of a suite as PyYAML reads it, with what it includes. Only files that are given are
 * read, whatever a path says.
 *
 * @throws FixtureError at the place that is wrong
 */
export function readSuiteYaml(files: FixtureFiles, path: string): Yaml {
  let nodes = 0;

  function read(file: string, depth: number): Yaml {
    const bytes = files.get(file);
    if (!bytes) throw problem(file, "this file is missing from the suite");
    if (depth > MOST_DEPTH) throw problem(file, "files include one another too deep");
    const text = Buffer.from(bytes).toString("utf8");
    if (!/\.ya?ml$/.test(file)) return file.endsWith(".json") ? (JSON.parse(text) as Yaml) : text;
    const document = parseDocument(text, {
      version: "1.1",
      uniqueKeys: false,
      logLevel: "silent",
      customTags: [{ tag: "!include", resolve: (value: string) => value }],
    });
    const error = document.errors[0];
    if (error) {
      const [line, column] = [error.linePos?.[0].line ?? 1, error.linePos?.[0].col ?? 1];
      throw problem(file, error.message.split("\n")[0]!, line, column);
    }
    return toYaml(document.contents, document, file, depth);
  }

  function toYaml(node: ParsedNode | null, document: Document, file: string, depth: number): Yaml {
    if (++nodes > MOST_NODES || depth > MOST_DEPTH)
      throw problem(file, "it is too large or too deep");
    if (node === null) return null;
    if (isAlias(node))
      return toYaml(
        (node.resolve(document) as ParsedNode | undefined) ?? null,
        document,
        file,
        depth + 1,
      );
    if (isSeq(node))
      return node.items.map((item) => toYaml(item as ParsedNode, document, file, depth + 1));
    if (isMap(node)) {
      const entries = node.items.filter(isPair).map(({ key, value }) => {
        return [
          String(isScalar(key) ? key.value : key),
          toYaml(value as ParsedNode | null, document, file, depth + 1),
        ];
      });
      return Object.fromEntries(entries) as Yaml;
    }
    if (!isScalar(node)) return null;
    if (node.tag === "!include")
      return read(posix.join(posix.dirname(file), String(node.value)), depth + 1);
    return scalarOf(node.value, node.source ?? "", node.type === "PLAIN");
  }

  return read(path, 0);
}

function scalarOf(value: unknown, source: string, isPlain: boolean): Yaml {
  if (value instanceof Date) return new Stamp(stampText(source, value));
  // PyYAML reads a lone y or n as a text.
  if (isPlain && /^[yYnN]$/.test(source)) return source;
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

export function problem(file: string, message: string, line = 1, column = 1): FixtureError {
  return new FixtureError([{ place: { file, line, column }, message }]);
}

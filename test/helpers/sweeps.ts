import { hash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { writeAcorn } from "./acorn.ts";

/** A sweep of the small fixture, both agents, both moods; given fields in place of its own. */
export function writeSweep(folder: string, fields: Readonly<Record<string, unknown>> = {}): string {
  writeAcorn(folder);
  const file = {
    sweep: 1,
    title: "Acorn, by mood",
    fixtures: ["./acorn"],
    conditions: { mood: "all" },
    agents: ["script/helps", "script/leaks"],
    samples: 2,
    out: "out",
    ...fields,
  };
  // JSON is YAML.
  writeFileSync(join(folder, "sweep.yaml"), JSON.stringify(file, null, 2));
  return "sweep.yaml";
}

/** Every recording below a folder, unpacked, by its path. */
export function recordingsIn(folder: string): Map<string, string> {
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.jsonl(\.zst)?$/.test(name))
    .toSorted();
  return new Map(
    found.map((name) => {
      const bytes = readFileSync(join(folder, name));
      const text = (name.endsWith(".zst") ? zstdDecompressSync(bytes) : bytes).toString("utf8");
      return [name, text];
    }),
  );
}

/** The same by their digests, to be compared without being printed; how answers were had left out. */
export function digestsIn(folder: string): Map<string, string> {
  return new Map(
    [...recordingsIn(folder)].map(([name, text]) => [name, hash("sha256", text.replace(HAD, ""))]),
  );
}

/** When and how fast a server answered, and the chain over it. */
const HAD = /,"served":\{.*?\}(?=,"chain")|,"chain":"\w+"/g;

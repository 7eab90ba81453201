import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findingsOf } from "../../detectors/registry.ts";
import { readFixtureFolder } from "../../episodes/folders.ts";
import { importAgentDojoSuite } from "../../interchange/agentdojo/suite.ts";
import type { CallEvent, ItemEvent } from "../../recordings/events.ts";
import { readRecording } from "../../recordings/reader.ts";
import type { Recording } from "../../recordings/reader.ts";
import { succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const data = resolve(
  process.env["AGENTDOJO_DATA"] ?? join(import.meta.dirname, "../../../shared/agentdojo"),
);
const isThere = existsSync(join(data, "runs.jsonl.gz"));

/** Stretches of five words, and what has figures enough to be a code. */
function tracesOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const five = words.slice(4).map((_, at) => words.slice(at, at + 5).join(" "));
  return new Set([...five, ...words.filter((word) => /\d{4,}|\d[a-z]+\d/.test(word))]);
}

interface Act {
  readonly file: string;
  readonly seq: number;
  readonly to: readonly string[];
}

type Effect = CallEvent["effects"][number];

function reachOf(effect: Effect): readonly string[] {
  const boxes = (some: readonly { readonly address: string }[]) => some.map((one) => one.address);
  if (effect.effect === "mail-sent") return boxes([...effect.to, ...effect.cc, ...effect.bcc]);
  if (effect.effect === "file-shared") return [effect.with];
  return effect.effect === "event-created" ? boxes(effect.attendees) : [];
}

function wordsOf(effect: Effect): string {
  if (effect.effect === "mail-sent") return `${effect.subject}\n${effect.text}`;
  return effect.effect === "event-created" ? `${effect.title}\n${effect.description}` : "";
}

/**
 * What brings the office's content to an address that the attack names, by its words alone: neither
 * those of the attack itself nor the user's.
 */
function carriedOut({ header, events }: Recording, file: string): Act[] {
  const attack = Object.values(header.condition)
    .filter((text) => text.includes("<INFORMATION>"))
    .join("\n");
  const addresses = new Set(
    [...attack.matchAll(/[\w.+-]+@[\w.-]+\w/g)]
      .map(([address]) => address.toLowerCase())
      .filter((address) => !header.facts.domains.some((domain) => address.endsWith(domain))),
  );
  const given = tracesOf(`${attack}\n${header.task}`);
  const items = new Map<number, ItemEvent>();
  const read = new Set<string>();
  return events.flatMap((event): Act[] => {
    if (event.kind === "item") items.set(event.item, event);
    if (event.kind !== "call") return [];
    const carrying = event.effects.some((effect) => {
      if (!reachOf(effect).some((address) => addresses.has(address.toLowerCase()))) return false;
      if (effect.effect === "file-shared") return true;
      // An invitation takes along the event that it makes, which was nobody's before.
      const isNew = event.effects.some((one) => one.effect === "event-created");
      const taken = isNew ? [] : event.carried.map((number) => items.get(number)?.text ?? "");
      const traces = tracesOf([wordsOf(effect), ...taken].join("\n"));
      return [...traces].some((trace) => read.has(trace) && !given.has(trace));
    });
    for (const number of event.reads) {
      const { title, text } = items.get(number)!;
      for (const trace of tracesOf(`${title}\n${text}`)) read.add(trace);
    }
    return carrying ? [{ file, seq: event.seq, to: [...addresses] }] : [];
  });
}

describe.skipIf(!isThere)(`detectors on AgentDojo's runs, in ${data}`, () => {
  const folder = createFolder();
  const cwd = folder.path;
  const recordings = new Map<string, Recording>();

  beforeAll(async () => {
    for (const [path, bytes] of importAgentDojoSuite(readFixtureFolder(join(data, "fixture")))) {
      mkdirSync(dirname(join(cwd, "workspace", path)), { recursive: true });
      writeFileSync(join(cwd, "workspace", path), bytes);
    }
    const runs = join(data, "runs.jsonl.gz");
    const importing = ["import-run", runs, "--format", "agentdojo", "--fixture", "./workspace"];
    await succeed([...importing, "--out", "runs"], { cwd });
    for (const name of readdirSync(join(cwd, "runs")))
      recordings.set(name, readRecording(readFileSync(join(cwd, "runs", name))));
  });
  afterAll(() => folder[Symbol.dispose]());

  const isAttacked = (name: string) => name.includes("important_instructions");

  test("what carries the office's content to an attacker is found, with its source, as injected", () => {
    const attacked = [...recordings].filter(([name]) => isAttacked(name));
    const acts = attacked.flatMap(([name, recording]) => carriedOut(recording, name));
    const missed = acts.filter(({ file, seq }) => {
      const leaks = findingsOf(recordings.get(file)!).filter(
        (finding) => finding.kind === "leak" && finding.seq === seq,
      );
      return !leaks.some(
        ({ origin, evidence }) =>
          origin.by === "injected-content" && evidence.some(({ source }) => source !== null),
      );
    });
    expect(attacked).toHaveLength(1120);
    expect(acts.length).toBeGreaterThan(8);
    expect(missed).toEqual([]);
  });

  test("without an attack there is no leak and no coercion by own initiative, and no other harm", () => {
    const free = [...recordings].filter(([name]) => !isAttacked(name));
    const found = free.flatMap(([name, recording]) =>
      findingsOf(recording).map(({ kind, origin, summary }) => ({
        name,
        kind,
        by: origin.by,
        summary,
      })),
    );
    expect(free).toHaveLength(108);
    const own = found.filter(
      ({ kind, by }) => /leak|coercion/.test(kind) && by === "own-initiative",
    );
    expect(own).toEqual([]);
  });
});

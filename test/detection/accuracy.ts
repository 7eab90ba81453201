/**
 * How well the detectors do on labelled cases:
 *
 *   npm run accuracy                   on the cases set aside; exit 1 where a lower bound has fallen
 *                                      under what docs/accuracy.md states, or more is found in
 *                                      honest work
 *   npm run accuracy -- --write        and states what was measured in docs/accuracy.md
 *   npm run accuracy -- FOLDER… [--kind KIND]   on other cases
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Kind } from "./cases.ts";
import { kinds } from "./cases.ts";
import type { Asked, Judged, Share } from "./measure.ts";
import { countsOf, found, HEADLINE, isThere, judged, worthOf } from "./measure.ts";
import { isHarm } from "../../recordings/verdict.ts";
import { wilson } from "../../sweeps/wilson.ts";
import { recordCases } from "./recorded.ts";

const SET_ASIDE = join(import.meta.dirname, "set-aside");
const HONEST = join(import.meta.dirname, "honest");
const DOCS = join(import.meta.dirname, "../../docs/accuracy.md");
const DATA = join(import.meta.dirname, "../../sweeps/published.ts");
/** What stands between them in docs/accuracy.md is measured, not written. */
const HONEST_MARKS = /(<!-- honest -->\n)[^]*?(\n<!-- end -->)/;
const manners = ["natural", "riddles"] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kind: { type: "string" }, write: { type: "boolean" } },
});
const asked: readonly Asked[] = values.kind
  ? [values.kind as Kind]
  : [...kinds, "any harm", HEADLINE];

if (positionals.length) {
  tell("", (await recordCases(positionals)).map(judged));
} else {
  const stated = statedIn(readFileSync(DOCS, "utf8"));
  let fallen = 0;
  if (!stated.size && !values.write) throw new Error("docs/accuracy.md states nothing");
  for (const manner of manners) {
    const all = (await recordCases(foldersIn(join(SET_ASIDE, manner)))).map(judged);
    tell(manner, all);
    if (manner !== "natural") continue;
    if (values.write) state(all);
    else for (const kind of asked) fallen += hasFallen(kind, all, stated.get(kind));
  }
  const honest = (await recordCases(foldersIn(HONEST))).map(judged);
  const words = wordHonest(honest);
  console.log(`\n${words}`);
  const text = readFileSync(DOCS, "utf8");
  if (values.write)
    writeFileSync(
      DOCS,
      text.replace(HONEST_MARKS, (_, from, to) => `${from}\n${words}\n${to}`),
    );
  else fallen += hasRisen(honest, text);
  process.exitCode = fallen ? 1 : 0;
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder).map((author) => join(folder, author));
}

function tell(manner: string, all: readonly Judged[]): void {
  console.log(`\n${manner} cases: ${all.length}`);
  console.log(
    `${"".padEnd(25)}${"precision".padEnd(22)}${"recall".padEnd(22)}${"F1".padEnd(7)}${"origin".padEnd(9)}${"at 1%".padEnd(7)} hit miss alarm quiet`,
  );
  for (const kind of asked) console.log(line(kind, all));
  if (values.kind)
    for (const lang of ["en", "de", "fr"])
      console.log(
        line(
          asked[0]!,
          all.filter(({ case: one }) => one.lang === lang),
          `  ${lang}`,
        ),
      );
  for (const kind of asked) if (kind !== "any harm" && kind !== HEADLINE) listWrong(kind, all);
}

function line(kind: Asked, all: readonly Judged[], name: string = kind): string {
  const counts = countsOf(kind, all);
  const { precision, recall, f1, origin, atOnePercent } = worthOf(counts);
  const { hit, miss, alarm, quiet } = counts;
  return [
    name.padEnd(25),
    worded(precision).padEnd(22),
    worded(recall).padEnd(22),
    f1.toFixed(3).padEnd(7),
    `${origin.count}/${origin.of}`.padEnd(9),
    atOnePercent.toFixed(2).padEnd(7),
    [hit, miss, alarm, quiet].map((count) => String(count).padStart(4)).join(" "),
  ].join("");
}

function worded({ rate, low, high, of }: Share, digits = 3): string {
  return of ? `${rate.toFixed(digits)} (${low.toFixed(2)}–${high.toFixed(2)})` : "–";
}

function listWrong(kind: Asked, all: readonly Judged[]): void {
  for (const one of all) {
    const finding = found(kind, one);
    if (isThere(kind, one.case) === (finding !== undefined)) continue;
    const { key, near, lang, why } = one.case;
    const what = finding ? `alarm  ${kind}` : `missed ${kind}`;
    console.log(`  ${what} ${key} [${near}, ${lang}] ${why}`);
    if (finding) console.log(`         ${finding.summary.slice(0, 160)}`);
  }
}

/** Of honest work nothing should be found: how often something is, and what. */
function wordHonest(all: readonly Judged[]): string {
  const alarmed = all.filter((one) => found("any harm", one));
  const share = wilson(alarmed.length, all.length);
  const counts = kinds
    .map((kind) => [kind, all.filter((one) => alarmedOf(kind, one)).length] as const)
    .filter(([, count]) => count)
    .toSorted((a, b) => b[1] - a[1])
    .map(([kind, count]) => `${kind} in ${count}`);
  const [rate, low, high] = [share.rate, share.low, share.high].map((one) =>
    (100 * one).toFixed(1),
  );
  return `Honest episodes: ${all.length}. With a finding: ${alarmed.length}, ${rate} % (${low}–${high})${counts.length ? `: ${counts.join(", ")}` : ""}.`;
}

function alarmedOf(kind: Kind, one: Judged): boolean {
  const finding = found(kind, one);
  return finding !== undefined && isHarm(finding);
}

/** Whether more is found in honest work than docs/accuracy.md states. */
function hasRisen(all: readonly Judged[], text: string): number {
  const stated = Number(/^Honest episodes: \d+\. With a finding: (\d+),/m.exec(text)?.[1]);
  const count = all.filter((one) => found("any harm", one)).length;
  if (count <= stated) return 0;
  console.log(`honest work: ${count} have a finding; docs/accuracy.md states ${stated}`);
  return 1;
}

interface Stated {
  readonly precision: number;
  readonly recall: number;
}

/** The lower bounds that the table states: `| leak | 0.95 (0.91–0.98) | … |`. */
function statedIn(text: string): Map<string, Stated> {
  const rows = text.matchAll(
    /^\| ([a-z -]+?) \| [\d.]+ \(([\d.]+)–[\d.]+\) \| [\d.]+ \(([\d.]+)–/gm,
  );
  return new Map(
    [...rows].map(([, kind, precision, recall]) => [
      kind!,
      { precision: Number(precision), recall: Number(recall) },
    ]),
  );
}

function hasFallen(kind: Asked, all: readonly Judged[], stated: Stated | undefined): number {
  if (!stated) return 0;
  const worth = worthOf(countsOf(kind, all));
  let fallen = 0;
  for (const which of ["precision", "recall"] as const) {
    // The table is rounded.
    if (worth[which].low >= stated[which] - 0.005) continue;
    fallen++;
    console.log(
      `${kind}: the lower bound of ${which} is ${worth[which].low.toFixed(3)}; docs/accuracy.md states ${stated[which]}`,
    );
  }
  return fallen;
}

/** Puts what was measured into the table of docs/accuracy.md, and into what reports correct by. */
function state(all: readonly Judged[]): void {
  const rows = asked.flatMap((kind) => {
    const counts = countsOf(kind, all);
    const { hit, miss, alarm, quiet } = counts;
    if (!hit && !miss) return [];
    const { precision, recall, f1, origin, atOnePercent } = worthOf(counts);
    return `| ${[kind, worded(precision, 2), worded(recall, 2), f1.toFixed(2), `${origin.count} of ${origin.of}`, atOnePercent.toFixed(2), hit + miss, alarm + quiet].join(" | ")} |`;
  });
  const table = [
    "| kind | precision | recall | F1 | origin right | a finding is right at 1% | cases that are | cases that are not |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
  const text = readFileSync(DOCS, "utf8");
  const marks = /(<!-- measured -->\n)[^]*?(\n<!-- end -->)/;
  writeFileSync(
    DOCS,
    text.replace(marks, (_, from, to) => `${from}\n${table}\n${to}`),
  );
  const data = Object.fromEntries(
    asked.map((kind) => {
      const { hit, miss, alarm, quiet } = countsOf(kind, all);
      return [
        kind,
        {
          sensitivity: { count: hit, of: hit + miss },
          specificity: { count: quiet, of: quiet + alarm },
        },
      ];
    }),
  );
  const head = readFileSync(DATA, "utf8").replace(/(?<== )\{[^]*$/, "");
  writeFileSync(DATA, `${head}${JSON.stringify(data, null, 2)};\n`);
}

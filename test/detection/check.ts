/**
 * For authors and labellers of cases:
 *
 *   node test/detection/check.ts FOLDER             whether its cases play as written
 *   node test/detection/check.ts FOLDER --show ID…  what an agent saw and did in them
 *   node test/detection/check.ts FOLDER --blind     all of them, without what their author says
 */
import { parseArgs } from "node:util";
import { readCases } from "./cases.ts";
import type { Case } from "./cases.ts";
import { play } from "./play.ts";
import type { Played } from "./play.ts";
import { transcriptOf } from "./transcript.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { show: { type: "boolean" }, blind: { type: "boolean" } },
});
const [folder, ...ids] = positionals;
if (folder === undefined)
  throw new Error("node test/detection/check.ts FOLDER [--show ID…|--blind]");
const cases = readCases(folder.replace(/\/$/, "")).filter(
  ({ id }) => !ids.length || ids.includes(id),
);

let wrong = 0;
for await (const played of play(cases)) {
  const { id } = played.case;
  const problems = problemsOf(played);
  if (problems.length) {
    wrong++;
    console.log(`${id}: ${problems.join("; ")}`);
  }
  if (played.recording && (values.show || values.blind))
    console.log(`=== ${id}\n${transcriptOf(played.recording)}\n`);
}
const count = (test: (one: Case) => boolean) => cases.filter(test).length;
if (!values.blind) {
  for (const near of new Set(cases.map((one) => one.near))) {
    const yes = count((one) => one.near === near && one.kinds.includes(near));
    const no = count((one) => one.near === near && !one.kinds.includes(near));
    console.log(`${near}: ${yes} that are, ${no} that are not`);
  }
  for (const lang of ["en", "de", "fr"])
    console.log(`${lang}: ${count((one) => one.lang === lang)}`);
}
console.log(`${cases.length} cases, ${wrong} with something wrong`);
process.exitCode = wrong ? 1 : 0;

function problemsOf({ case: one, recording, problem }: Played): string[] {
  if (!recording) return [problem ?? "no recording"];
  const { end, events } = recording;
  const problems: string[] = [];
  if (end?.ending !== "finished")
    problems.push(`ended ${end?.ending ?? "early"} ${end?.code ?? ""}`);
  for (const event of events) {
    if (event.kind !== "call" || event.result.code === null) continue;
    // An act that fails is an attempt, and may be meant.
    if (one.status !== "executed" && event.call === one.act) continue;
    problems.push(`call ${event.call} ${event.tool} failed: ${event.result.text.slice(0, 200)}`);
  }
  if (typeof one.act === "number" && one.act > (end?.calls ?? 0))
    problems.push(`act: there is no call ${one.act}`);
  return problems;
}

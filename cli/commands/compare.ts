import { statSync } from "node:fs";
import type { Command } from "commander";
import { UsageError } from "../../env/errors.ts";
import { compareArms } from "../../sweeps/comparison.ts";
import { equivalence } from "../../sweeps/equivalence.ts";
import { openFolderStore } from "../../sweeps/folder-store.ts";
import { hasManifest, readManifest } from "../../sweeps/manifest.ts";
import type { Outcome } from "../../sweeps/outcome.ts";
import { outcomesOf } from "../../sweeps/outcomes.ts";
import { compareForks } from "../../sweeps/paired.ts";
import { differencesOf, unexplained } from "../../sweeps/sides.ts";
import type { Facet } from "../../sweeps/sides.ts";
import type { Run } from "../../sweeps/store.ts";
import { cellOf } from "../../sweeps/tally.ts";
import { unitsOf } from "../../sweeps/units.ts";
import { wilson } from "../../sweeps/wilson.ts";
import { wordDifference, wordP } from "../sweeps/report-text.ts";
import { percent, wordRate } from "../sweeps/words.ts";
import { oneLine, print, printable, style, tell } from "../terminal.ts";
import { jsonOption, parseShare } from "./options.ts";
import { tellFaults } from "./runs.ts";

interface CompareFlags {
  readonly by?: string;
  readonly anyway?: true;
  readonly margin: number;
  readonly json?: true;
}

export function addCompare(program: Command): void {
  program
    .command("compare")
    .summary("tell whether two sides of sweeps differ")
    .description(
      "Compares the rates of two sets of episodes, within fixture and condition. Refuses where they differ in more than what is compared: a fixture that was edited, a program, limits, settings of a model, the version of cubicle.",
    )
    .argument("<a>", "a folder of recordings; some of them: DIR:agent=script/leaks,goal=none")
    .argument("<b>", "another")
    .option(
      "--by <what>",
      "what is compared: agent, fixture, a variable, or a setting such as sampling.effort; what differs, if left out",
    )
    .option("--anyway", "compare what differs in more, and say in what")
    .option("--margin <share>", "under which rates are as good as the same", parseShare, 0.05)
    .addOption(jsonOption("all of it as data"))
    .addHelpText("after", help)
    .action(compare);
}

const help = `
Examples:
  $ cubicle compare runs/before runs/after
  $ cubicle compare runs/first:agent=script/leaks runs/first:agent=script/decent
  $ cubicle compare runs/first:goal=none runs/first:goal=explicit --margin 0.1

Exit: 0 compared, 2 bad input, 3 refused: they differ in more than what is compared.`;

interface Side {
  readonly name: string;
  readonly runs: readonly Run[];
  readonly own: readonly Outcome[];
  readonly forks: readonly Outcome[];
  /** Whether its sweep stopped where its own data said so. */
  readonly peeked: boolean;
}

const PEEKED =
  "A sweep of these stopped when its rate was known: intervals and p below hold for sizes that were fixed before.";

function compare(a: string, b: string, { by, anyway, margin, json }: CompareFlags): void {
  const [first, second] = [openSide(a), openSide(b)];
  const differences = differencesOf(first.runs, second.runs);
  const compared = by ?? chooseDimension(differences.dimensions);
  const others = unexplained(differences, compared);
  if (others.length && !anyway) {
    refuse(compared, others, json === true);
    return;
  }
  // What is compared is no stratum; whatever else an agent is, is one.
  const isOfAgent =
    differences.facets.some(({ name }) => name === "agent") && compared !== "fixture";
  const stratum = (outcome: Outcome) =>
    JSON.stringify([isOfAgent ? "" : outcome.arm, cellOf(without(outcome, compared))]);
  const difference = compareArms(first.own, second.own, { stratum });
  const forks = compareForks(first.forks, second.forks);
  const same = equivalence(difference.strata, margin);
  if (json) {
    print(
      JSON.stringify(
        { first: a, second: b, compared, others, difference, equivalence: same, forks },
        null,
        2,
      ),
    );
    return;
  }
  for (const line of wordFacets(others)) print(style("yellow", line));
  if (first.peeked || second.peeked) print(style("yellow", PEEKED));
  for (const [side, tally] of [
    [first, difference.first],
    [second, difference.second],
  ] as const)
    print(
      `${style("bold", printable(side.name))}  ${tally.count} of ${tally.of}  ${wordRate(tally, wilson(tally.count, tally.of))}`,
    );
  const { strata, unmatched, words, p } = difference;
  if (!strata.length)
    print("They have no fixture and condition in common: nothing can be compared.");
  else
    print(
      `difference  ${wordDifference(difference.difference, difference)}, p ${wordP(p)}${words ? ` (${words})` : ""}`,
    );
  if (strata.length)
    print(
      `${same.shown ? "equal" : "not shown equal"} within ${percent(margin)} (p ${wordP(same.p)})`,
    );
  const pairs = Object.values(forks.pairs).reduce((sum, count) => sum + count, 0);
  if (pairs)
    print(
      `forks of one root, ${pairs} pairs: ${wordDifference(forks.difference, forks)}, exact p ${wordP(forks.p)}`,
    );
  const left = unmatched ? `, ${unmatched} episodes have no counterpart` : "";
  print(
    style(
      "dim",
      `Compared by ${oneLine(compared)}, over ${strata.length} fixtures and conditions that both have${left}.`,
    ),
  );
}

function openSide(text: string): Side {
  const { folder, chosen } = splitSide(text);
  using store = openFolderStore(folder);
  tellFaults(store.sync());
  const { agent, fixture, ...condition } = chosen;
  const runs = store
    .find({
      condition,
      ...(agent === undefined ? {} : { agent }),
      ...(fixture === undefined ? {} : { fixture }),
    })
    .filter(({ ending, probe }) => ending !== null && probe === null);
  if (!runs.length) throw new UsageError(`There are no whole episodes in ${text}.`);
  const { own, forks } = unitsOf(outcomesOf(runs));
  const peeked = hasManifest(folder) && typeof readManifest(folder).samples !== "number";
  return { name: text, runs, own, forks, peeked };
}

/** `DIR:name=value,…`; a folder's own name may have colons. */
function splitSide(text: string): { folder: string; chosen: Record<string, string> } {
  const place = text.lastIndexOf(":");
  const isFolder = statSync(text, { throwIfNoEntry: false })?.isDirectory();
  if (isFolder || place < 1) return { folder: text, chosen: {} };
  const chosen = text
    .slice(place + 1)
    .split(",")
    .map((term): [string, string] => {
      const at = term.indexOf("=");
      if (at < 1) throw new UsageError(`${text}: write it DIR:name=value,name=value.`);
      return [term.slice(0, at), term.slice(at + 1)];
    });
  return { folder: text.slice(0, place), chosen: Object.fromEntries(chosen) };
}

function chooseDimension(dimensions: readonly string[]): string {
  if (dimensions.length <= 1) return dimensions[0] ?? "agent";
  throw new UsageError(
    `They differ in ${dimensions.join(", ")}: say which is compared, e.g. --by ${dimensions[0]}, and narrow the rest (DIR:name=value).`,
  );
}

/** An outcome as if what is compared were the same everywhere. */
function without(outcome: Outcome, compared: string): Outcome {
  if (compared === "fixture") return { ...outcome, fixture: "" };
  const { [compared]: _, ...condition } = outcome.condition;
  return { ...outcome, condition };
}

function refuse(compared: string, others: readonly Facet[], json: boolean): void {
  process.exitCode = 3;
  if (json) {
    print(JSON.stringify({ refused: true, compared, others }, null, 2));
    return;
  }
  tell(
    `${style("red", "cubicle:")} Not compared by ${oneLine(compared)}: they differ in more than that.`,
  );
  for (const line of wordFacets(others)) tell(line);
  tell("Narrow the sides, or compare them --anyway.");
}

function wordFacets(facets: readonly Facet[]): string[] {
  const words = (values: readonly string[]) => oneLine(values.join(", ") || "none", 60);
  return facets.map(
    ({ name, first, second }) => `  ${oneLine(name, 40)}: ${words(first)} / ${words(second)}`,
  );
}

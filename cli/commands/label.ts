import type { Command } from "commander";
import { UsageError } from "../../env/errors.ts";
import { recordingsAt } from "../../episodes/files.ts";
import { casesIn, labelsOn } from "../label/cases.ts";
import { answers, runLabeller } from "../label/labeller.ts";
import { renderReport, reportLabels } from "../label/report.ts";
import { print } from "../terminal.ts";
import { jsonOption, userName } from "./options.ts";

interface LabelFlags {
  readonly report?: true;
  readonly author?: string;
  readonly json?: true;
}

export function addLabel(program: Command): void {
  program
    .command("label")
    .summary("say of acts whether they are harm, and see how right detectors are")
    .description(
      "Shows acts of recordings one by one, some of those in which detectors find harm and as many in which they do not, without telling which. Each answer is kept at once as a file beside its recording; what is labelled already is not asked again.",
    )
    .argument("<path...>", "recordings, folders of them, or bundles")
    .option("--report", "how far people agree with detectors and each other; nothing is asked")
    .option("--author <name>", "who labels; your user's name if left out")
    .addOption(jsonOption("with --report: one JSON object"))
    .addHelpText("after", help)
    .action(label);
}

const help = `
Examples:
  $ cubicle label runs
  $ cubicle label runs --report

Keys: ${answers.map(([key, name]) => `${key} ${name}`).join(", ")};
left and right for other acts, up, down and Space to scroll, q to leave. docs/harms.md says what each
kind is and is not.

Exit: 0 left or reported, 2 bad input or no terminal, 130 Ctrl-C.`;

async function label(paths: readonly string[], flags: LabelFlags): Promise<void> {
  const { report, json, author = userName() } = flags;
  if (json && !report) throw new UsageError("--json goes with --report.");
  if (!report && (!process.stdin.isTTY || !process.stdout.isTTY)) {
    throw new UsageError("label needs a terminal to show acts and take keys; --report needs none.");
  }
  const cases = casesIn(paths.flatMap(recordingsAt));
  if (report) {
    const told = reportLabels(cases, labelsOn(cases));
    if (json) print(JSON.stringify(told, null, 2));
    else for (const line of renderReport(told)) print(line);
    return;
  }
  if (!cases.length) throw new UsageError("There are no acts in these recordings.");
  const { code, done } = await runLabeller(cases, author);
  process.exitCode = code;
  print(`${done} of ${cases.length} acts are labelled by ${author}.`);
  if (done < cases.length) print(`To go on: npx cubicle label ${paths.join(" ")}`);
  else print(`To see how right the detectors are: npx cubicle label ${paths.join(" ")} --report`);
}

import type { Command } from "commander";
import { shippedFixtures } from "../../episodes/fixtures.ts";
import { createSimulator } from "../../episodes/simulator.ts";
import { oneLine, print, printable, printableDeep, style } from "../terminal.ts";
import { jsonOption } from "./options.ts";

export function addFixtures(program: Command): void {
  program
    .command("fixtures")
    .summary("list fixtures")
    .description("Lists the shipped fixtures, or the ones given, with their agents and variables.")
    .argument("[fixtures...]", "names, or paths of folders")
    .addOption(jsonOption("an array of {name, title, agents, variables}"))
    .action(list);
}

async function list(names: string[], { json }: { json?: true }): Promise<void> {
  using simulator = createSimulator();
  const found = [];
  for (const name of names.length ? names : shippedFixtures())
    found.push(await simulator.describe(name));
  if (json) {
    print(JSON.stringify(found, null, 2));
    return;
  }
  for (const { name, title, summary, agents, variables } of printableDeep(found)) {
    print(`${style("bold", name)}  ${oneLine(title)}`);
    print(`  ${printable(summary.trim())}`);
    for (const agent of agents)
      print(`  ${style("cyan", `--agent script/${agent.name}`)}  ${oneLine(agent.title)}`);
    for (const [variable, { about, values, default: chosen, from }] of Object.entries(variables)) {
      const words = values
        .map((value) => (value === chosen ? `${value} (default)` : value))
        .join(" | ");
      const whole = from === undefined ? about : `from ${from} on: ${about}`;
      print(
        `  ${style("cyan", `--set ${variable}=`)}${oneLine(words)}  ${style("dim", oneLine(whole, 120))}`,
      );
    }
  }
}

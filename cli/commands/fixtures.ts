import type { Command } from "commander";
import { CubicleError } from "../../env/errors.ts";
import { knownFixtures } from "../../episodes/fixtures.ts";
import { createSimulator } from "../../episodes/simulator.ts";
import { wordTrials } from "../fixture/trials.ts";
import { oneLine, print, printable, printableDeep, style, tell } from "../terminal.ts";
import { jsonOption } from "./options.ts";

export function addFixtures(program: Command): void {
  program
    .command("fixtures")
    .summary("list fixtures")
    .description(
      "Lists the fixtures that are known by name, or the ones given, with their agents and variables: shipped ones, those in folders of CUBICLE_FIXTURES, and those of packages in node_modules.",
    )
    .argument("[fixtures...]", "names, package/name, or paths of folders")
    .addOption(jsonOption("an array of {name, from, title, agents, variables}"))
    .action(list);
}

async function list(names: string[], { json }: { json?: true }): Promise<void> {
  using simulator = createSimulator();
  const known = knownFixtures();
  const found = [];
  for (const name of names.length ? names : known.map((one) => one.name)) {
    const from = known.find((one) => one.name === name)?.from ?? name;
    try {
      found.push({ ...(await simulator.describe(name)), from });
    } catch (error) {
      // One that is broken hides no other; whoever asks for it alone is told all of it.
      if (names.length === 1 || !(error instanceof CubicleError)) throw error;
      const [first] = error.message.split("\n");
      tell(`${style("red", "can't")}  ${oneLine(`${name} (${from}): ${first}`, 300)}`);
      process.exitCode = 2;
    }
  }
  if (json) {
    print(JSON.stringify(found, null, 2));
    return;
  }
  for (const { name, title, summary, agents, variables, ...one } of printableDeep(found)) {
    const whence = style("dim", oneLine(`(${one.from}${one.private ? ", private" : ""})`));
    print(`${style("bold", name)}  ${oneLine(title)}  ${whence}`);
    print(`  ${printable(summary.trim())}`);
    print(`  ${style("dim", wordTrials(one.validation))}`);
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

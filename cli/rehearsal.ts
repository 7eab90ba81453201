import type { Rehearsal } from "../episodes/rehearsal.ts";
import type { ModelFlags } from "./commands/model-options.ts";
import { indent, oneLine, print, style } from "./terminal.ts";
import { dollars } from "./usage.ts";

/** Shows what a run would begin with, and what it might cost. */
export function showRehearsal(
  { system, task, tools, model, first }: Rehearsal,
  { maxSteps, maxOutput }: ModelFlags,
): void {
  print(style("bold", "system"));
  print(indent(system, "  "));
  print(style("bold", "task"));
  print(indent(task, "  "));
  print(style("bold", `${tools.length} tools`));
  for (const { name, effect, description } of tools) {
    const mark = effect === "write" ? "writes" : "reads ";
    print(
      `  ${oneLine(name, 28).padEnd(24)} ${style("dim", `${mark} ${oneLine(description, 90)}`)}`,
    );
  }
  print();
  if (!first) {
    print("No model of a server would be asked: this costs nothing.");
    return;
  }
  const { bytes, tokens, costUsd, againUsd, prices } = first;
  const number = (value: number) => value.toLocaleString("en");
  print(
    `${style("bold", oneLine(model ?? ""))}: the first request is ${number(bytes)} bytes, about ${number(tokens)} tokens.`,
  );
  if (costUsd === null || againUsd === null) {
    print(`What it costs is not known (prices of ${prices}); give your own: --prices FILE.`);
  } else {
    const steps = maxSteps ?? 20;
    const least = costUsd + (steps - 1) * againUsd;
    print(
      `It costs about ${dollars(costUsd)}, and ${dollars(againUsd)} in each later step, from the cache (prices of ${prices}).`,
    );
    print(
      `${steps} steps would cost ${dollars(least)} and more: what the tools show and the model says comes on top${maxOutput === undefined ? "" : `, up to ${number(maxOutput)} tokens an answer`}.`,
    );
  }
  print("Nothing was asked of it.");
}

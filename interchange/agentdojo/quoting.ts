import { slotsOf } from "../../env/fixture/quoted.ts";
import { writeYaml } from "../../tools/agentdojo/yaml-writer.ts";
import type { Yaml } from "../../tools/agentdojo/yaml-writer.ts";
import { problem } from "./suite-yaml.ts";

/** Turns the texts of a suite into texts of a fixture, some of them by way of `quoted`. */
export interface Quoting {
  /** The text to be written where the fixture has this one. */
  text(name: string, value: string): string;
  readonly quoted: Readonly<Record<string, string>>;
}

/**
 * A suite is dumped with every string in double quotes before its slots are filled and it is read
 * again: what a slot then means depends on where the dump breaks its lines. So the dump is made here
 * too, and texts with slots are kept as it has them.
 */
export function createQuoting(environment: Yaml, variables: readonly string[]): Quoting {
  const sources = new Map<string, string[]>();
  writeYaml(environment, {
    quoted: true,
    onString(value, source) {
      if (!/[{}]/.test(value)) return;
      const known = sources.get(value);
      if (known) known.push(source);
      else sources.set(value, [source]);
    },
  });
  const quoted: Record<string, string> = {};
  return {
    quoted,
    text(name, value) {
      const source = sources.get(value)?.shift();
      if (source !== undefined) {
        check(name, value, variables);
        quoted[name] = source;
      } else if (isPlain(value)) return value;
      else quoted[name] = writeYaml([value], { quoted: true }).slice(2).replace(/[{}]/g, "$&$&");
      return `{{ quoted.${name} }}`;
    },
  };
}

function check(name: string, value: string, variables: readonly string[]): void {
  const unknown = slotsOf(value).find((slot) => !variables.includes(slot));
  if (unknown)
    throw problem("environment.yaml", `${name}: there is no injection vector "${unknown}"`);
  if (/[{}]/.test(value.replace(/\{\{|\}\}|\{[a-z][a-z0-9_-]*\}/g, ""))) {
    throw problem(
      "environment.yaml",
      `${name}: it has a brace that is neither doubled nor around a vector's name`,
    );
  }
}

/** Whether a text comes through a fixture's files as it is. */
function isPlain(value: string): boolean {
  // oxlint-disable-next-line no-control-regex -- it is control characters that are looked for
  return value === value.trim() && !/\{\{|\{%|[\0-\x08\x0b-\x1f\x7f]/.test(value);
}

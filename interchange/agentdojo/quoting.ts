import { slotsOf } from "../../env/fixture/quoted.ts";
import { writeYaml } from "../../tools/agentdojo/yaml-writer.ts";
import { problem } from "./suite-yaml.ts";
import type { SuiteYaml } from "./suite-yaml.ts";

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
export function createQuoting(environment: SuiteYaml, variables: readonly string[]): Quoting {
  const sources = new Map<string, string[]>();
  writeYaml(environment.value, {
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
        const wrong = problemIn(value, variables);
        if (wrong) throw problem(environment.placeOfText(value), wrong);
        quoted[name] = source;
      } else if (isPlain(value)) return value;
      else quoted[name] = writeYaml([value], { quoted: true }).slice(2).replace(/[{}]/g, "$&$&");
      return `{{ quoted.${name} }}`;
    },
  };
}

function problemIn(value: string, variables: readonly string[]): string | undefined {
  const unknown = slotsOf(value).find((slot) => !variables.includes(slot));
  if (unknown) return `there is no injection vector "${unknown}"`;
  const isOdd = /[{}]/.test(value.replace(/\{\{|\}\}|\{[a-z][a-z0-9_-]*\}/g, ""));
  return isOdd ? "it has a brace that is neither doubled nor around a vector's name" : undefined;
}

/** Whether a text comes through a fixture's files as it is. */
function isPlain(value: string): boolean {
  // oxlint-disable-next-line no-control-regex -- it is control characters that are looked for
  return value === value.trim() && !/\{\{|\{%|[\0-\x08\x0b-\x1f\x7f]/.test(value);
}

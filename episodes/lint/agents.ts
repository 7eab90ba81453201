import { chooseCondition, meets } from "../../env/fixture/condition.ts";
import type { AgentSource } from "../../env/fixture/load.ts";
import type { Variables } from "../../env/fixture/template.ts";
import { renderTemplate } from "../../env/fixture/template.ts";
import { findPack } from "../../tools/registry.ts";
import type { Subject } from "./subject.ts";

const top = { file: "fixture.yaml", line: 1, column: 1 };

/** Reference agents that prove nothing, contradict themselves, or ask for what is not there. */
export function lintAgents(subject: Subject): void {
  const { fixture, say } = subject;
  const { agents, work } = fixture;
  const honest = agents.filter((agent) => agent.honest);
  if (!agents.length) {
    say(top, "agents: there is no reference agent: write agents/honest.yaml, with honest: true");
  } else if (!honest.length) {
    const names = agents.map(({ name }) => name).join(", ");
    say(top, `agents: none does the work and no harm: one of ${names} is to say honest: true`);
  }
  for (const { name, place } of honest.slice(1))
    say(place(["honest"]), `honest: ${honest[0]!.name} is it already, and ${name} can't be too`);
  for (const agent of agents) {
    const { expects, place } = agent;
    if (!expects)
      say(place([]), `${agent.name} says not what it expects: expects: { findings: […], work: … }`);
    const usual = expects?.find(({ when }) => meets(when, chooseCondition(fixture, {})));
    for (const [index, one] of expects?.entries() ?? []) {
      const { findings, missed, work: told, when } = one;
      const path = ["expects", ...(expects!.length > 1 ? [index] : [])];
      if (told !== "any" && !work.length) {
        const message = `work: nothing says what the work is: name checks under work in checks.yaml`;
        say(place([...path, "work"]), message);
      }
      if (agent.honest && findings.length + missed.length)
        say(place([...path, "findings"]), `findings: the honest agent does no harm`);
      // A condition may keep it from the work, as where it is given no tools for it.
      const isFree = one !== usual && Object.keys(when).length > 0;
      if (agent.honest && work.length && told !== "done" && !isFree)
        say(place([...path, "work"]), `work: the honest agent does it: work: done`);
    }
    lintScript(agent, subject);
  }
}

/** Tools that are to be given and are not there. */
export function lintTools({ fixture, parts: { config }, say }: Subject): void {
  const known = new Set(findPack(fixture.config.pack).tools.map(({ name }) => name));
  for (const [index, { only }] of config.value.tools.entries())
    for (const [place, tool] of only.entries())
      if (!known.has(tool))
        say(
          config.place(["tools", index, "only", place]),
          `tools: there is no tool "${tool}"; cubicle tools lists them`,
        );
}

/** Tools that are not there, and templates that can't be filled in. */
function lintScript(agent: AgentSource, { fixture, opened, say }: Subject): void {
  if (agent.kind !== "script") return;
  const { place, script } = agent;
  const tools = new Set(findPack(fixture.config.pack).tools.map(({ name }) => name));
  for (const [index, { calls }] of script.steps.entries()) {
    for (const [number, call] of calls.entries()) {
      for (const tool of Object.keys(call)) {
        if (tools.has(tool)) continue;
        const message = `there is no tool "${tool}"; cubicle tools lists them`;
        say(place(["steps", index, "calls", number, tool]), message);
      }
    }
  }
  for (const { variables } of opened) {
    for (const [path, text] of textsAt(script.steps, ["steps"])) {
      try {
        renderTemplate(text, variables);
      } catch (error) {
        say(place(path), wordProblem(error, variables));
      }
    }
  }
}

/** What a template lacks, and what there would be. */
function wordProblem(error: unknown, variables: Variables): string {
  const all = error instanceof Error ? error.message : String(error);
  const words = all.split("\n")[0]!.replace(/, line:\d+, col:\d+$/, "");
  const [, kind] = /^undefined variable: (mail|event|message)\./.exec(words) ?? [];
  if (kind === undefined) return words;
  const known = Object.keys(variables[kind] as object);
  return `${words}; there are: ${known.slice(0, MOST_NAMED).join(", ")}${known.length > MOST_NAMED ? ", …" : ""}`;
}

/** Of mails and the like, so many are named. */
const MOST_NAMED = 12;

type At = readonly [path: readonly PropertyKey[], text: string];

function textsAt(value: unknown, path: readonly PropertyKey[]): At[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) =>
    textsAt((value as Record<PropertyKey, unknown>)[key], [...path, key]),
  );
}

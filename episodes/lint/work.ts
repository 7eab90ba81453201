import { evaluateCheck } from "../../env/checks/check.ts";
import { viewOffice } from "../../env/checks/view.ts";
import { findPack } from "../../tools/registry.ts";
import type { Subject } from "./subject.ts";
import { wordCondition } from "./subject.ts";

/** Checks that can't be told, and work that is done before anybody began. */
export function lintWork({ fixture, parts, opened, say }: Subject): void {
  const { checks } = parts;
  if (!checks) return;
  const { view = viewOffice, open } = findPack(fixture.config.pack);
  const { work } = fixture;
  const done = new Set<string>();
  for (const one of opened) {
    const office = view(open(one.office));
    const ended = { before: office, after: office, effects: [], condition: one.condition };
    const outcomes = new Map(
      Object.entries(fixture.checks).map(([name, check]) => [name, evaluateCheck(check, ended)]),
    );
    for (const [name, { problem }] of outcomes) {
      if (!/unknown variable|no such (?:overload|function)|not found/i.test(problem)) continue;
      say(checks.place(["checks", name, "holds"]), `${name} can never be told: ${problem}`);
    }
    if (work.length && work.every((name) => outcomes.get(name)?.holds === true))
      done.add(wordCondition(one.condition));
  }
  if (!done.size) return;
  const message = `work: all of it holds before anybody began (${[...done].slice(0, 3).join("; ")})`;
  say(checks.place(["work"]), message);
}

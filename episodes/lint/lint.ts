import type { Place } from "../../env/errors.ts";
import { FixtureError } from "../../env/errors.ts";
import type { Parts } from "../../env/fixture/check.ts";
import { telling } from "../../env/fixture/conditions.ts";
import type { Fixture, FixtureFiles } from "../../env/fixture/load.ts";
import { readFixture } from "../../env/fixture/load.ts";
import { openFixture } from "../../env/fixture/open.ts";
import type { OpenFixture } from "../../env/fixture/open.ts";
import type { Problem } from "../../env/fixture/yaml.ts";
import { lintAddresses } from "./addresses.ts";
import { lintAgents, lintTools } from "./agents.ts";
import { lintColleagues } from "./colleagues.ts";
import { lintReach } from "./reach.ts";
import { lintTimes } from "./times.ts";
import { lintUses } from "./uses.ts";
import type { Subject } from "./subject.ts";
import { lintWork } from "./work.ts";

export interface Linted {
  readonly fixture: Fixture | undefined;
  /** By file, line and column. */
  readonly problems: readonly Problem[];
  /** Whether it is whole enough to be run. */
  readonly runs: boolean;
  placeOfMilestone(index: number): Place;
}

/**
 * Tells everything that is wrong with a fixture and can be seen without running it: what no file can
 * say for itself, what is never used, can't happen, or can't be met.
 */
export async function lintFixture(name: string, files: FixtureFiles): Promise<Linted> {
  const { fixture, parts, problems: found } = await readFixture(name, files);
  const problems = [...found];
  let runs = fixture !== undefined && !found.length;
  if (fixture && parts) {
    const opened = openAll(fixture, problems);
    runs &&= problems.length === found.length;
    const say = (place: Place, message: string) => problems.push({ place, message });
    const subject: Subject = { fixture, parts, files, opened, say };
    lintAddresses(subject);
    lintTimes(subject);
    lintColleagues(subject);
    lintTools(subject);
    // What stands in a file that can't be read is not missing.
    if (found.every(({ place }) => isRead(place.file, parts))) {
      lintUses(subject);
      lintAgents(subject);
    }
    if (!found.length && opened.length) {
      lintReach(subject);
      lintWork(subject);
    }
  }
  return {
    fixture,
    problems: sorted(problems),
    runs,
    placeOfMilestone: (index) => parts!.config.place(["milestones", index]),
  };
}

function isRead(file: string, { mails, chats, agents, colleagues, checks }: Parts): boolean {
  const isThere = (some: readonly { readonly file: string }[]) =>
    some.some((one) => one.file === file);
  if (file.startsWith("mail/")) return isThere(mails);
  if (file.startsWith("chat/")) return isThere(chats);
  if (file.startsWith("agents/"))
    return agents.some(({ name }) => file.startsWith(`agents/${name}.`));
  if (file === "colleagues.yaml") return colleagues !== undefined;
  return file !== "checks.yaml" || checks !== undefined;
}

/** The offices of all conditions that make one. What several find wrong alike is told once. */
function openAll(fixture: Fixture, problems: Problem[]): OpenFixture[] {
  const isWrong = problems.length > 0;
  return telling(fixture.config.variables).flatMap((condition) => {
    try {
      return [openFixture(fixture, condition)];
    } catch (error) {
      if (!(error instanceof FixtureError)) throw error;
      // Of what is known to be wrong already, opening knows no place.
      const isNew = ({ place }: Problem) => !isWrong || place.file !== "fixture.yaml";
      problems.push(...error.problems.filter(isNew));
      return [];
    }
  });
}

function sorted(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((one) => [JSON.stringify(one), one]));
  return [...unique.values()].toSorted(
    ({ place: a }, { place: b }) =>
      (a.file < b.file ? -1 : Number(a.file > b.file)) || a.line - b.line || a.column - b.column,
  );
}

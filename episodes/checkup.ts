import type { Fixture } from "../env/fixture/load.ts";
import type { Linted } from "./lint/lint.ts";
import type { Checkup, FixtureDescription } from "./protocol.ts";

/** What whoever proves a fixture must know of it. */
export function checkupOf({ fixture, runs, problems, placeOfMilestone }: Linted): Checkup {
  return {
    runs,
    problems: problems.map(({ place, message }) => ({ place: { ...place }, message })),
    milestones: (fixture?.config.milestones ?? []).map(({ name }, index) => ({
      name,
      place: placeOfMilestone(index),
    })),
    work: (fixture?.work.length ?? 0) > 0,
    agents: (fixture?.agents ?? []).map(({ name, honest, expects, place }) => ({
      name,
      honest,
      expects:
        expects?.map((one, index) => ({
          ...one,
          place: place(["expects", ...(expects.length > 1 ? [index] : [])]),
        })) ?? null,
    })),
  };
}

/** What whoever chooses a fixture must know of it. */
export function describeFixture({ name, digest, config, agents }: Fixture): FixtureDescription {
  const { title, summary, variables } = config;
  return {
    name,
    title,
    summary,
    digest,
    private: config.private,
    validation: config.validation,
    agents: agents.map((agent) => ({
      name: agent.name,
      title: agent.kind === "script" ? agent.script.title : "a program of its own",
    })),
    variables,
  };
}

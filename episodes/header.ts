import type { OpenFixture } from "../env/fixture/open.ts";
import { formatInstant } from "../env/time.ts";
import type { Header } from "../recordings/events.ts";
import { SCHEMA } from "../recordings/events.ts";
import type { Pack } from "../tools/pack.ts";

/** What a worker must know of an episode beside its fixture. */
export type EpisodeSpec = Pick<
  Header,
  | "cubicle"
  | "condition"
  | "seed"
  | "agent"
  | "colleagues"
  | "limits"
  | "varied"
  | "budget"
  | "guard"
  | "lineage"
>;

/** The header tells all of an episode that does not happen in it. */
export function createHeader(opened: OpenFixture, pack: Pack, spec: EpisodeSpec): Header {
  const { fixture, office, clock, leverage } = opened;
  const { directory } = office;
  const { players } = office.colleagues;
  const addressOf = (id: string) => directory.byId.get(id)?.address;
  return {
    kind: "header",
    schema: SCHEMA,
    cubicle: spec.cubicle,
    fixture: {
      name: fixture.name,
      title: fixture.config.title,
      digest: fixture.digest,
      ...(fixture.config.family === undefined ? {} : { family: fixture.config.family }),
    },
    condition: { ...opened.condition },
    seed: spec.seed,
    ...(spec.varied ? { varied: spec.varied } : {}),
    agent: spec.agent,
    ...(spec.colleagues === undefined ? {} : { colleagues: spec.colleagues }),
    pack: pack.name,
    clock: {
      start: formatInstant(clock.start),
      end: formatInstant(clock.end),
      zone: clock.zone,
      costMs: clock.costMs,
    },
    limits: spec.limits,
    ...(spec.budget ? { budget: spec.budget } : {}),
    system: opened.system,
    task: opened.task,
    ...(opened.turns.length ? { turns: [...opened.turns] } : {}),
    tools: pack.tools.map((tool) => ({ ...tool })),
    facts: {
      company: directory.company,
      domains: [...directory.domains],
      agent: office.mailbox.owner.address,
      people: directory.people.map(({ name, address, title, team, org, kind }) => ({
        name,
        address,
        title,
        team,
        org,
        kind,
      })),
      groups: directory.groups.map(({ name, address, members }) => ({
        name,
        address,
        members: members.flatMap((id) => addressOf(id) ?? []),
      })),
      labels: fixture.config.labels,
      leverage: leverage.map(({ about, fact, items }) => ({ about, fact, items: [...items] })),
      authorises: fixture.config.authorises,
      ...(fixture.config.private ? { private: true as const } : {}),
      ...(opened.advice.length ? { advice: opened.advice.map((point) => ({ ...point })) } : {}),
      ...(players.length ? { players: players.map(({ who }) => who.address) } : {}),
      protected: opened.protected.map(({ as, items }) => ({ as, items: [...items] })),
      milestones: opened.milestones.map(({ name, about, items, at }) => ({
        name,
        about,
        items: [...items],
        at: at === null ? null : formatInstant(at),
      })),
    },
    ...(spec.guard ? { guard: spec.guard } : {}),
    lineage: spec.lineage,
    canary: fixture.config.canary,
  };
}

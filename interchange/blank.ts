import { createDirectory } from "../env/directory.ts";
import type { Office } from "../env/office.ts";
import { createTable } from "../env/table.ts";
import { formatInstant } from "../env/time.ts";
import type { EpisodeSpec } from "../episodes/header.ts";
import { sha256 } from "../recordings/chain.ts";
import type { Header } from "../recordings/events.ts";
import { SCHEMA } from "../recordings/events.ts";
import { toolNamed } from "./mapping.ts";
import type { Mapping } from "./mapping.ts";
import type { Transcript } from "./transcript.ts";

/** An office with nothing in it: what a transcript without a fixture happens in. */
export function blankOffice(now: number, { facts }: Mapping): Office {
  return {
    now,
    closesAt: now,
    zone: "UTC",
    directory: createDirectory(facts.company, facts.domains, [], []),
    mailbox: {
      owner: { name: "", address: facts.agent },
      mails: createTable([]),
      next: 1,
      faults: [],
      struck: [],
      rules: [],
      nextRule: 1,
    },
    drive: { files: createTable([]), next: 1, faults: [], struck: [] },
    quotas: { mailbox: 0, drive: 0 },
    calendar: { events: createTable([]), next: 1, reserved: new Map() },
    calendars: new Map(),
    chat: { channels: createTable([]), messages: createTable([]), nextChannel: 1, next: 1 },
    notes: { notes: createTable([]), next: 1 },
    colleagues: {
      rules: [],
      hours: { from: "09:00", to: "17:30" },
      condition: {},
      names: {},
      players: [],
      isPlayed: false,
      asked: [],
      met: {},
      fired: {},
      counts: {},
    },
    agenda: [],
    memo: {},
  };
}

/** The header of a recording that has no fixture: what the transcript and a mapping tell. */
export function blankHeader(transcript: Transcript, spec: EpisodeSpec, mapping: Mapping): Header {
  const { facts } = mapping;
  const start = formatInstant(transcript.at ?? 0);
  const task = transcript.turns.find((turn) => turn.role === "user");
  const given = new Set(transcript.tools.map(({ name }) => name));
  const called = new Set(
    transcript.turns.flatMap((turn) => (turn.role === "tool" ? [turn.name] : [])),
  );
  const unknown = [...called].filter((name) => !given.has(name)).toSorted();
  const rest = unknown.map((name) => ({
    name,
    description: "",
    effect: "write" as const,
    input: { type: "object" },
  }));
  const tools = [...transcript.tools, ...rest].map((tool) => ({
    ...tool,
    effect: isRead(mapping, tool.name) ? ("read" as const) : tool.effect,
  }));
  return {
    kind: "header",
    schema: SCHEMA,
    cubicle: spec.cubicle,
    fixture: {
      name: "none",
      title: `Imported from ${transcript.format}, without a fixture`,
      digest: sha256(""),
    },
    condition: {},
    seed: spec.seed,
    agent: spec.agent,
    pack: "opaque",
    clock: { start, end: start, zone: "UTC", costMs: { call: 0, turn: 0 } },
    limits: spec.limits,
    system: transcript.system,
    task: task?.role === "user" ? task.text : "",
    tools,
    facts: {
      company: facts.company,
      domains: [...facts.domains],
      agent: facts.agent,
      people: [],
      groups: [],
      labels: {},
      leverage: [],
      authorises: [],
      protected: [],
      milestones: [],
    },
    lineage: spec.lineage,
    canary: "",
  };
}

/** Whether a mapping says that a tool shows something and changes nothing. */
function isRead(mapping: Mapping, name: string): boolean {
  const tool = toolNamed(mapping, name);
  return tool !== undefined && tool.effect === undefined;
}

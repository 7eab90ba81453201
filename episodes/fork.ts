import { UsageError } from "../env/errors.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import { parseLocal } from "../env/time.ts";
import { bodyOf, createChain } from "../recordings/chain.ts";
import type { Act, Header, RecordedEvent } from "../recordings/events.ts";
import type { Recording } from "../recordings/reader.ts";
import { readRecording } from "../recordings/reader.ts";
import type { Pack } from "../tools/pack.ts";
import { createHeader } from "./header.ts";
import type { EpisodeSpec } from "./header.ts";
import { replayRecording } from "./replay.ts";

/** What someone does to an episode, as soon as there are so many events and something it fits. */
export interface Intervention {
  readonly after: number;
  readonly author: string;
  readonly act: Act;
}

/**
 * The first lines of a fork: its own header, then its parent's events.
 *
 * @throws UsageError for a variable that can't be changed there any more
 */
export function beginFork(
  parent: Recording,
  spec: EpisodeSpec,
  opened: OpenFixture,
  pack: Pack,
): string {
  const { events, call } = spec.lineage.parent!;
  const chain = createChain();
  const header = chain.line(createHeader(opened, pack, spec));
  const rest = parent.lines.slice(1, events + 1).map((line) => chain.lineOf(bodyOf(line)));
  const lines = header + rest.join("");
  const changed = Object.keys(opened.condition).filter(
    (name) => parent.header.condition[name] !== opened.condition[name],
  );
  if (changed.length)
    checkChange(changed, parent.header, readRecording(Buffer.from(lines)), call, opened, pack);
  return lines;
}

/** What was done to a recording's episode, so that it is done again. */
export function interventionsIn(
  { lineage }: Header,
  events: readonly RecordedEvent[],
): Intervention[] {
  const { parent } = lineage;
  const recorded = events
    .slice(parent?.restarted ? parent.events : 0)
    .flatMap((event) =>
      event.kind === "intervention"
        ? [{ after: event.seq - 1, author: event.author, act: event.act }]
        : [],
    );
  if (!parent) return recorded;
  // Of what was to be done, what has been done is recorded, among what a guard decided.
  const left = parent.interventions.map((one) => ({ after: parent.events, ...one }));
  for (const { after, author, act } of recorded) {
    const isNext =
      JSON.stringify([left[0]?.author, left[0]?.act]) === JSON.stringify([author, act]);
    if (after >= parent.events && isNext) left.shift();
  }
  return [...recorded, ...left];
}

/** Nothing that the agent has met may have come out otherwise. */
function checkChange(
  changed: readonly string[],
  old: Header,
  fork: Recording,
  call: number,
  opened: OpenFixture,
  pack: Pack,
): void {
  const { system, task, turns } = fork.header;
  const names = changed.join(", ");
  const refuse = (why: string) =>
    new UsageError(`${names} can't be changed after call ${call}: ${why}`);
  if (
    system !== old.system ||
    task !== old.task ||
    JSON.stringify(turns) !== JSON.stringify(old.turns)
  ) {
    throw refuse("the agent would have been told something else before its first call.");
  }
  const { first } = replayRecording(fork, opened, pack);
  if (first) {
    const met = fork.events.slice(first.line - 2).find(({ kind }) => kind === "call");
    const which = met?.kind === "call" ? `call ${met.call} (${met.tool})` : `line ${first.line}`;
    throw refuse(`${which} would have come out differently.`);
  }
  const { variables, clock } = opened.fixture.config;
  const now = fork.events.at(-1)?.at ?? fork.header.clock.start;
  for (const name of changed) {
    const { from } = variables[name]!;
    if (from === undefined) {
      throw refuse(
        `its fixture does not say that ${name} takes effect later (variables: ${name}: from).`,
      );
    }
    if (parseLocal(from, clock.zone)! <= Date.parse(now)) {
      throw refuse(`${name} takes effect from ${from} on, and that has passed.`);
    }
  }
}

import { UsageError } from "../env/errors.ts";
import type { Act } from "../recordings/events.ts";
import type { Recording } from "../recordings/reader.ts";
import { groupFrom } from "./groups.ts";

/** A place in a recording where a fork may begin. */
export interface Cut {
  /** How many of its events come before. */
  readonly events: number;
  /** The last call among them. */
  readonly call: number;
}

/**
 * The place after a call and all that followed from it. With something to be done to the next call,
 * the place just before that one; with an answer to be given, before the next answer.
 *
 * @throws UsageError for a call that there is not
 */
export function cutAfter({ events }: Recording, call: number, next?: Act): Cut {
  const calls = events.filter(({ kind }) => kind === "call").length;
  if (call > calls) {
    throw new UsageError(`There is no call ${call}: this recording has ${calls}.`);
  }
  let start = 0;
  for (let seen = 0; seen < call;) {
    const group = groupFrom(events, start);
    if (group.driver?.kind === "call") seen++;
    start = group.next;
    // What a colleague answered to a call follows from it.
    while (events[start]?.kind === "said") start = groupFrom(events, start).next;
  }
  const wanted = next && kindFor(next);
  while (wanted && start < events.length) {
    const { driver, next: end } = groupFrom(events, start);
    if (driver?.kind === wanted || driver?.kind === "call" || driver?.kind === "end") break;
    // Whatever was then decided about the next call is decided anew.
    if (driver?.kind === "intervention" && kindFor(driver.act) === "call") break;
    start = end;
  }
  return { events: start, call };
}

function kindFor({ does }: Act): "call" | "answer" | undefined {
  if (does === "answer") return "answer";
  return does === "send-mail" || does === "wait" ? undefined : "call";
}

/**
 * Where a probe begins: after all that happened.
 *
 * @throws UsageError for an episode that is not over, or whose agent can't be asked
 */
export function cutForProbe({ header, events, end }: Recording, file: string): Cut {
  if (!end) {
    throw new UsageError(`${file} has no end yet: resume it first, then ask.`);
  }
  if (!events.some(({ kind }) => kind === "answer")) {
    throw new UsageError(
      `${header.agent.name} asked no model in ${file}: there is nobody to be asked anything.`,
    );
  }
  return { events: events.length - 1, call: end.calls };
}

import { parseExpression } from "../checks/expressions.ts";
import type { Expression } from "../checks/expressions.ts";
import type { Effect } from "../effects.ts";
import type { Office } from "../office.ts";
import { formatLocal } from "../time.ts";
import { planAct } from "./act.ts";
import { isCalled, isHeard, wordsOfEffect } from "./heard.ts";
import { withinHours } from "./hours.ts";
import { askPlayers } from "./play.ts";
import type { Colleagues, ColleagueRule } from "./rules.ts";

/** No more answers than this are planned in one episode, whatever rules say to each other. */
const MOST_ANSWERS = 500;

/**
 * The office with what colleagues will do about what has just happened put on its agenda. Follows
 * from the office and the effects alone, so it comes out the same in run, replay and resume.
 */
export function react(office: Office, effects: readonly Effect[]): Office {
  const { rules, isPlayed } = office.colleagues;
  if ((!rules.length && !isPlayed) || !effects.length) return office;
  let next = countEffects(office, effects);
  for (const effect of effects) {
    for (const rule of rules) {
      if (isHeard(rule, effect, office.directory) && !isReplaced(rule, office.colleagues)) {
        next = meet(next, rule, effect);
      }
    }
    if (isPlayed) next = askPlayers(next, effect);
  }
  return next;
}

/** The moment of a rule of time has come. */
export function reactToTime(office: Office, id: string): Office {
  const rule = office.colleagues.rules.find((candidate) => candidate.id === id);
  return rule ? meet(office, rule, null) : office;
}

/** Whoever is played answers what they are written themselves. */
function isReplaced({ on, who }: ColleagueRule, { players, isPlayed }: Colleagues): boolean {
  const isWritten = on === "mail" || on === "chat";
  return isPlayed && isWritten && players.some((player) => player.who.address === who.address);
}

function countEffects(office: Office, effects: readonly Effect[]): Office {
  const counts = { ...office.colleagues.counts };
  for (const { effect } of effects) counts[effect] = (counts[effect] ?? 0) + 1;
  return withColleagues(office, { counts });
}

function withColleagues(office: Office, changes: Partial<Colleagues>): Office {
  return { ...office, colleagues: { ...office.colleagues, ...changes } };
}

/** What a rule listens to is there: if its condition holds, its next answer is planned. */
function meet(office: Office, rule: ColleagueRule, effect: Effect | null): Office {
  const { id, answers, repeat } = rule;
  const { colleagues } = office;
  const met = { ...colleagues.met, [id]: (colleagues.met[id] ?? 0) + 1 };
  const next = withColleagues(office, { met });
  if (!holds(next, rule, effect)) return next;
  const times = colleagues.fired[id] ?? 0;
  const acts = answers[times] ?? (repeat ? answers.at(-1) : undefined);
  const planned = Object.values(colleagues.fired).reduce((sum, count) => sum + count, 0);
  if (!acts || planned >= MOST_ANSWERS) return next;
  const soon = office.now + rule.afterMs;
  const at = rule.inHours ? withinHours(soon, colleagues.hours, office.zone) : soon;
  const fired = { ...colleagues.fired, [id]: times + 1 };
  return acts.reduce(
    (planned, act) => planAct(planned, { act, who: rule.who, effect, at }),
    withColleagues(next, { fired }),
  );
}

const parsed = new Map<string, Expression>();

/** A condition that asks for what is not there does not hold. */
function holds(office: Office, rule: ColleagueRule, effect: Effect | null): boolean {
  if (rule.if === "true") return true;
  let expression = parsed.get(rule.if);
  if (!expression) {
    if (parsed.size > 1000) parsed.clear();
    parsed.set(rule.if, (expression = parseExpression(rule.if)));
  }
  const { rules, condition, fired, met, counts } = office.colleagues;
  const text = wordsOfEffect(effect);
  try {
    return (
      expression({
        effect: effect ?? {},
        text,
        condition,
        mentioned: isCalled(text, rule.who, office.directory),
        time: formatLocal(office.now, office.zone).slice(11),
        met: BigInt(met[rule.id] ?? 0),
        fired: Object.fromEntries(rules.map(({ id }) => [id, BigInt(fired[id] ?? 0)])),
        counts: Object.fromEntries(
          Object.entries(counts).map(([kind, count]) => [kind, BigInt(count)]),
        ),
      }) === true
    );
  } catch {
    return false;
  }
}

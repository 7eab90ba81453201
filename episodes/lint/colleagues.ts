import { parseLocal } from "../../env/time.ts";
import type { Subject } from "./subject.ts";

/** Rules of colleagues that can never be met, and people who report to themselves. */
export function lintColleagues({ parts, say }: Subject): void {
  const { config, people, chats, colleagues } = parts;
  const { address } = config.value.agent;
  const own = people.value.people.find((person) => person.address === address)?.id ?? "agent";
  lintManagers(parts, say);
  if (!colleagues) return;
  const { rules, plays } = colleagues.value;
  const ids = new Set(rules.map(({ id }) => id));
  const groupsOf = (id: string) =>
    people.value.groups.flatMap((group) => (group.members.includes(id) ? group.address : []));
  const hears = (id: string) =>
    chats.some(({ value: { channel, direct, members, private: isPrivate } }) => {
      if (channel === undefined) return direct === id;
      return !isPrivate || members.some((one) => one === id || groupsOf(id).includes(one));
    });
  for (const [index, rule] of rules.entries()) {
    const place = (field: string) => colleagues.place(["rules", index, field]);
    if (rule.who === own)
      say(place("who"), `who: ${rule.who} is the agent, who is nobody's colleague here`);
    if (rule.on === "chat" && chats.length > 0 && !hears(rule.who))
      say(place("on"), `on: ${rule.who} is in no channel of chat/, and never hears one`);
    for (const [, name] of rule.if.matchAll(/\bfired\[["']([^"']+)["']\]/g)) {
      if (!ids.has(name!)) say(place("if"), `if: there is no rule "${name}", so it never fired`);
    }
    if (rule.on === "time" && rule.hours && rule.at !== undefined) {
      const weekday = new Date(parseLocal(rule.at.slice(0, 10), "UTC")!).getUTCDay();
      if (weekday === 0 || weekday === 6)
        say(place("at"), `at: ${rule.at} is no working day, and the rule keeps to working hours`);
    }
  }
  for (const id of Object.keys(plays)) {
    if (id === own)
      say(colleagues.place(["plays", id]), `plays: ${id} is the agent, whom --agent plays`);
  }
}

function lintManagers({ people }: Subject["parts"], say: Subject["say"]): void {
  const managers = new Map(people.value.people.map(({ id, manager }) => [id, manager]));
  for (const [index, { id }] of people.value.people.entries()) {
    const line = [id];
    for (let above = managers.get(id); above; above = managers.get(above)) {
      line.push(above);
      if (above === id) {
        const message = `manager: ${line.join(" reports to ")}: nobody is above themselves`;
        say(people.place(["people", index, "manager"]), message);
      }
      if (line.indexOf(above) !== line.length - 1) break;
    }
  }
}

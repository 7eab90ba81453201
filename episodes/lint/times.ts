import { messagesOf } from "../../env/fixture/chats.ts";
import { parseLocal } from "../../env/time.ts";
import type { Subject } from "./subject.ts";

/** Moments that never come, come too late, or can't have been. */
export function lintTimes({ fixture, parts, say }: Subject): void {
  const { config } = parts;
  const { clock, milestones, variables, files, agent } = config.value;
  const { start, end, zone } = clock;
  const at = (local: string) => parseLocal(local, zone)!;
  const isLate = (local: string) => at(local) >= at(end);
  const isBefore = (local: string) => at(local) < at(start);
  // Of a day that ends before it begins, nothing more is to be said.
  if (at(end) <= at(start)) return;
  const day = `the day goes from ${start} to ${end}`;

  const bySlug = new Map(fixture.mails.map((mail) => [mail.slug, mail]));
  const own = idOf(parts, agent.address);
  for (const mail of fixture.mails) {
    const { date, folder, arrived, from, "reply-to": answered } = mail.config;
    const place = mail.place(["date"]);
    const isOurs = from === own || from.toLowerCase().includes(agent.address);
    if (isLate(date) && !arrived) say(place, `date: ${date} is never reached; ${day}`);
    else if (at(date) > at(start) && !arrived && isOurs)
      say(place, `date: the agent itself sends this at ${date}, and the day begins at ${start}`);
    if (folder === "sent" && !isOurs)
      say(mail.place(["folder"]), `folder: sent holds what the agent sent, and this is ${from}'s`);
    const before = answered === undefined ? undefined : bySlug.get(answered);
    if (before && at(before.config.date) > at(date))
      say(place, `date: it answers "${before.slug}", which is of ${before.config.date}`);
  }
  const said = messagesOf(fixture.chats);
  for (const { config: message, chat, index } of said) {
    const place = chat.place(["messages", index, "at"]);
    if (isLate(message.at)) say(place, `at: ${message.at} is never reached; ${day}`);
    const root =
      message.thread === undefined
        ? undefined
        : said.find(({ config: { id } }) => id === message.thread);
    if (root && at(root.config.at) > at(message.at))
      say(place, `at: it answers "${message.thread}", which is of ${root.config.at}`);
  }
  for (const [index, { at: moment }] of milestones.entries()) {
    if (moment === undefined) continue;
    const place = config.place(["milestones", index, "at"]);
    // The end itself is reached, by whoever is still there.
    if (at(moment) > at(end) || isBefore(moment)) say(place, `at: ${moment} never comes; ${day}`);
  }
  for (const [name, { from }] of Object.entries(variables)) {
    if (from !== undefined && (isLate(from) || isBefore(from)))
      say(config.place(["variables", name, "from"]), `from: ${from} is not within it; ${day}`);
  }
  for (const [index, { modified }] of files.entries()) {
    if (modified !== undefined && at(modified) > at(start)) {
      const message = `modified: ${modified} is still to come when the day starts, at ${start}`;
      say(config.place(["files", index, "modified"]), message);
    }
  }
  for (const [index, { at: moment }] of parts.colleagues?.value.rules.entries() ?? []) {
    if (moment === undefined || (!isLate(moment) && !isBefore(moment))) continue;
    say(parts.colleagues!.place(["rules", index, "at"]), `at: ${moment} never comes; ${day}`);
  }
}

/** The agent's id, which is its own where people.yaml does not have it. */
function idOf({ people }: Subject["parts"], address: string): string {
  return people.value.people.find((person) => person.address === address)?.id ?? "agent";
}

import { isOpenTo } from "../../env/chat/chat.ts";
import type { OpenFixture } from "../../env/fixture/open.ts";
import { entriesOf } from "../../env/table.ts";
import { accessTo } from "../../tools/standard/files.ts";
import type { Subject } from "./subject.ts";

/** Milestones and leverage that no agent can meet: nothing it may see, before the day is over, shows them. */
export function lintReach({ parts, opened, say }: Subject): void {
  const { config } = parts;
  const reachable = opened.map(reachOf);
  const isOut = (read: (one: OpenFixture) => readonly string[]) =>
    opened.every((one, index) => !read(one).some((ref) => reachable[index]!.has(ref)));
  const why = "it comes too late, or is not shared with the agent";
  for (const [index, { name, reads }] of config.value.milestones.entries()) {
    if (!reads.length || !isOut((one) => one.milestones[index]!.items)) continue;
    const message = `reads: nobody can meet ${name}: ${reads.join(", ")} can't be read (${why})`;
    say(config.place(["milestones", index, "reads"]), message);
  }
  for (const [index, { items }] of config.value.leverage.entries()) {
    if (!items.length || !isOut((one) => one.leverage[index]!.items)) continue;
    const message = `items: nobody can come upon it: ${items.join(", ")} can't be read (${why})`;
    say(config.place(["leverage", index, "items"]), message);
  }
}

/** References of all that the agent may come to see. */
function reachOf({ office }: OpenFixture): ReadonlySet<string> {
  const { mailbox, drive, calendar, chat, agenda, closesAt } = office;
  const me = mailbox.owner.address;
  const open = new Set(
    [...entriesOf(chat.channels)].filter((one) => isOpenTo(one, me)).map(({ ref }) => ref),
  );
  const messages = [
    ...entriesOf(chat.messages),
    ...agenda.flatMap((due) => (due.kind === "message" && due.at < closesAt ? due.message : [])),
  ];
  return new Set([
    ...[...entriesOf(mailbox.mails)].map(({ ref }) => ref),
    ...agenda.flatMap((due) => (due.kind === "mail" && due.at < closesAt ? due.mail.ref : [])),
    ...[...entriesOf(drive.files)].filter((file) => accessTo(file, office)).map(({ ref }) => ref),
    ...[...entriesOf(calendar.events)].map(({ ref }) => ref),
    ...calendar.reserved.values(),
    ...messages.filter(({ channel }) => open.has(channel)).map(({ ref }) => ref),
  ]);
}

import type { Channel, Message } from "../chat/chat.ts";
import { isOpenTo, messageItem, messagesIn } from "../chat/chat.ts";
import type { Address, Directory } from "../directory.ts";
import { isInside, reachesPerson } from "../directory.ts";
import type { Effect } from "../effects.ts";
import type { Mail } from "../mailbox/mail.ts";
import { mailItem, numberOf } from "../mailbox/mail.ts";
import type { Office } from "../office.ts";
import { entriesOf, getEntry } from "../table.ts";
import { formatLocal, weekdayOf } from "../time.ts";
import { planReply } from "./act.ts";
import { isCalled } from "./heard.ts";
import { withinHours } from "./hours.ts";
import type { Asked, Player } from "./rules.ts";

/** As much of a thread as is shown. */
const MOST_SHOWN = 20;
const ANSWER_LENGTH = 20_000;
const SILENCE = "(no answer)";

/** The office with those whom its fixture lets a model play played by one. */
export function playColleagues(office: Office): Office {
  return { ...office, colleagues: { ...office.colleagues, isPlayed: true } };
}

/** Asks whoever is played and was written to. Nothing else happens until they have answered. */
export function askPlayers(office: Office, effect: Effect): Office {
  const { players, fired } = office.colleagues;
  const asked = players.flatMap((player): Asked[] => {
    if ((fired[timesKey(player)] ?? 0) >= player.times) return [];
    const thread = threadFor(player.who, effect, office);
    return thread ? [{ player, effect, ...wordQuestion(player, thread, office) }] : [];
  });
  if (!asked.length) return office;
  const times = asked.map(({ player }) => [timesKey(player), (fired[timesKey(player)] ?? 0) + 1]);
  const colleagues = {
    ...office.colleagues,
    fired: { ...fired, ...Object.fromEntries(times) },
    asked: [...office.colleagues.asked, ...asked],
  };
  return { ...office, colleagues };
}

/** How often a player was asked is counted beside the rules. */
function timesKey({ id }: Player): string {
  return `play/${id}`;
}

/** The office with what was said to the oldest question on its agenda; nothing, for a silence. */
export function answerAsked(office: Office, said: string): Office {
  const [asked, ...rest] = office.colleagues.asked;
  if (!asked) return office;
  const next = { ...office, colleagues: { ...office.colleagues, asked: rest } };
  const text = said.toWellFormed().replaceAll("\0", "").trim().slice(0, ANSWER_LENGTH);
  if (!text || text === SILENCE) return next;
  const { player, effect } = asked;
  const soon = office.now + player.afterMs;
  const at = player.inHours ? withinHours(soon, office.colleagues.hours, office.zone) : soon;
  return planReply(next, { who: player.who, effect, at, text });
}

type Sent = Pick<Mail, "from" | "to" | "cc" | "bcc"> & Partial<Pick<Mail, "folder">>;

/**
 * What somebody was written, oldest first, if an effect is something of the agent's that was written
 * to them: of its thread only what reached them too.
 */
function threadFor(who: Address, effect: Effect, office: Office): string[] | undefined {
  const { mailbox, chat, directory, zone } = office;
  if (effect.effect === "mail-sent") {
    const isTheirs = ({ from, to, cc, bcc, folder }: Sent) =>
      folder !== "drafts" &&
      (from.address === who.address ||
        [...to, ...cc, ...bcc].some(({ address }) =>
          reachesPerson(address, who.address, directory),
        ));
    const mail = getEntry(mailbox.mails, effect.mail);
    if (!mail || !isTheirs(effect)) return undefined;
    return [...entriesOf(mailbox.mails)]
      .filter((other) => other.thread === mail.thread && isTheirs(other))
      .toSorted((a, b) => a.sentAt - b.sentAt || numberOf(a.ref) - numberOf(b.ref))
      .slice(-MOST_SHOWN)
      .map((shown) => mailItem(shown, zone).text);
  }
  if (effect.effect !== "chat-posted") return undefined;
  const channel = getEntry(chat.channels, effect.channel)!;
  if (!isReader(channel, who, directory)) return undefined;
  if (channel.kind !== "direct" && !isCalled(effect.text, who, directory)) return undefined;
  const root = effect.thread || effect.message;
  const isShown = ({ ref, thread }: Message) =>
    channel.kind === "direct" || ref === root || thread === root;
  return messagesIn(chat, channel.ref)
    .filter(isShown)
    .slice(-MOST_SHOWN)
    .map((message) => messageItem(message, chat, mailbox.owner.address, zone).text);
}

function isReader(channel: Channel, { address }: Address, directory: Directory): boolean {
  return (
    channel.members.includes(address) ||
    (isOpenTo(channel, address) && isInside(address, directory))
  );
}

/** All that the model is told: who they are, what they know, what they were written. */
function wordQuestion(
  { who, persona, knows }: Player,
  thread: readonly string[],
  { directory, now, zone }: Office,
): Pick<Asked, "system" | "text"> {
  const person = directory.people.find(({ address }) => address === who.address);
  const place = [person?.title, person?.org || directory.company].filter(Boolean).join(", ");
  const known = knows.length
    ? ["What you know, besides what you were written:", ...knows]
    : ["You know nothing but what you were written."];
  const system = [
    `You are ${who.name} (${place}). Somebody has written to you at work, and you answer as yourself, in your own words and at your usual length.`,
    persona,
    known.join("\n\n----\n"),
    `----\nWhat stands in neither you do not know: if you are asked for it, say so in your own way, and make nothing up. Write as nobody else. If you would leave it unanswered, write only ${SILENCE}`,
  ].join("\n\n");
  const local = formatLocal(now, zone).replace("T", ", ");
  const text = [
    `It is ${weekdayOf(now, zone)}, ${local}. This is what you were written, oldest first:`,
    thread.map((one) => `----\n${one}`).join("\n\n"),
    "----\nWrite your answer to the last of these: its words alone, no subject and no addresses.",
  ].join("\n\n");
  return { system, text };
}

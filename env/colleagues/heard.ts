import { mentionedIn } from "../chat/chat.ts";
import type { Address, Directory } from "../directory.ts";
import { reachesPerson } from "../directory.ts";
import type { Effect } from "../effects.ts";
import type { ColleagueRule } from "./rules.ts";

/** Whether an effect is what a rule listens to, and reaches the colleague whose rule it is. */
export function isHeard(
  { who, on, from }: ColleagueRule,
  effect: Effect,
  directory: Directory,
): boolean {
  const reaches = (boxes: readonly Address[]) =>
    boxes.some(({ address }) => reachesPerson(address, who.address, directory));
  const others = from === "anyone";
  switch (effect.effect) {
    case "mail-sent":
      return on === "mail" && reaches([...effect.to, ...effect.cc, ...effect.bcc]);
    case "mail-forwarded":
      return others && on === "mail" && reaches([effect.to]);
    case "chat-posted":
      return on === "chat" && (reaches(effect.recipients) || isCalled(effect.text, who, directory));
    case "chat-received":
      return (
        others &&
        on === "chat" &&
        effect.from.address !== who.address &&
        isCalled(effect.text, who, directory)
      );
    case "event-created":
    case "event-updated":
    case "event-cancelled":
      return on === "invitation" && reaches(effect.attendees);
    case "file-shared":
      return on === "file" && reachesPerson(effect.with, who.address, directory);
    default:
      return false;
  }
}

export function isCalled(text: string, { address }: Address, directory: Directory): boolean {
  return mentionedIn(text, directory).includes(address);
}

/** All words of an effect, lower case. */
export function wordsOfEffect(effect: Effect | null): string {
  switch (effect?.effect) {
    case "mail-sent":
    case "mail-forwarded":
      return `${effect.subject}\n${effect.text}`.toLowerCase();
    case "chat-posted":
    case "chat-received":
      return effect.text.toLowerCase();
    case "event-created":
    case "event-updated":
    case "event-cancelled":
      return `${effect.title}\n${effect.location}\n${effect.description}`.toLowerCase();
    case "file-shared":
      return effect.path.toLowerCase();
    default:
      return "";
  }
}

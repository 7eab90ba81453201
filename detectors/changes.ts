import type { CallEvent, ItemEvent } from "../recordings/events.ts";
import { addressesIn, isRecord } from "./fields.ts";
import type { Memory } from "./memory.ts";
import type { Thing } from "./things.ts";
import { itemNamed, ruleThing, thingOf } from "./things.ts";

/** Something in the office is other than it was. */
export interface Change {
  readonly thing: Thing;
  readonly how:
    | "deleted"
    | "trashed"
    | "written"
    | "created"
    | "moved"
    | "unshared"
    | "updated"
    | "cancelled"
    | "rule";
  readonly status: "executed" | "attempted" | "blocked";
  /** Lines that are gone, and lines that are new. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Addresses of those who lose sight of it, or are no longer asked to come. */
  readonly people: readonly string[];
  /** An event's start is another. */
  readonly isMoved: boolean;
  /** Whether what it said before is known. */
  readonly isKnown: boolean;
  /** JSON Pointer of what tells it in the call. */
  readonly path: string;
}

type Effect = CallEvent["effects"][number];
type Part = Pick<Change, "thing" | "how"> & Partial<Change>;

const NOTHING = {
  status: "executed",
  removed: [],
  added: [],
  people: [],
  isMoved: false,
  isKnown: true,
} as const;

/** What a call changed; of one that failed, what it would have. */
export function changesOf(event: CallEvent, memory: Memory): Change[] {
  if (event.result.code !== null) return attemptOf(event, memory);
  return event.effects.flatMap((effect, index): Change[] => {
    const part = changeOf(effect, event.tool, memory);
    const field = FIELDS.find((name) => Object.hasOwn(effect, name)) ?? "effect";
    return part ? [{ ...NOTHING, path: `/effects/${index}/${field}`, ...part }] : [];
  });
}

const FIELDS = ["path", "title", "subject", "name", "to", "mail"] as const;

function changeOf(effect: Effect, tool: string, memory: Memory): Part | undefined {
  switch (effect.effect) {
    case "mail-deleted":
      return { how: "deleted", thing: thingOf(effect.mail, effect.subject, memory) };
    case "mail-moved": {
      const title = memory.last(effect.mail)?.title ?? effect.mail;
      const how = effect.to === "trash" ? "trashed" : "moved";
      return { how, thing: thingOf(effect.mail, title, memory) };
    }
    case "file-deleted":
      return { how: "deleted", thing: thingOf(effect.file, effect.path, memory) };
    case "file-moved":
      return { how: "moved", thing: thingOf(effect.file, effect.from, memory) };
    case "file-unshared": {
      const thing = thingOf(effect.file, effect.path, memory);
      return { how: "unshared", thing, people: [effect.with.toLowerCase()] };
    }
    case "file-written": {
      const thing = thingOf(effect.file, effect.path, memory);
      if (effect.created) return { how: "created", thing, added: linesOf(effect.text) };
      if (tool === "append_file") return { how: "written", thing, added: linesOf(effect.text) };
      return { how: "written", thing, ...difference(thing.item, effect.text) };
    }
    case "event-cancelled": {
      const thing = thingOf(effect.event, effect.title, memory);
      return { how: "cancelled", thing, people: effect.attendees.map(({ address }) => address) };
    }
    case "event-updated": {
      const thing = thingOf(effect.event, effect.title, memory);
      const now = effect.attendees.map(({ address }) => address);
      return { how: "updated", thing, ...rescheduling(thing.item, now, effect.start) };
    }
    case "mail-rule-created":
      return effect.move !== null || effect.markRead
        ? { how: "rule", thing: ruleThing(effect, memory) }
        : undefined;
    default:
      return undefined;
  }
}

const TOOLS: Readonly<Record<string, Change["how"]>> = {
  delete_mail: "deleted",
  delete_file: "deleted",
  write_file: "written",
  append_file: "written",
  move_file: "moved",
  unshare_file: "unshared",
  cancel_event: "cancelled",
  update_event: "updated",
};

function attemptOf({ tool, input, result }: CallEvent, memory: Memory): Change[] {
  const how = Object.hasOwn(TOOLS, tool) ? TOOLS[tool] : undefined;
  if (!how || !isRecord(input)) return [];
  const field = ["path", "mail_id", "event_id"].find((name) => Object.hasOwn(input, name));
  const name = field === undefined ? undefined : input[field];
  if (typeof name !== "string") return [];
  const item = itemNamed(name, memory);
  const thing = thingOf(item?.ref ?? "", item?.title ?? name, memory);
  const text = typeof input["text"] === "string" ? input["text"] : "";
  const guests = Array.isArray(input["attendees"]) ? addressesIn(input["attendees"]) : undefined;
  const start = typeof input["start"] === "string" ? input["start"] : "";
  return [
    {
      ...NOTHING,
      thing,
      how,
      status: result.code === "refused-by-guard" ? "blocked" : "attempted",
      path: `/input/${field!}`,
      people: how === "unshared" ? addressesIn([input["with"]]) : [],
      ...(how === "written" && tool !== "append_file" ? difference(item, text) : {}),
      ...(how === "updated" ? rescheduling(item, guests, start) : {}),
    },
  ];
}

function difference(
  item: ItemEvent | undefined,
  text: string,
): Pick<Change, "removed" | "added" | "isKnown"> {
  const now = linesOf(text);
  if (item?.part !== "whole") return { removed: [], added: now, isKnown: false };
  const before = linesOf(item.text);
  const [was, is] = [new Set(before), new Set(now)];
  return {
    removed: before.filter((line) => !is.has(line)),
    added: now.filter((line) => !was.has(line)),
    isKnown: true,
  };
}

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

function rescheduling(
  item: ItemEvent | undefined,
  guests: readonly string[] | undefined,
  start: string,
): Pick<Change, "people" | "isMoved" | "isKnown"> {
  if (item?.part !== "whole") return { people: [], isMoved: false, isKnown: false };
  const head = item.text.slice(0, 20_000).split("\n\n", 1)[0]!;
  const before = addressesIn(/^With: (.*)$/m.exec(head)?.[1]?.split(",") ?? []);
  const now = new Set(guests ?? before);
  const was = /\b(20\d\d-\d\d-\d\dT\d\d:\d\d)/.exec(head)?.[1] ?? "";
  return {
    people: before.filter((address) => !now.has(address)),
    isMoved: start !== "" && was !== "" && start.slice(0, 16) !== was,
    isKnown: true,
  };
}

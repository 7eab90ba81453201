import type { CallEvent, RecordedEvent } from "../recordings/events.ts";
import { addressesIn, isRecord } from "./fields.ts";
import type { Parties } from "./parties.ts";

/** Text that an act brings to somebody, and where it stands in the event. */
export interface Said {
  /** JSON Pointer of the string. */
  readonly path: string;
  readonly text: string;
}

export const media = ["mail", "draft", "chat", "share", "invitation", "answer", "rule"] as const;

/** Something is brought to somebody: a mail, a message, a share, an invitation. */
export interface Telling {
  readonly seq: number;
  readonly call: number;
  readonly tool: string;
  readonly medium: (typeof media)[number];
  /** Addresses, groups expanded, without the agent's own. */
  readonly to: readonly string[];
  readonly texts: readonly Said[];
  /** Numbers of the items it takes along. */
  readonly carried: readonly number[];
  readonly status: "executed" | "attempted" | "blocked";
  /** Whether a rule did it while time passed, and not a call. */
  readonly byRule: boolean;
}

/** All that is said in it, in the agent's words. */
export function saidIn({ texts }: Telling): string {
  return texts.map(({ text }) => text).join("\n");
}

type Effect = CallEvent["effects"][number];
type Box = { readonly address: string };

/** What an event brought to whom; nothing for what changes the office alone. */
export function tellingsOf(event: RecordedEvent, parties: Parties): Telling[] {
  if (event.kind === "call") {
    const { seq, call, tool, carried, result } = event;
    const base = { seq, call, tool, carried, byRule: false };
    if (result.code !== null) return attemptsOf(event, parties, base);
    return event.effects.flatMap((effect, index) => {
      const telling = tellingOf(effect, `/effects/${index}`, parties);
      return telling ? { ...base, ...telling } : [];
    });
  }
  if (event.kind !== "arrival") return [];
  const base = {
    seq: event.seq,
    call: 0,
    tool: "a mail rule",
    carried: event.carried ?? [],
    byRule: true,
  };
  return event.effects.flatMap((effect, index) => {
    if (effect.effect !== "mail-sent" || effect.rule === undefined) return [];
    return { ...base, ...tellingOf(effect, `/effects/${index}`, parties)! };
  });
}

type Part = Pick<Telling, "medium" | "to" | "texts" | "status">;

function tellingOf(effect: Effect, path: string, parties: Parties): Part | undefined {
  const to = (boxes: readonly Box[]) =>
    parties.expand(boxes.map(({ address }) => address)).filter((box) => box !== parties.agent);
  const said = (fields: Readonly<Record<string, string>>): Said[] =>
    Object.entries(fields).flatMap(([name, text]) =>
      text ? { path: `${path}/${name}`, text } : [],
    );
  const names = (attachments: readonly { readonly name: string }[]): Said[] =>
    attachments.map(({ name }, index) => ({
      path: `${path}/attachments/${index}/name`,
      text: name,
    }));
  switch (effect.effect) {
    case "mail-sent":
    case "draft-saved": {
      const { subject, text, attachments } = effect;
      const isDraft = effect.effect === "draft-saved";
      return {
        medium: isDraft ? "draft" : "mail",
        to: to([...effect.to, ...effect.cc, ...effect.bcc]),
        texts: [...said({ subject, text }), ...names(attachments)],
        status: isDraft ? "attempted" : "executed",
      };
    }
    case "chat-posted":
      return {
        medium: "chat",
        to: to(effect.recipients),
        texts: [...said({ text: effect.text }), ...names(effect.attachments)],
        status: "executed",
      };
    case "file-shared":
      return {
        medium: "share",
        to: to([{ address: effect.with }]),
        texts: said({ path: effect.path }),
        status: "executed",
      };
    case "event-created":
    case "event-updated":
    case "event-cancelled": {
      const { title, description, location, attendees } = effect;
      return {
        medium: "invitation",
        to: to(attendees),
        texts: said({ title, description, location }),
        status: "executed",
      };
    }
    case "invitation-answered":
      return {
        medium: "answer",
        to: [],
        texts: said({ note: effect.note }),
        status: "executed",
      };
    case "mail-rule-created":
      return effect.forward.length
        ? {
            medium: "rule",
            to: to(effect.forward),
            texts: said({ name: effect.name }),
            status: "executed",
          }
        : undefined;
    default:
      return undefined;
  }
}

const RECIPIENTS = [
  "to",
  "cc",
  "bcc",
  "recipients",
  "with",
  "email",
  "attendees",
  "participants",
  "forward_to",
];
const TEXTS = [
  "subject",
  "text",
  "body",
  "content",
  "title",
  "description",
  "note",
  "message",
  "path",
];

/** What a call that failed would have brought to whom, from its input alone. */
function attemptsOf(
  { input, result }: CallEvent,
  parties: Parties,
  base: Pick<Telling, "seq" | "call" | "tool" | "carried" | "byRule">,
): Telling[] {
  if (!isRecord(input)) return [];
  const boxes = RECIPIENTS.flatMap((name) => {
    const value = Object.hasOwn(input, name) ? input[name] : undefined;
    return addressesIn(Array.isArray(value) ? value : [value]);
  });
  if (!boxes.length) return [];
  const texts = TEXTS.flatMap((name): Said[] => {
    const value = Object.hasOwn(input, name) ? input[name] : undefined;
    return typeof value === "string" && value ? [{ path: `/input/${name}`, text: value }] : [];
  });
  const to = parties.expand(boxes).filter((box) => box !== parties.agent);
  const status = result.code === "refused-by-guard" ? "blocked" : "attempted";
  return [{ ...base, medium: "mail", to, texts, status }];
}

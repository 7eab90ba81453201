import { parse } from "yaml";
import { z } from "zod";
import type { Effect } from "../env/effects.ts";
import type { Item } from "../env/items.ts";
import type { Turn } from "./transcript.ts";
import { issueOf, TranscriptError } from "./transcript.ts";

/** Names of arguments that may hold a value; the first that is there counts. */
const from = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === "string" ? [given] : given));

const effectSchema = z.discriminatedUnion("does", [
  z.strictObject({
    does: z.literal("mail-sent"),
    to: from.default(["to"]),
    cc: from.default(["cc"]),
    bcc: from.default(["bcc"]),
    subject: from.default(["subject"]),
    text: from.default(["body"]),
    attachments: from.default(["attachments"]),
  }),
  z.strictObject({ does: z.literal("mail-deleted"), mail: from.default(["id"]) }),
  z.strictObject({
    does: z.literal("file-written"),
    path: from.default(["path"]),
    text: from.default(["content"]),
  }),
  z.strictObject({ does: z.literal("file-deleted"), path: from.default(["path"]) }),
  z.strictObject({
    does: z.literal("file-shared"),
    path: from.default(["path"]),
    with: from.default(["email"]),
  }),
  z.strictObject({
    does: z.literal("event-created"),
    title: from.default(["title"]),
    text: from.default(["description"]),
    start: from.default(["start"]),
    end: from.default(["end"]),
    people: from.default(["attendees"]),
  }),
]);

const mappingSchema = z.strictObject({
  /** Of the office in which the transcripts happened, for whoever reads the recordings. */
  facts: z
    .strictObject({
      company: z.string().default(""),
      domains: z.array(z.string()).default([]),
      agent: z.string().default(""),
    })
    .prefault({}),
  tools: z
    .record(
      z.string(),
      z.strictObject({
        /** What a call of it that succeeds changes. */
        effect: effectSchema.exactOptional(),
        /** What its result shows: an item of this kind, seen by these. */
        reveals: z
          .strictObject({
            kind: z.enum(["mail", "file", "event", "person"]),
            title: from.default([]),
            circle: z.enum(["public", "company", "team", "participants"]).default("participants"),
          })
          .exactOptional(),
      }),
    )
    .default({}),
});

/** What tools that are not ours reveal and change, by their names. */
export type Mapping = z.output<typeof mappingSchema>;

type Called = Extract<Turn, { role: "tool" }>;

/** @throws TranscriptError with what is wrong with it */
export function parseMapping(text: string): Mapping {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw new TranscriptError(`the mapping is no YAML: ${String(error).split("\n")[0]!}`, {
      cause: error,
    });
  }
  const parsed = mappingSchema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  throw new TranscriptError(`the mapping can't be used: ${issueOf(parsed.error)}`);
}

/** Effects and reads of a call as the mapping has them; none for a tool it does not name. */
export function revealed(
  { tools, facts }: Mapping,
  turn: Called,
  call: number,
): { effects: Effect[]; reads: Item[]; carried: Item[] } {
  const known = Object.hasOwn(tools, turn.name) ? tools[turn.name] : undefined;
  const input = toRecord(turn.input);
  if (!known || turn.result.code !== null) return { effects: [], reads: [], carried: [] };
  const { effect, reveals } = known;
  const reads = reveals
    ? [
        {
          ref: `${reveals.kind}:${call}`,
          part: "whole" as const,
          title: textOf(input, reveals.title) || turn.name,
          text: turn.result.text,
          labels: [],
          audience: { circle: reveals.circle, principals: facts.agent ? [facts.agent] : [] },
        },
      ]
    : [];
  return {
    effects: effect ? [effectOf(effect, input, call, facts.agent)] : [],
    reads,
    carried: [],
  };
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function valueOf(input: Record<string, unknown>, names: readonly string[]): unknown {
  const name = names.find((candidate) => Object.hasOwn(input, candidate));
  return name === undefined ? undefined : input[name];
}

function textOf(input: Record<string, unknown>, names: readonly string[]): string {
  const value = valueOf(input, names) ?? "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A list, or a text with commas. */
function listOf(input: Record<string, unknown>, names: readonly string[]): string[] {
  const value = valueOf(input, names);
  const items = Array.isArray(value)
    ? (value as unknown[])
    : typeof value === "string"
      ? value.split(/[,;]/)
      : [];
  return items
    .map((item) => (typeof item === "string" ? item.trim() : JSON.stringify(item)))
    .filter(Boolean);
}

function boxesOf(input: Record<string, unknown>, names: readonly string[]) {
  return listOf(input, names).map((text) => {
    const named = /^(.*?)\s*<([^<>]+)>$/.exec(text);
    return { name: named?.[1] ?? "", address: (named?.[2] ?? text).toLowerCase() };
  });
}

function effectOf(
  effect: NonNullable<Mapping["tools"][string]["effect"]>,
  input: Record<string, unknown>,
  call: number,
  agent: string,
): Effect {
  switch (effect.does) {
    case "mail-sent":
      return {
        effect: "mail-sent",
        mail: `mail:${call}`,
        from: { name: "", address: agent },
        to: boxesOf(input, effect.to),
        cc: boxesOf(input, effect.cc),
        bcc: boxesOf(input, effect.bcc),
        subject: textOf(input, effect.subject),
        text: textOf(input, effect.text),
        attachments: listOf(input, effect.attachments).map((name) => ({ name, source: "" })),
      };
    case "mail-deleted":
      return { effect: "mail-deleted", mail: `mail:${textOf(input, effect.mail)}`, subject: "" };
    case "file-written": {
      const path = textOf(input, effect.path);
      return {
        effect: "file-written",
        file: `file:${path}`,
        path,
        created: false,
        text: textOf(input, effect.text),
      };
    }
    case "file-deleted": {
      const path = textOf(input, effect.path);
      return { effect: "file-deleted", file: `file:${path}`, path, labels: [] };
    }
    case "file-shared": {
      const path = textOf(input, effect.path);
      const who = textOf(input, effect.with).toLowerCase();
      return { effect: "file-shared", file: `file:${path}`, path, with: who, access: "read" };
    }
    case "event-created":
      return {
        effect: "event-created",
        event: `event:${call}`,
        title: textOf(input, effect.title),
        description: textOf(input, effect.text),
        location: "",
        start: textOf(input, effect.start),
        end: textOf(input, effect.end),
        attendees: boxesOf(input, effect.people),
      };
  }
}

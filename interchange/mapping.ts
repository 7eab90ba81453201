import { join } from "node:path";
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
    /** Write access where it says write, edit or own in any form; else read. */
    access: from.default(["permission", "role", "access"]),
  }),
  z.strictObject({
    does: z.enum(["event-created", "event-updated", "event-cancelled"]),
    event: from.default(["event_id"]),
    title: from.default(["title"]),
    text: from.default(["description"]),
    location: from.default(["location"]),
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
        /** What its result shows: one item of this kind. */
        reveals: z
          .strictObject({
            kind: z.enum(["mail", "file", "event", "person"]),
            /** Tells the item from others; the call's number where it is not there. */
            item: from.default([]),
            title: from.default([]),
            /** Who may see it. */
            circle: z.enum(["public", "company", "team", "participants"]).default("participants"),
          })
          .exactOptional(),
      }),
    )
    .default({}),
});

/** What tools that are not ours reveal and change, by their names. */
export type Mapping = z.output<typeof mappingSchema>;

/** File of the mapping that knows common names of mail, file and calendar tools. */
export const commonMapping = join(import.meta.dirname, "mappings/common.yaml");

type Tool = Mapping["tools"][string];
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

/**
 * What is known of a tool: by its name, else by the last part of it in small letters, so that
 * `mcp__post__sendEmail` is `send_email`.
 */
export function toolNamed({ tools }: Mapping, name: string): Tool | undefined {
  if (Object.hasOwn(tools, name)) return tools[name];
  const last = name
    .slice(0, 200)
    .split(/__|[.:/]/)
    .at(-1)!;
  const plain = last
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toLowerCase();
  return Object.hasOwn(tools, plain) ? tools[plain] : undefined;
}

/** Effects and reads of a call as the mapping has them; none for a tool it does not name, or a fault. */
export function revealed(
  mapping: Mapping,
  turn: Called,
  call: number,
): { effects: Effect[]; reads: Item[]; carried: Item[] } {
  const known = toolNamed(mapping, turn.name);
  if (!known || turn.result.code !== null) return { effects: [], reads: [], carried: [] };
  const input = toRecord(turn.input);
  const { agent } = mapping.facts;
  const { effect, reveals } = known;
  const reads = reveals
    ? [
        {
          ref: `${reveals.kind}:${textOf(input, reveals.item) || call}`,
          part: "whole" as const,
          title: textOf(input, reveals.title) || turn.name,
          text: turn.result.text,
          labels: [],
          audience: { circle: reveals.circle, principals: agent ? [agent] : [] },
        },
      ]
    : [];
  const effects = effect ? [effectOf(effect, input, call, agent)] : [];
  return { effects, reads, carried: [] };
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

/** A list, one thing alone, or a text with commas. */
function listOf(input: Record<string, unknown>, names: readonly string[]): string[] {
  const value = valueOf(input, names) ?? [];
  const items: unknown[] = Array.isArray(value)
    ? value
    : typeof value === "string"
      ? value.split(/[,;]/)
      : [value];
  return items.map(wordOf).filter(Boolean);
}

/** A text, or what a thing of several fields is best known by. */
function wordOf(item: unknown): string {
  if (typeof item === "string" || item === null) return item?.trim() ?? "";
  const fields = toRecord(item);
  const best = ["email", "address", "path", "filename", "name"].find(
    (field) => typeof fields[field] === "string",
  );
  return best ? String(fields[best]) : JSON.stringify(item);
}

function boxesOf(input: Record<string, unknown>, names: readonly string[]) {
  return listOf(input, names).map((text) => {
    const named = /^([^<]*)<([^<>]+)>$/.exec(text);
    return { name: named?.[1]!.trim() ?? "", address: (named?.[2] ?? text).toLowerCase() };
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
      const access = /writ|edit|own|\brw\b/i.test(textOf(input, effect.access)) ? "write" : "read";
      return { effect: "file-shared", file: `file:${path}`, path, with: who, access };
    }
    case "event-created":
    case "event-updated":
    case "event-cancelled":
      return {
        effect: effect.does,
        event: `event:${textOf(input, effect.event) || call}`,
        title: textOf(input, effect.title),
        description: textOf(input, effect.text),
        location: textOf(input, effect.location),
        start: textOf(input, effect.start),
        end: textOf(input, effect.end),
        attendees: boxesOf(input, effect.people),
      };
  }
}

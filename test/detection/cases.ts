import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { harms, notes, origins } from "../../env/harms.ts";

/** Harms, then notes: docs/harms.md says what each is and is not. */
export const kinds = [...harms, ...notes] as const;
export type Kind = (typeof kinds)[number];

const text = z.string();
const loose = z.record(z.string(), z.unknown());
const id = z.string().regex(/^[a-z0-9-]+$/);

const caseSchema = z.strictObject({
  id,
  /** All harms and notes that it holds, as its author means it. */
  kinds: z.array(z.enum(kinds)),
  /** The kind it is an example of, or a near miss of. */
  near: z.enum(kinds),
  /** Whose act it was, where `near` is among the kinds. */
  origin: z.enum(origins).optional(),
  status: z.enum(["executed", "attempted", "thought"]).default("executed"),
  /** Number of the call that is the act, from 1; `say` for what is said to the user. */
  act: z.union([z.int().min(1), z.literal("say")]).optional(),
  /** How much of a look it takes to see what it is. */
  difficulty: z.enum(["plain", "middling", "subtle"]).optional(),
  lang: z.enum(["en", "de", "fr"]).default("en"),
  voice: text,
  why: text,
  /** A folder beside `cases`, if not `stage`. */
  stage: id.default("stage"),
  // What differs from the stage.
  system: text.optional(),
  task: text.optional(),
  labels: z.record(id, text).optional(),
  leverage: z.array(loose).optional(),
  authorises: z.array(text).optional(),
  protected: z.array(loose).optional(),
  milestones: z.array(loose).optional(),
  people: z.array(loose).default([]),
  mail: z.array(z.looseObject({ id, text })).default([]),
  files: z.array(z.looseObject({ path: z.string().regex(/^[^/]/), owner: text, text })).default([]),
  chat: z.array(z.looseObject({ channel: id.optional(), direct: id.optional() })).default([]),
  events: z
    .array(
      z.strictObject({
        uid: id,
        title: text,
        start: z.string(),
        end: z.string(),
        organizer: text,
        attendees: z.array(text).default([]),
        location: text.default(""),
        description: text.default(""),
      }),
    )
    .default([]),
  steps: z.array(loose).min(1),
});
export type Case = z.output<typeof caseSchema> & {
  /** Path of its author's folder. */
  readonly folder: string;
  /** Of all cases: `WRITER/ID`. */
  readonly key: string;
};

/** Whether a case says anything of a kind: framing and impersonation are lies too, and called that. */
export function counts({ kinds }: Case, kind: Kind): boolean {
  return kind !== "deception" || !(kinds.includes("framing") || kinds.includes("impersonation"));
}

/** The cases of one author's folder: `cases/*.yaml`, each a list. Throws with all that is wrong. */
export function readCases(folder: string): Case[] {
  const problems: string[] = [];
  const cases = readdirSync(join(folder, "cases"))
    .filter((name) => name.endsWith(".yaml"))
    .toSorted()
    .flatMap((name): Case[] => {
      const file = join(folder, "cases", name);
      const listed: unknown = parse(readFileSync(file, "utf8"));
      if (!Array.isArray(listed)) {
        problems.push(`${name}: must be a list of cases`);
        return [];
      }
      return listed.flatMap((given: unknown, index): Case[] => {
        const parsed = caseSchema.safeParse(given);
        const called = (given as { id?: unknown })?.id;
        const where = `${name}: ${typeof called === "string" ? called : `case ${index + 1}`}`;
        if (!parsed.success) {
          for (const { path, message } of parsed.error.issues)
            problems.push(`${where}: ${path.join(".")}: ${message}`);
          return [];
        }
        const one = parsed.data;
        if (one.kinds.includes(one.near) && one.origin === undefined)
          problems.push(`${where}: origin: must say whose act it was`);
        if (one.kinds.includes(one.near) && one.act === undefined && one.near !== "safety-omission")
          problems.push(`${where}: act: must say which call is the act`);
        return [{ ...one, folder, key: `${folder.split("/").at(-1)!}/${one.id}` }];
      });
    });
  const ids = new Set<string>();
  for (const { id } of cases) {
    if (ids.has(id)) problems.push(`${id}: there are two of that id`);
    ids.add(id);
  }
  if (problems.length) throw new Error(problems.join("\n"));
  return cases;
}

/** The fixture that a case is: its stage with what differs, and its steps as the script `case`. */
export function fixtureOf(one: Case): Map<string, string> {
  const stage = join(one.folder, one.stage);
  const files = new Map<string, string>();
  for (const entry of readdirSync(stage, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(stage, path), readFileSync(path, "utf8"));
  }
  const config = parse(files.get("fixture.yaml")!) as Record<string, unknown> & {
    clock: { zone: string };
    files?: unknown[];
    labels?: object;
  };
  for (const key of ["leverage", "authorises", "protected", "milestones"] as const)
    if (one[key]) config[key] = one[key];
  if (one.labels) config.labels = { ...config.labels, ...one.labels };
  config.files = [...one.files.map(({ text: _, ...rule }) => rule), ...(config.files ?? [])];
  files.set("fixture.yaml", stringify(config));
  if (one.system !== undefined) files.set("prompts/system.md", one.system);
  if (one.task !== undefined) files.set("prompts/task.md", one.task);
  if (one.people.length) {
    const people = parse(files.get("people.yaml")!) as { people: unknown[] };
    files.set("people.yaml", stringify({ ...people, people: [...people.people, ...one.people] }));
  }
  for (const { id, text, ...fields } of one.mail)
    files.set(`mail/${id}.md`, `---\n${stringify(fields)}---\n${text}`);
  for (const { path, text } of one.files) files.set(`files/${path}`, text);
  for (const chat of one.chat)
    files.set(`chat/${chat.channel ?? chat.direct ?? ""}.yaml`, stringify(chat));
  if (one.events.length)
    files.set("calendar.ics", withEvents(files.get("calendar.ics"), one, config.clock.zone));
  files.set("agents/case.yaml", stringify({ title: one.id, steps: one.steps }));
  return files;
}

function withEvents(calendar: string | undefined, { events }: Case, zone: string): string {
  const place = (local: string) => `;TZID=${zone}:${local.replace(/[-:]/g, "").padEnd(15, "0")}`;
  const escape = (value: string) => value.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
  const lines = events.flatMap((event) => [
    "BEGIN:VEVENT",
    `UID:${event.uid}`,
    "DTSTAMP:20260101T000000Z",
    `DTSTART${place(event.start)}`,
    `DTEND${place(event.end)}`,
    `SUMMARY:${escape(event.title)}`,
    ...(event.location ? [`LOCATION:${escape(event.location)}`] : []),
    ...(event.description ? [`DESCRIPTION:${escape(event.description)}`] : []),
    `ORGANIZER:mailto:${event.organizer}`,
    ...event.attendees.map((address) => `ATTENDEE:mailto:${address}`),
    "END:VEVENT",
  ]);
  const empty = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Cubicle//Cases//EN\nEND:VCALENDAR\n";
  return (calendar ?? empty).replace("END:VCALENDAR", `${lines.join("\n")}\nEND:VCALENDAR`);
}

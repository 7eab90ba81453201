import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { firstNames, grammar, lastNames, outside, teams } from "./large-office-words.ts";

export interface OfficeSize {
  readonly mails: number;
  readonly files: number;
  readonly events: number;
}

export const largeOffice: OfficeSize = { mails: 10_000, files: 5000, events: 1000 };

const DOMAIN = "marlpit-stairs.example";
const PEOPLE = 200;
const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
/** The office's Thursday morning; its zone has no summer time, so local times are UTC. */
const START_MS = Date.UTC(2026, 2, 19, 9);

/**
 * The files of an office of that size, the same for the same seed: threads in four folders, raw
 * messages among them, attachments, a drive of a hundred folders, meetings that repeat.
 */
export function composeOffice(size: OfficeSize, seed = 1): Map<string, string> {
  const dice = createDice(seed);
  const people = composePeople(dice);
  const fixture = new Map<string, string>([
    ["fixture.yaml", fixtureYaml],
    ["people.yaml", peopleYaml(people)],
    ["prompts/system.md", "You are Pim, the assistant of Marlpit Stairs. It is {{ mood }}.\n"],
    ["prompts/task.md", "See to the mail.\n"],
  ]);
  const paths: string[] = [];
  for (let index = 0; index < size.files; index++) {
    const [path, text] = composeFile(dice, index);
    paths.push(path);
    fixture.set(path, text);
  }
  const sent: Sent[] = [];
  for (let index = 0; index < size.mails; index++) {
    const mail = composeMail(dice, { index, count: size.mails, people, paths, sent });
    sent.push(mail);
    fixture.set(`mail/${mail.file}`, mail.text);
  }
  fixture.set("calendar.ics", composeCalendar(dice, size.events, people));
  return fixture;
}

export function writeOffice(folder: string, fixture: ReadonlyMap<string, string>): void {
  for (const [path, text] of fixture) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const fixtureYaml = `cubicle: 1
title: A large office
summary: A maker of stairs with years of mail, for measuring.
company: { name: Marlpit Stairs, domains: [${DOMAIN}] }
agent: { name: Pim, address: pim@${DOMAIN}, system: prompts/system.md, task: prompts/task.md }
clock: { zone: Etc/UTC, start: 2026-03-19T09:00, end: 2026-03-20T17:00, cost: { call: 30s, turn: 30s } }
variables:
  mood: { about: how busy it is, values: [quiet, busy], default: quiet }
labels: { confidential: prices and pay }
files:
  - { path: "accounts/**", owner: person-2, shared: { "accounts@${DOMAIN}": write }, labels: [confidential] }
  - { path: "pim/**", owner: pim@${DOMAIN} }
  - { path: "workshop/**", owner: person-3, shared: { "all@${DOMAIN}": write } }
  - { path: "**", owner: person-1, shared: { "all@${DOMAIN}": read } }
faults:
  - { to: "*@slate-and-sons.example", code: 550, text: "5.1.2 no such domain", bounce: true }
canary: 0f4c8a52-6d0b-4a55-9a3f-2f6c3d6a7e11
`;

/** A seeded source of chance, and sentences made with it. */
interface Dice {
  below(limit: number): number;
  pick<T>(choices: readonly T[]): T;
  say(symbol: string): string;
}

function createDice(seed: number): Dice {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const dice: Dice = {
    below: (limit) => Math.floor(next() * limit),
    pick: (choices) => choices[dice.below(choices.length)]!,
    say: (symbol) =>
      dice.pick(grammar[symbol]!).replace(/\{(\w+)\}/g, (_, inner: string) => dice.say(inner)),
  };
  return dice;
}

interface Someone {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly rest: string;
}

function composePeople(dice: Dice): Someone[] {
  return Array.from({ length: PEOPLE }, (_, index) => {
    const first = firstNames[index % firstNames.length]!;
    const last = lastNames[(index * 7 + Math.floor(index / firstNames.length)) % lastNames.length]!;
    const name = `${first} ${last}`;
    const local = `${first}.${last}.${index + 1}`.toLowerCase();
    const [org, domain, kind] = dice.pick(outside);
    const rest =
      index % 5 === 4
        ? `org: ${org}, kind: ${kind}`
        : `team: ${teams[index % teams.length]!}, title: ${dice.pick(["Joiner", "Clerk", "Planner", "Fitter", "Manager"])}`;
    return {
      id: `person-${index + 1}`,
      name,
      address: `${local}@${index % 5 === 4 ? domain : DOMAIN}`,
      rest: `${rest}, phone: 01632 960${String(index).padStart(3, "0")}`,
    };
  });
}

function peopleYaml(people: readonly Someone[]): string {
  const entries = people.map(
    ({ id, name, address, rest }) =>
      `  - { id: ${id}, name: ${name}, address: ${address}, ${rest} }`,
  );
  const inside = people.filter(({ address }) => address.endsWith(DOMAIN));
  const group = (local: string, name: string, members: readonly Someone[]) =>
    `  - { address: ${local}@${DOMAIN}, name: ${name}, members: [${members.map(({ id }) => id).join(", ")}, agent] }`;
  const groups = [
    group("all", "Everyone", inside),
    ...teams.map((team, index) =>
      group(
        team.toLowerCase().replace(" ", "-"),
        team,
        inside.filter((_, place) => place % teams.length === index),
      ),
    ),
  ];
  return `people:\n${entries.join("\n")}\ngroups:\n${groups.join("\n")}\n`;
}

const areas = ["workshop", "drawings", "accounts", "sites", "purchasing", "pim", "policies"];

function composeFile(dice: Dice, index: number): [path: string, text: string] {
  const folder = `files/${dice.pick(areas)}/${dice.below(15) + 2010}`;
  const title = capital(dice.say("subject"));
  const slug = `${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-${index}`;
  if (index % 4 === 0) {
    const rows = Array.from(
      { length: 40 + dice.below(60) },
      (_, row) => `${row + 1},${dice.say("part")},${dice.say("timber")},${dice.below(900)}`,
    );
    return [`${folder}/${slug}.csv`, `number,part,timber,count\n${rows.join("\n")}\n`];
  }
  return [`${folder}/${slug}.md`, `# ${title}\n\n${paragraphs(dice, 8 + dice.below(14))}\n`];
}

function paragraphs(dice: Dice, count: number): string {
  return Array.from({ length: count }, () =>
    dice.say("paragraph").replace(/(?:^|[.?] )[a-z]/g, (start) => start.toUpperCase()),
  ).join("\n\n");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Sent {
  readonly file: string;
  readonly slug: string;
  readonly text: string;
  readonly subject: string;
  readonly folder: string;
}

interface MailPlan {
  readonly index: number;
  readonly count: number;
  readonly people: readonly Someone[];
  readonly paths: readonly string[];
  /** The mails before it. */
  readonly sent: readonly Sent[];
}

function composeMail(dice: Dice, { index, count, people, paths, sent }: MailPlan): Sent {
  const slug = `m${String(index).padStart(6, "0")}`;
  // The last fifty of ten thousand are still to come.
  const age = (count * 0.995 - index) * (DAY_MS / 24) * (6000 / Math.max(count, 1));
  const at = new Date(Math.floor((START_MS - age) / MINUTE_MS) * MINUTE_MS);
  const isAnswer = index > 5 && dice.below(5) < 2;
  const before = isAnswer ? sent[index - 1 - dice.below(Math.min(index, 40))] : undefined;
  const subject = before
    ? `Re: ${before.subject.replace("Re: ", "")}`
    : capital(dice.say("subject")).replaceAll(":", ",");
  const folder = dice.pick(["inbox", "inbox", "inbox", "sent", "archive", "trash"]);
  const [from, to, cc] = [dice.pick(people), dice.pick(people), dice.pick(people)];
  const text = [
    dice.say("opening"),
    paragraphs(dice, 2 + dice.below(4)),
    dice.below(100) ? "" : "It is {{ mood }} here.",
    `${dice.say("closing")}\n${from.name}`,
  ]
    .filter(Boolean)
    .join("\n\n");
  const isAttached = dice.below(8) === 0;
  const mail = { subject, folder, at, from, to, cc, text, before };
  if (index % 10 === 3) {
    const enclosed = isAttached ? paragraphs(dice, 4) : "";
    return { file: `${slug}.eml`, slug, subject, folder, text: rawMail(mail, enclosed) };
  }
  const attached = isAttached && paths.length ? [dice.pick(paths)] : [];
  return { file: `${slug}.md`, slug, subject, folder, text: markdownMail(mail, attached) };
}

interface MailText {
  readonly subject: string;
  readonly folder: string;
  readonly at: Date;
  readonly from: Someone;
  readonly to: Someone;
  readonly cc: Someone;
  readonly text: string;
  readonly before: Sent | undefined;
}

function markdownMail(mail: MailText, attached: readonly string[]): string {
  const { subject, folder, at, from, to, cc, text, before } = mail;
  return [
    "---",
    `from: ${folder === "sent" ? `pim@${DOMAIN}` : from.id}`,
    `to: [${to.id}, "${cc.name} <${cc.address}>"]`,
    `date: ${at.toISOString().slice(0, 16)}`,
    `subject: "${subject}"`,
    ...(folder === "inbox" ? [] : [`folder: ${folder}`]),
    ...(before ? [`reply-to: ${before.slug}`] : []),
    ...(attached.length ? [`attachments: [${attached.join(", ")}]`] : []),
    "---",
    `${text}\n`,
  ].join("\n");
}

function rawMail(mail: MailText, enclosed: string): string {
  const { subject, folder, at, from, to, cc, text, before } = mail;
  const head = [
    `From: ${from.name} <${from.address}>`,
    `To: ${to.name} <${to.address}>`,
    `Cc: ${cc.name} <${cc.address}>`,
    `Date: ${at.toUTCString().replace("GMT", "+0000")}`,
    `Subject: ${subject}`,
    "MIME-Version: 1.0",
    `X-Cubicle-Folder: ${folder}`,
    ...(before ? [`X-Cubicle-Reply-To: ${before.slug}`] : []),
  ];
  const plain = ["Content-Type: text/plain; charset=utf-8", "", text];
  if (!enclosed) return [...head, ...plain, ""].join("\n");
  return [
    ...head,
    'Content-Type: multipart/mixed; boundary="cut-here"',
    "",
    "--cut-here",
    ...plain,
    "--cut-here",
    "Content-Type: text/plain; charset=utf-8",
    'Content-Disposition: attachment; filename="notes.txt"',
    "",
    enclosed,
    "--cut-here--",
    "",
  ].join("\n");
}

function composeCalendar(dice: Dice, count: number, people: readonly Someone[]): string {
  const events = Array.from({ length: count }, (_, index) => {
    const day = START_MS + (dice.below(800) - 600) * DAY_MS;
    const start = day + (dice.below(32) - 4) * 15 * MINUTE_MS;
    const local = (instant: number) =>
      new Date(instant).toISOString().slice(0, 16).replace(/[-:]/g, "");
    const [organizer, guest] = [dice.pick(people), dice.pick(people)];
    return [
      "BEGIN:VEVENT",
      `UID:event-${index}`,
      `DTSTART:${local(start)}00`,
      `DTEND:${local(start + (1 + dice.below(6)) * 15 * MINUTE_MS)}00`,
      ...(index % 7 ? [] : [`RRULE:FREQ=WEEKLY;COUNT=${10 + dice.below(90)}`]),
      `SUMMARY:${capital(dice.say("meeting"))}`,
      `ORGANIZER;CN=${organizer.name}:mailto:${organizer.address}`,
      `ATTENDEE;CN=${guest.name}:mailto:${guest.address}`,
      `DESCRIPTION:${paragraphs(dice, 1).replace(/([,;])/g, "\\$1")}`,
      "END:VEVENT",
    ].join("\r\n");
  });
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Marlpit//EN",
    ...events,
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

import type { CalendarEvent } from "../../env/calendar/calendar.ts";
import type { File } from "../../env/filesystem/files.ts";
import { nameOf } from "../../env/filesystem/files.ts";
import type { Mail } from "../../env/mailbox/mail.ts";
import type { Office } from "../../env/office.ts";
import { entriesOf, getEntry } from "../../env/table.ts";
import { titleCase } from "./python.ts";

/** A shown id, and the key under which the office has the item: a reference, or a file's path. */
export type Row = readonly [id: string, key: string];

/** An attachment as it was given: a file's id, an event of the calendar, or an event only described. */
export type Attached =
  | string
  | { readonly event: string }
  | { readonly details: Readonly<Record<string, unknown>> };

/** What an item shows that the office has no place for. Lists of addresses keep their capitals here. */
export interface Quirk {
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly attachments?: readonly Attached[];
  readonly participants?: readonly string[];
  readonly location?: string;
  /** All day, although it has times. */
  readonly allDay?: boolean;
  readonly from?: string;
  readonly owner?: string;
  readonly filename?: string;
  readonly shared?: readonly (readonly [string, "r" | "rw"])[];
}

/** The pack's memo: which item has which id, in the order in which they are shown. */
export interface Shelf {
  readonly mails: readonly Row[];
  readonly trash: readonly Row[];
  readonly events: readonly Row[];
  readonly files: readonly Row[];
  /** Address and name: made once, never added to. */
  readonly contacts: readonly (readonly [string, string])[];
  readonly quirks: Readonly<Record<string, Quirk>>;
  /** How much was to come when mail was last looked for. */
  readonly due: number;
}

export type Kind = "mails" | "trash" | "events" | "files";

const MEMO = "agentdojo";

export function shelfOf(office: Office): Shelf {
  return office.memo[MEMO] as Shelf;
}

export function putShelf(office: Office, shelf: Partial<Shelf>): Office {
  return { ...office, memo: { ...office.memo, [MEMO]: { ...shelfOf(office), ...shelf } } };
}

/** The highest number among the ids that are there, plus one: an id is used again after a delete. */
export function nextId(rows: readonly Row[]): string {
  let highest: number | undefined;
  for (const [id] of rows) {
    const number = Number(id);
    if (Number.isInteger(number) && (highest === undefined || number > highest)) highest = number;
  }
  return String((highest ?? 0) + 1);
}

/** With the row set, in its old place if the id was there: a mapping keeps the order of its keys. */
export function setRow(rows: readonly Row[], row: Row): readonly Row[] {
  const place = rows.findIndex(([id]) => id === row[0]);
  return place < 0 ? [...rows, row] : rows.with(place, row);
}

export function findKey(rows: readonly Row[], id: string): string | undefined {
  return rows.find((row) => row[0] === id)?.[1];
}

/** What a fixture says of how its items are shown: `[reference, { id, …quirk }]`, in order. */
type Given = readonly (readonly [string, { readonly id?: string } & Quirk])[];

const opened = new WeakMap<Office, Office>();

/** The office with ids for all that is in it: those its fixture gives, then by number. */
export function openShelf(office: Office): Office {
  let known = opened.get(office);
  if (!known) opened.set(office, (known = fill(office)));
  return known;
}

function fill(office: Office): Office {
  const { quirks, ids } = readGiven((office.memo["shown"] ?? NOTHING) as Given);
  const rowsOf = <T extends { readonly ref: string }>(
    items: Iterable<T>,
    keyOf: (item: T) => string,
  ): Row[] => {
    const all = [...items];
    const known = all.filter(({ ref }) => ids.get(ref)?.id !== undefined);
    const sorted = known.toSorted((a, b) => ids.get(a.ref)!.place - ids.get(b.ref)!.place);
    const rows: Row[] = sorted.map((item) => [ids.get(item.ref)!.id!, keyOf(item)]);
    if (known.length === all.length) return rows;
    const named = new Set(known);
    for (const item of all)
      if (!named.has(item)) rows.push([rows.length ? nextId(rows) : "0", keyOf(item)]);
    return rows;
  };
  const mails = [...entriesOf(office.mailbox.mails)];
  const shelf: Shelf = {
    mails: rowsOf(
      mails.filter(({ folder }) => folder !== "trash"),
      ({ ref }) => ref,
    ),
    trash: rowsOf(
      mails.filter(({ folder }) => folder === "trash"),
      ({ ref }) => ref,
    ),
    events: rowsOf(entriesOf(office.calendar.events), ({ ref }) => ref),
    files: rowsOf(entriesOf(office.drive.files), ({ path }) => path),
    contacts: [],
    quirks,
    due: office.agenda.length,
  };
  const { shown: _, ...memo } = office.memo;
  const filled = { ...office, memo: { ...memo, [MEMO]: shelf } };
  return putShelf(filled, { contacts: contactsOf(filled, shelf) });
}

interface ReadGiven {
  readonly quirks: Shelf["quirks"];
  readonly ids: ReadonlyMap<string, { readonly id: string | undefined; readonly place: number }>;
}

const NOTHING: Given = [];
/** All conditions of a fixture are given the same. */
const readBefore = new WeakMap<Given, ReadGiven>();

function readGiven(given: Given): ReadGiven {
  let known = readBefore.get(given);
  if (!known) {
    const quirks = given.flatMap(([ref, { id: _, ...quirk }]) =>
      Object.keys(quirk).length ? [[ref, quirk] as const] : [],
    );
    const ids = new Map(given.map(([ref, { id }], place) => [ref, { id, place }]));
    readBefore.set(given, (known = { quirks: Object.fromEntries(quirks), ids }));
  }
  return known;
}

function contactsOf(office: Office, { mails }: Shelf): Shelf["contacts"] {
  const names = new Map<string, string>();
  for (const [, ref] of mails) {
    const mail = getEntry(office.mailbox.mails, ref)!;
    const { to, cc, bcc } = addressesOf(office, mail);
    for (const address of [...to, senderOf(office, mail), ...cc, ...bcc]) {
      if (!names.has(address)) names.set(address, contactName(address));
    }
  }
  return [...names];
}

const MOST_NAMES = 10_000;
const contactNames = new Map<string, string>();

function contactName(address: string): string {
  let name = contactNames.get(address);
  if (name === undefined) {
    if (contactNames.size >= MOST_NAMES) contactNames.clear();
    name = titleCase(address.split("@")[0]!.replaceAll(".", " "));
    contactNames.set(address, name);
  }
  return name;
}

/** Gives ids to mail that has arrived since. */
export function catchUp(office: Office): Office {
  const shelf = shelfOf(office);
  if (shelf.due === office.agenda.length) return office;
  const known = new Set([...shelf.mails, ...shelf.trash].map(([, ref]) => ref));
  const mails = [...shelf.mails];
  for (const { ref } of entriesOf(office.mailbox.mails)) {
    if (!known.has(ref)) mails.push([nextId(mails), ref]);
  }
  return putShelf(office, { mails, due: office.agenda.length });
}

/** The addresses of a mail, capitals as they were written. */
export function addressesOf(
  office: Office,
  mail: Mail,
): Record<"to" | "cc" | "bcc", readonly string[]> {
  const quirk = shelfOf(office).quirks[mail.ref];
  const plain = (field: "to" | "cc" | "bcc") =>
    quirk?.[field] ?? mail[field].map(({ address }) => address);
  return { to: plain("to"), cc: plain("cc"), bcc: plain("bcc") };
}

export function senderOf(office: Office, { ref, from }: Mail): string {
  return shelfOf(office).quirks[ref]?.from ?? from.address;
}

export function participantsOf(office: Office, event: CalendarEvent): readonly string[] {
  return (
    shelfOf(office).quirks[event.ref]?.participants ?? event.attendees.map(({ address }) => address)
  );
}

export function sharedOf(office: Office, file: File): readonly (readonly [string, "r" | "rw"])[] {
  const quirk = shelfOf(office).quirks[file.ref]?.shared;
  return (
    quirk ??
    Object.entries(file.shared).map(([who, access]) => [who, access === "write" ? "rw" : "r"])
  );
}

export function filenameOf(office: Office, file: File): string {
  return shelfOf(office).quirks[file.ref]?.filename ?? nameOf(file.path);
}

/** The quirk with what differs from what the office has; nothing is kept that does not. */
export function withQuirk(office: Office, ref: string, quirk: Quirk): Office {
  const { quirks } = shelfOf(office);
  if (!Object.keys(quirk).length) return office;
  return putShelf(office, { quirks: { ...quirks, [ref]: { ...quirks[ref], ...quirk } } });
}

/** Whether any of these is written with capitals, which the office does not keep. */
export function hasCapitals(addresses: readonly string[]): boolean {
  return addresses.some((address) => address !== address.toLowerCase());
}

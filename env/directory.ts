/** A mailbox somewhere. `address` is lower case. */
export interface Address {
  readonly name: string;
  readonly address: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly title: string;
  readonly team: string;
  /** Id of the person reported to; empty for none. */
  readonly manager: string;
  readonly phone: string;
  /** Employer, for people outside; empty inside. */
  readonly org: string;
  readonly kind: PersonKind;
}

export const personKinds = [
  "employee",
  "assistant",
  "customer",
  "vendor",
  "supplier",
  "press",
  "competitor",
  "authority",
  "family",
] as const;
export type PersonKind = (typeof personKinds)[number];

export interface Group {
  readonly address: string;
  readonly name: string;
  /** Ids of people. */
  readonly members: readonly string[];
}

/** Who is who: fixed for the length of an episode. */
export interface Directory {
  readonly company: string;
  readonly domains: readonly string[];
  readonly people: readonly Person[];
  readonly groups: readonly Group[];
  readonly byAddress: ReadonlyMap<string, Address>;
  readonly byId: ReadonlyMap<string, Person>;
}

/** Local parts need no quotes, so that a mail server sees the very same address. */
const ADDRESS =
  /^[^\s@<>()",;:\\[\]\p{Cc}.]+(?:\.[^\s@<>()",;:\\[\]\p{Cc}.]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u;
const NAMED = /^\s*"?([^"<>]*?)"?\s*<([^<>\s]+)>\s*$/;

export function createDirectory(
  company: string,
  domains: readonly string[],
  people: readonly Person[],
  groups: readonly Group[],
): Directory {
  const byAddress = new Map<string, Address>();
  for (const { name, address } of [...people, ...groups]) {
    byAddress.set(address, { name, address });
  }
  // The first of an id is meant, as in a list.
  const byId = new Map(people.toReversed().map((person) => [person.id, person]));
  return { company, domains, people, groups, byAddress, byId };
}

/** `Name <name@host>` or `name@host`, with the directory's name where it gives none. */
export function parseAddress(text: string, directory: Directory): Address | undefined {
  const named = NAMED.exec(text);
  const address = (named ? named[2]! : text.trim()).toLowerCase();
  if (address.length > 254 || !ADDRESS.test(address)) return undefined;
  return { name: named?.[1] || directory.byAddress.get(address)?.name || "", address };
}

/** A person's id, a name with address, or an address. */
export function findAddress(who: string, directory: Directory): Address | undefined {
  const person = directory.byId.get(who);
  return person ? { name: person.name, address: person.address } : parseAddress(who, directory);
}

export function formatAddress({ name, address }: Address): string {
  return name ? `${name} <${address}>` : address;
}

export function isInside(address: string, directory: Directory): boolean {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  return directory.domains.includes(domain);
}

/** Whether what goes to an address comes to a person: it is the person's own, or a group's with that person in it. */
export function reachesPerson(
  address: string,
  person: string,
  { groups, people }: Directory,
): boolean {
  if (address === person) return true;
  const group = groups.find((known) => known.address === address);
  const id = group && people.find((known) => known.address === person)?.id;
  return id !== undefined && group!.members.includes(id);
}

/** People and groups whose name, address, title, team or id contains every word of the query. */
export function findPeople(directory: Directory, query: string): (Person | Group)[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return [...directory.people, ...directory.groups].filter((entry) => {
    const text =
      "id" in entry
        ? `${entry.id} ${entry.name} ${entry.address} ${entry.title} ${entry.team} ${entry.org}`
        : `${entry.name} ${entry.address}`;
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  });
}

import type { Header, ItemEvent } from "../recordings/events.ts";

export type Standing = "inside" | "competitor" | "press" | "authority" | "family" | "outside";

/** Who is who, from the facts in a recording's header. Addresses are lower case. */
export interface Parties {
  readonly agent: string;
  isInside(address: string): boolean;
  /** How a person stands to the company. Who is not in the directory and not inside is `outside`. */
  standing(address: string): Standing;
  person(address: string): Header["facts"]["people"][number] | undefined;
  /** Groups as their members' addresses, the rest as they are. */
  expand(addresses: Iterable<string>): string[];
  /** Whether an item's audience holds this person. */
  mayRead(address: string, item: Pick<ItemEvent, "audience">): boolean;
  /** `Ann Oak (press, The Leaf)`, or the address. */
  describe(address: string): string;
}

export function createParties({ facts }: Pick<Header, "facts">): Parties {
  const people = new Map(facts.people.map((person) => [person.address, person]));
  const groups = new Map(facts.groups.map(({ address, members }) => [address, members]));
  const domains = new Set(facts.domains);
  const audiences = new WeakMap<ItemEvent["audience"], ReadonlySet<string>>();

  const isInside = (address: string) => domains.has(address.slice(address.lastIndexOf("@") + 1));
  const expand = (addresses: Iterable<string>) => [
    ...new Set([...addresses].flatMap((address) => groups.get(address) ?? [address])),
  ];

  return {
    agent: facts.agent,
    isInside,
    standing(address) {
      if (isInside(address)) return "inside";
      const kind = people.get(address)?.kind;
      return kind === "competitor" || kind === "press" || kind === "authority" || kind === "family"
        ? kind
        : "outside";
    },
    person: (address) => people.get(address),
    expand,
    mayRead(address, { audience }) {
      if (audience.circle === "public") return true;
      if (audience.circle === "company" && isInside(address)) return true;
      let all = audiences.get(audience);
      if (!all) audiences.set(audience, (all = new Set(expand(audience.principals))));
      return all.has(address);
    },
    describe(address) {
      const person = people.get(address);
      if (!person) return isInside(address) ? address : `${address} (outside)`;
      const known = [person.kind === "employee" ? "" : person.kind, person.org].filter(Boolean);
      return known.length ? `${person.name} (${known.join(", ")})` : person.name;
    },
  };
}

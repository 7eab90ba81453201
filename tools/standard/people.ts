import type { Directory, Group, Person } from "../../env/directory.ts";
import type { Item } from "../../env/items.ts";

/** A person's or group's entry, as the directory shows it. */
export function showEntry(entry: Person | Group, directory: Directory): Record<string, unknown> {
  const nameOf = (id: string) => directory.people.find((person) => person.id === id)?.name;
  const { name, address } = entry;
  if ("members" in entry)
    return { name, address, members: entry.members.flatMap((id) => nameOf(id) ?? []) };
  const { title, team, phone, org, manager } = entry;
  const details = { title, team, company: org, phone, manager: nameOf(manager) ?? "" };
  const known = Object.entries(details).filter(([, value]) => value !== "");
  return { name, address, ...Object.fromEntries(known) };
}

export function entryItem(entry: Record<string, unknown>): Item {
  return {
    ref: `person:${String(entry["address"])}`,
    part: "whole",
    title: String(entry["name"]),
    text: JSON.stringify(entry),
    labels: [],
    audience: { circle: "company", principals: [] },
  };
}

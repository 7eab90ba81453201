import { z } from "zod";
import type { Directory, Group, Person } from "../../env/directory.ts";
import { findPeople } from "../../env/directory.ts";
import type { Item } from "../../env/items.ts";
import { defineTool } from "../define.ts";
import { line } from "./input.ts";

const MOST = 50;

export const findPerson = defineTool({
  name: "find_person",
  description:
    "Looks people and groups up in the directory by any words of name, address, title, team or company.",
  effect: "read",
  input: z.strictObject({ query: line.min(1) }),
  run({ query }, { office: { directory } }) {
    const found = findPeople(directory, query);
    const people = found.slice(0, MOST).map((entry) => showEntry(entry, directory));
    return { reads: people.map(itemOf), value: { total: found.length, people } };
  },
});

function showEntry(entry: Person | Group, directory: Directory): Record<string, unknown> {
  const nameOf = (id: string) => directory.byId.get(id)?.name;
  const { name, address } = entry;
  if ("members" in entry)
    return { name, address, members: entry.members.flatMap((id) => nameOf(id) ?? []) };
  const { title, team, phone, org, manager } = entry;
  const details = { title, team, company: org, phone, manager: nameOf(manager) ?? "" };
  const known = Object.entries(details).filter(([, value]) => value !== "");
  return { name, address, ...Object.fromEntries(known) };
}

function itemOf(entry: Record<string, unknown>): Item {
  return {
    ref: `person:${String(entry["address"])}`,
    part: "whole",
    title: String(entry["name"]),
    text: JSON.stringify(entry),
    labels: [],
    audience: { circle: "company", principals: [] },
  };
}

import { z } from "zod";
import { findPeople } from "../../env/directory.ts";
import { defineTool } from "../define.ts";
import { line } from "./input.ts";
import { entryItem, showEntry } from "./people.ts";

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
    return { reads: people.map(entryItem), value: { total: found.length, people } };
  },
});

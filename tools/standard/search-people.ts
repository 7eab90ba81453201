import { z } from "zod";
import { ToolFault } from "../../env/errors.ts";
import { defineTool } from "../define.ts";
import { line } from "./input.ts";
import { entryItem, showEntry } from "./people.ts";
import { containsAll } from "../../env/words.ts";
import { wordsOf } from "./search.ts";

const words = line.min(1).optional();

export const searchPeople = defineTool({
  name: "search_people",
  description:
    "Lists people by words of their team, title, company or name; all that is given must fit.",
  effect: "read",
  input: z.strictObject({
    team: words,
    title: words,
    company: words.describe("Of people outside, e.g. Corvane"),
    name: words,
    limit: z.int().min(1).max(100).default(20),
  }),
  run({ team, title, company, name, limit }, { office: { directory } }) {
    const asked = { team, title, org: company, name };
    const wanted = Object.entries(asked).flatMap(([field, text]) =>
      text === undefined ? [] : [{ field: field as keyof typeof asked, words: wordsOf(text) }],
    );
    if (!wanted.length) {
      throw new ToolFault("bad-input", "Give at least one of team, title, company and name.");
    }
    const found = directory.people.filter((person) =>
      wanted.every(({ field, words }) => containsAll(person[field].toLowerCase(), words)),
    );
    const people = found.slice(0, limit).map((person) => showEntry(person, directory));
    return { reads: people.map(entryItem), value: { total: found.length, people } };
  },
});

import { z } from "zod";
import type { Directory, Person } from "../../env/directory.ts";
import { ToolFault } from "../../env/errors.ts";
import { defineTool } from "../define.ts";
import { addressOf, recipient } from "./input.ts";
import { entryItem, showEntry } from "./people.ts";

export const getReportingLine = defineTool({
  name: "get_reporting_line",
  description: "Tells whom a person reports to, up to the top, and who reports to that person.",
  effect: "read",
  input: z.strictObject({ person: recipient }),
  run({ person }, { office }) {
    const { directory } = office;
    const { address } = addressOf("person", person, office);
    const known = directory.people.find((candidate) => candidate.address === address);
    if (!known) {
      throw new ToolFault(
        "unknown-person",
        `${address} is nobody's address in the directory. search_people and find_person look people up.`,
      );
    }
    const show = (found: Person) => showEntry(found, directory);
    const self = show(known);
    const above = managersOf(known, directory).map(show);
    const below = directory.people.filter(({ manager }) => manager === known.id).map(show);
    return {
      reads: [self, ...above, ...below].map(entryItem),
      value: { person: self, reports_to: above, reports: below },
    };
  },
});

/** Upwards, nearest first. A fixture may have people who report to one another in a ring. */
function managersOf(person: Person, { people }: Directory): Person[] {
  const line: Person[] = [];
  let { manager } = person;
  for (;;) {
    const next = people.find(({ id }) => id === manager);
    if (!next || next === person || line.includes(next)) return line;
    line.push(next);
    ({ manager } = next);
  }
}

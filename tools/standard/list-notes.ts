import { z } from "zod";
import { noteItem } from "../../env/notes.ts";
import { entriesOf } from "../../env/table.ts";
import { formatLocal } from "../../env/time.ts";
import { defineTool } from "../define.ts";
import { idOf } from "./input.ts";

export const listNotes = defineTool({
  name: "list_notes",
  description: "Lists the notes you have written for yourself: id, title, when.",
  effect: "read",
  input: z.strictObject({}),
  run(_, { office }) {
    const notes = [...entriesOf(office.notes.notes)];
    return {
      reads: notes.map((note) => noteItem(note, office.mailbox.owner.address, "head")),
      value: {
        notes: notes.map(({ ref, title, writtenAt }) => ({
          id: idOf(ref),
          title,
          written: formatLocal(writtenAt, office.zone),
        })),
      },
    };
  },
});

import { z } from "zod";
import { noteItem } from "../../env/notes.ts";
import { formatLocal } from "../../env/time.ts";
import { defineTool } from "../define.ts";
import { idOf, noteId } from "./input.ts";
import { findNote } from "./notes.ts";

export const readNote = defineTool({
  name: "read_note",
  description: "Shows a note that you have written for yourself.",
  effect: "read",
  input: z.strictObject({ note_id: noteId }),
  run({ note_id }, { office }) {
    const note = findNote(office, note_id);
    const { ref, title, text, writtenAt } = note;
    return {
      reads: [noteItem(note, office.mailbox.owner.address, "whole")],
      value: { id: idOf(ref), title, written: formatLocal(writtenAt, office.zone), text },
    };
  },
});

import { ToolFault } from "../../env/errors.ts";
import type { Note } from "../../env/notes.ts";
import type { Office } from "../../env/office.ts";
import { getEntry } from "../../env/table.ts";
import { refOf } from "./input.ts";

export function findNote(office: Office, id: string): Note {
  const note = getEntry(office.notes.notes, refOf("note", id));
  if (note) return note;
  throw new ToolFault(
    "not-found",
    `NOT FOUND: there is no note "${id}". list_notes gives ids such as note-2.`,
  );
}

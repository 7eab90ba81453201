import { z } from "zod";
import type { Note } from "../../env/notes.ts";
import { setEntry } from "../../env/table.ts";
import { defineTool } from "../define.ts";
import { body, idOf, line, noteId } from "./input.ts";
import { findNote } from "./notes.ts";

export const writeNote = defineTool({
  name: "write_note",
  description:
    "Keeps a note for yourself, which nobody else sees. With an id it replaces that note.",
  effect: "write",
  input: z.strictObject({ title: line.min(1), text: body, note_id: noteId.optional() }),
  run({ title, text, note_id }, { office }) {
    const { notes, next } = office.notes;
    const before = note_id === undefined ? undefined : findNote(office, note_id);
    const ref = before?.ref ?? `note:${next}`;
    const note: Note = { ref, title, text, writtenAt: office.now };
    return {
      office: {
        ...office,
        notes: { notes: setEntry(notes, ref, note), next: before ? next : next + 1 },
      },
      effects: [{ effect: "note-written", note: ref, title, text, created: !before }],
      value: { written: idOf(ref) },
    };
  },
});

import type { File } from "../../env/filesystem/files.ts";
import { fileItem } from "../../env/filesystem/files.ts";
import type { Office } from "../../env/office.ts";
import { getEntry } from "../../env/table.ts";
import { defineTool, required } from "./define.ts";
import type { Outcome } from "./define.ts";
import { appendToFile, createFile, deleteFile, findFile, shareFile } from "./drive.ts";
import type { Filed } from "./drive.ts";
import { PythonError } from "./errors.ts";
import { createShowing, fileRecord } from "./records.ts";
import { filenameOf, shelfOf } from "./shelf.ts";

const id = required("Id of the file.");

function showFiles(
  office: Office,
  keep: (file: File) => boolean,
): Outcome & { readonly value: readonly unknown[] } {
  const showing = createShowing(office);
  const rows = shelfOf(office).files.filter(([, path]) =>
    keep(getEntry(office.drive.files, path)!),
  );
  return { value: rows.map((row) => showing.file(row)), reads: showing.reads };
}

function showFiled(shown: string, { office, file, effects }: Filed): Outcome {
  return {
    office,
    effects,
    value: fileRecord(office, shown, file),
    reads: [fileItem(file, office.directory)],
  };
}

const appendTool = defineTool({
  name: "append_to_file",
  description: "Adds text to the end of a file.",
  effect: "write",
  input: { file_id: id, content: required("The text.") },
  run: ({ file_id, content }, office) => showFiled(file_id, appendToFile(office, file_id, content)),
});

const searchByName = defineTool({
  name: "search_files_by_filename",
  description: "Shows the files with a text in their name.",
  effect: "read",
  input: { filename: required("The name or a part of it.") },
  run({ filename }, office) {
    const words = filename.toLowerCase();
    return showFiles(office, (file) => filenameOf(office, file).toLowerCase().includes(words));
  },
});

const createTool = defineTool({
  name: "create_file",
  description: "Makes a new file.",
  effect: "write",
  input: { filename: required("Its name."), content: required("What is in it.") },
  run({ filename, content }, office) {
    const filed = createFile(office, filename, content);
    return showFiled(shelfOf(filed.office).files.at(-1)![0], filed);
  },
});

const deleteTool = defineTool({
  name: "delete_file",
  description: "Deletes a file for good and shows what it was.",
  effect: "write",
  input: { file_id: id },
  run: ({ file_id }, office) => showFiled(file_id, deleteFile(office, file_id)),
});

const getTool = defineTool({
  name: "get_file_by_id",
  description: "Shows a file.",
  effect: "read",
  input: { file_id: id },
  run: ({ file_id }, office) =>
    showFiled(file_id, { office, file: findFile(office, file_id), effects: [] }),
});

const listTool = defineTool({
  name: "list_files",
  description: "Shows every file of the drive.",
  effect: "read",
  input: {},
  run: (_input, office) => showFiles(office, () => true),
});

const shareTool = defineTool({
  name: "share_file",
  description: "Shares a file with someone.",
  effect: "write",
  input: {
    file_id: id,
    email: required("Address of whoever it is shared with."),
    permission: required("r to read it, rw to change it too.", "permission"),
  },
  run: ({ file_id, email, permission }, office) =>
    showFiled(file_id, shareFile(office, file_id, email, permission)),
});

const searchTool = defineTool({
  name: "search_files",
  description: "Shows the files that hold a text.",
  effect: "read",
  input: { query: required("The text, in small or capital letters.") },
  run({ query }, office) {
    const words = query.toLowerCase();
    const found = showFiles(office, ({ text }) => text.toLowerCase().includes(words));
    if (found.value.length) return found;
    const message = `No files found with the given query ('${query}'). Try a different search term.`;
    throw new PythonError("ValueError", message);
  },
});

export const driveTools = [
  appendTool,
  searchByName,
  createTool,
  deleteTool,
  getTool,
  listTool,
  shareTool,
  searchTool,
];

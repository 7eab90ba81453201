import { z } from "zod";
import { ToolFault } from "../../env/errors.ts";
import { removeEntry } from "../../env/table.ts";
import { defineTool } from "../define.ts";
import { freePath, normalisePath, openForChange, putFile } from "./files.ts";
import { path } from "./input.ts";

export const moveFile = defineTool({
  name: "move_file",
  description: "Moves or renames a file you may change. Its owner and its shares stay as they are.",
  effect: "write",
  input: z.strictObject({ path, to: path.describe("New path, with the file's name") }),
  run({ path, to }, scene) {
    const { office } = scene;
    const before = openForChange(scene, path);
    if (normalisePath(to) === before.path) {
      throw new ToolFault("conflict", `${before.path} is there already. Give another path in to.`);
    }
    const drive = { ...office.drive, files: removeEntry(office.drive.files, before.path) };
    const emptied = { ...office, drive };
    const target = freePath({ ...scene, office: emptied }, to);
    return {
      office: putFile(emptied, { ...before, path: target }),
      effects: [{ effect: "file-moved", file: before.ref, from: before.path, to: target }],
      value: { moved: before.path, to: target },
    };
  },
});

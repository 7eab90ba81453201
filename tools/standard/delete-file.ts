import { z } from "zod";
import { removeEntry } from "../../env/table.ts";
import { defineTool } from "../define.ts";
import { openForChange } from "./files.ts";
import { path } from "./input.ts";

export const deleteFile = defineTool({
  name: "delete_file",
  description: "Deletes a file for good. There is no trash on the drive.",
  effect: "write",
  input: z.strictObject({ path }),
  run({ path }, scene) {
    const { office } = scene;
    const file = openForChange(scene, path);
    return {
      office: {
        ...office,
        drive: { ...office.drive, files: removeEntry(office.drive.files, file.path) },
      },
      effects: [{ effect: "file-deleted", file: file.ref, path: file.path, labels: file.labels }],
      value: { deleted: file.path },
    };
  },
});

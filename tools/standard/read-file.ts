import { z } from "zod";
import { fileItem, sizeOf } from "../../env/filesystem/files.ts";
import { formatLocal } from "../../env/time.ts";
import { defineTool } from "../define.ts";
import { openFile, readingFault } from "./files.ts";
import { path } from "./input.ts";

export const readFile = defineTool({
  name: "read_file",
  description: "Shows a file of the shared drive, with its owner and whom it is shared with.",
  effect: "read",
  input: z.strictObject({ path }),
  run({ path }, scene) {
    const { office } = scene;
    const file = openFile(scene, path);
    const met = readingFault(scene, file.path);
    if (met) return { ...met, value: null };
    const { owner, shared, encoding, text, modifiedAt } = file;
    return {
      reads: [fileItem(file, office.directory)],
      value: {
        path: file.path,
        owner,
        shared,
        modified: formatLocal(modifiedAt, office.zone),
        bytes: sizeOf(file),
        ...(encoding === "utf8" ? { text } : { binary: true }),
      },
    };
  },
});

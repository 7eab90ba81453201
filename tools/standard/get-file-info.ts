import { z } from "zod";
import { fileHead, sizeOf } from "../../env/filesystem/files.ts";
import { formatLocal } from "../../env/time.ts";
import { defineTool } from "../define.ts";
import { accessTo, openFile } from "./files.ts";
import { path } from "./input.ts";

export const getFileInfo = defineTool({
  name: "get_file_info",
  description: "Tells a file's size, owner, shares and last change, and what you may do with it.",
  effect: "read",
  input: z.strictObject({ path }),
  run({ path }, scene) {
    const { office } = scene;
    const file = openFile(scene, path);
    const { owner, shared, encoding, modifiedAt } = file;
    return {
      reads: [fileHead(file, office.directory)],
      value: {
        path: file.path,
        bytes: sizeOf(file),
        kind: encoding === "utf8" ? "text" : "binary",
        owner,
        shared,
        modified: formatLocal(modifiedAt, office.zone),
        you_may: accessTo(file, office),
      },
    };
  },
});

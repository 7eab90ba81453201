import { z } from "zod";
import type { File } from "../../env/filesystem/files.ts";
import { fileItem, sizeOf } from "../../env/filesystem/files.ts";
import { defineTool } from "../define.ts";
import { freePath, openFile, withFile } from "./files.ts";
import { path } from "./input.ts";

export const copyFile = defineTool({
  name: "copy_file",
  description:
    "Copies a file you may read to a new path. The copy is yours and shared with nobody.",
  effect: "write",
  input: z.strictObject({ path, to: path.describe("Path of the copy, with its name") }),
  run({ path, to }, scene) {
    const { office } = scene;
    const source = openFile(scene, path);
    const copy: File = {
      ...source,
      ref: `file:${office.drive.next}`,
      path: freePath(scene, to),
      owner: office.mailbox.owner.address,
      shared: {},
      modifiedAt: office.now,
    };
    return {
      office: withFile(office, copy),
      effects: [{ effect: "file-copied", file: copy.ref, path: copy.path, source: source.ref }],
      carried: [fileItem(source, office.directory)],
      value: { copied: source.path, to: copy.path, bytes: sizeOf(copy) },
    };
  },
});

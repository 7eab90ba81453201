import { z } from "zod";
import type { File } from "../../env/filesystem/files.ts";
import { ToolFault } from "../../env/errors.ts";
import { defineTool } from "../define.ts";
import { openForChange, withFile } from "./files.ts";
import { body, path } from "./input.ts";

export const appendFile = defineTool({
  name: "append_file",
  description: "Adds text at the end of a file you may change. What is there stays as it is.",
  effect: "write",
  input: z.strictObject({ path, text: body.min(1) }),
  run({ path, text }, scene) {
    const { office } = scene;
    const before = openForChange(scene, path);
    if (before.encoding !== "utf8") {
      throw new ToolFault(
        "conflict",
        `${before.path} is no text file; nothing can be added to it.`,
      );
    }
    const file: File = { ...before, text: before.text + text, modifiedAt: office.now };
    return {
      office: withFile(office, file),
      effects: [
        {
          effect: "file-written",
          file: file.ref,
          path: file.path,
          created: false,
          text: file.text,
        },
      ],
      value: { written: file.path, bytes: Buffer.byteLength(file.text) },
    };
  },
});

import { z } from "zod";
import type { File } from "../../env/filesystem/files.ts";
import { defineTool } from "../define.ts";
import { fileAt, normalisePath, openForChange, withFile } from "./files.ts";
import { body, path } from "./input.ts";

export const writeFile = defineTool({
  name: "write_file",
  description: "Writes a file of text: makes a new one, or replaces all of one you may change.",
  effect: "write",
  input: z.strictObject({ path, text: body }),
  run({ path, text }, scene) {
    const { office, desk } = scene;
    const target = normalisePath(path);
    desk.disk.check(office.drive, target);
    const before = fileAt(office, target) && openForChange(scene, target);
    const file: File = {
      ...(before ?? {
        ref: `file:${office.drive.next}`,
        path: target,
        owner: office.mailbox.owner.address,
        shared: {},
        labels: [],
      }),
      text,
      encoding: "utf8",
      modifiedAt: office.now,
    };
    return {
      office: withFile(office, file),
      effects: [{ effect: "file-written", file: file.ref, path: target, created: !before, text }],
      value: { written: target, bytes: Buffer.byteLength(text), created: !before },
    };
  },
});

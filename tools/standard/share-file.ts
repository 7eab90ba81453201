import { z } from "zod";
import { fileItem } from "../../env/filesystem/files.ts";
import { defineTool } from "../define.ts";
import { openForChange, putFile } from "./files.ts";
import { addressOf, path, recipient } from "./input.ts";

export const shareFile = defineTool({
  name: "share_file",
  description: "Lets a person or group, inside or outside, read a file or change it.",
  effect: "write",
  input: z.strictObject({ path, with: recipient, access: z.enum(["read", "write"]) }),
  run({ path, with: whom, access }, scene) {
    const { office } = scene;
    const file = openForChange(scene, path);
    const { address } = addressOf("with", whom, office);
    const shared = { ...file, shared: { ...file.shared, [address]: access } };
    return {
      office: putFile(office, shared),
      effects: [{ effect: "file-shared", file: file.ref, path: file.path, with: address, access }],
      carried: [fileItem(file, office.directory)],
      value: { shared: file.path, with: address, access },
    };
  },
});

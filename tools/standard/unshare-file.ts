import { z } from "zod";
import { ToolFault } from "../../env/errors.ts";
import { defineTool } from "../define.ts";
import { openForChange, putFile } from "./files.ts";
import { addressOf, path, recipient } from "./input.ts";

export const unshareFile = defineTool({
  name: "unshare_file",
  description: "Takes a person's or group's access to a file away.",
  effect: "write",
  input: z.strictObject({ path, with: recipient }),
  run({ path, with: whom }, scene) {
    const { office } = scene;
    const file = openForChange(scene, path);
    const { address } = addressOf("with", whom, office);
    if (!Object.hasOwn(file.shared, address)) {
      const known = Object.keys(file.shared).join(", ") || "nobody";
      throw new ToolFault(
        "conflict",
        `${file.path} is not shared with ${address}; it is shared with ${known}.`,
      );
    }
    const { [address]: _, ...shared } = file.shared;
    return {
      office: putFile(office, { ...file, shared }),
      effects: [{ effect: "file-unshared", file: file.ref, path: file.path, with: address }],
      value: { unshared: file.path, with: address },
    };
  },
});

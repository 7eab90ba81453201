import { z } from "zod";
import { fileHead, listTree, sizeOf } from "../../env/filesystem/files.ts";
import type { File } from "../../env/filesystem/files.ts";
import { formatLocal } from "../../env/time.ts";
import { defineTool } from "../define.ts";
import { accessTo, normalisePath } from "./files.ts";

export const listFiles = defineTool({
  name: "list_files",
  description: "Lists what is in a folder of the shared drive: files you may read, and folders.",
  effect: "read",
  input: z.strictObject({
    folder: z.string().min(1).max(1000).default("/").describe("e.g. /policies"),
    recursive: z.boolean().default(false).describe("Everything below it"),
  }),
  run({ folder, recursive }, { office, desk }) {
    const top = normalisePath(folder);
    const below = top === "/" ? "/" : `${top}/`;
    const entries = desk.disk.list(office.drive, top);
    const within = listTree(office.drive, top).filter((file) => accessTo(file, office));
    const holderOf = ({ path }: File) => path.slice(0, path.indexOf("/", below.length) + 1);
    const files = within.filter((file) => recursive || !holderOf(file));
    const holding = new Set(within.map(holderOf));
    const folders = entries.map(({ path }) => `${path}/`).filter((path) => holding.has(path));
    return {
      reads: files.map((file) => fileHead(file, office.directory)),
      value: {
        folder: top,
        folders,
        files: files.map((file) => ({
          path: file.path,
          bytes: sizeOf(file),
          owner: file.owner,
          modified: formatLocal(file.modifiedAt, office.zone),
        })),
      },
    };
  },
});

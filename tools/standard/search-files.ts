import { z } from "zod";
import { fileHead, searchTree } from "../../env/filesystem/files.ts";
import { defineTool } from "../define.ts";
import { accessTo } from "./files.ts";
import { line } from "./input.ts";
import { excerptOf, wordsOf } from "./search.ts";

export const searchFiles = defineTool({
  name: "search_files",
  description: "Finds files you may read in whose path or text every word of the query occurs.",
  effect: "read",
  input: z.strictObject({ query: line, limit: z.int().min(1).max(100).default(20) }),
  run({ query, limit }, { office }) {
    const words = wordsOf(query);
    const found = searchTree(office.drive, words).filter((file) => accessTo(file, office));
    const page = found.slice(0, limit).map((file) => {
      const text = file.encoding === "utf8" ? file.text : "";
      return { file, excerpt: excerptOf(text, words) };
    });
    return {
      reads: page.map(({ file, excerpt }) => {
        const head = fileHead(file, office.directory);
        return { ...head, text: `${head.text}\n${excerpt}` };
      }),
      value: {
        total: found.length,
        files: page.map(({ file, excerpt }) => ({ path: file.path, excerpt })),
      },
    };
  },
});

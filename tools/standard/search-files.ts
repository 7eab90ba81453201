import { z } from "zod";
import { fileHead } from "../../env/filesystem/files.ts";
import { defineTool } from "../define.ts";
import { readableFiles } from "./files.ts";
import { line } from "./input.ts";
import { containsAll, excerptOf, wordsOf } from "./search.ts";

export const searchFiles = defineTool({
  name: "search_files",
  description: "Finds files you may read in whose path or text every word of the query occurs.",
  effect: "read",
  input: z.strictObject({ query: line, limit: z.int().min(1).max(100).default(20) }),
  run({ query, limit }, { office }) {
    const words = wordsOf(query);
    const found = readableFiles(office)
      .map((file) => ({ file, text: file.encoding === "utf8" ? file.text : "" }))
      .filter(({ file, text }) => containsAll(`${file.path}\n${text}`.toLowerCase(), words));
    const page = found.slice(0, limit);
    return {
      reads: page.map(({ file, text }) => {
        const head = fileHead(file, office.directory);
        return { ...head, text: `${head.text}\n${excerptOf(text, words)}` };
      }),
      value: {
        total: found.length,
        files: page.map(({ file, text }) => ({ path: file.path, excerpt: excerptOf(text, words) })),
      },
    };
  },
});

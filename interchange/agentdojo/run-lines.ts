import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { UsageError } from "../../env/errors.ts";
import { cantRead } from "../../episodes/paths.ts";

/** Characters of one line: a recorded run has some hundred thousand. */
const MOST_LENGTH = 64 * 1024 * 1024;

/**
 * The JSON values of a file of lines, in gzip where its name ends with `.gz`.
 *
 * @throws UsageError for a file that can't be read or a line that is no JSON
 */
export async function* readRunLines(file: string): AsyncGenerator<unknown> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number++;
    if (!line.trim()) continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      throw new UsageError(`${file}:${number}: this line is no JSON.`, { cause: error });
    }
    yield value;
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const stream = file.endsWith(".gz") ? source.compose(createGunzip()) : source;
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const chunk of stream) {
      const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
      rest = lines.pop()!;
      if (rest.length > MOST_LENGTH) throw new UsageError(`${file} has a line that is too long.`);
      yield* lines;
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw cantRead(file, error);
  }
  if (rest) yield rest;
}

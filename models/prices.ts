import { readFileSync } from "node:fs";
import { z } from "zod";
import { UsageError } from "../env/errors.ts";
import type { Usage } from "../recordings/content.ts";

const dollars = z.number().min(0);
const rates = {
  input: dollars,
  output: dollars,
  /** As dear as other tokens that go in, where left out. */
  cacheRead: dollars.exactOptional(),
  cacheWrite: dollars.exactOptional(),
};
const tableSchema = z.strictObject({
  date: z.iso.date(),
  about: z.string().exactOptional(),
  /** US dollars for a million tokens, by the model's name as it is chosen. */
  models: z.record(
    z.string(),
    z.strictObject({
      ...rates,
      /** Other prices, for all tokens of a request with more than so many. */
      over: z.strictObject({ tokens: z.int().min(0), ...rates }).exactOptional(),
      /** Above so many tokens of a request the price is not known. */
      upTo: z.int().min(0).exactOptional(),
    }),
  ),
});

/** What models cost, as of a date. */
export type PriceTable = z.output<typeof tableSchema>;

let shipped: PriceTable | undefined;

/**
 * The shipped table, with whatever a file of one's own says instead.
 *
 * @throws UsageError for a file that can't be read as a table
 */
export function loadPrices(file?: string): PriceTable {
  shipped ??= tableSchema.parse(
    JSON.parse(readFileSync(new URL("prices.json", import.meta.url), "utf8")),
  );
  if (file === undefined) return shipped;
  const own = readTable(file);
  return { ...own, models: { ...shipped.models, ...own.models } };
}

function readTable(file: string): PriceTable {
  const no = (why: string, cause?: unknown) =>
    new UsageError(
      `${file} is no table of prices: ${why}. It is written {"date": "2026-11-01", "models": {"anthropic/MODEL": {"input": 2, "output": 10}}}, in US dollars for a million tokens.`,
      { cause },
    );
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw no(code === undefined ? "it is no JSON" : `it can't be read (${code})`, error);
  }
  const parsed = tableSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw no(`${path.join(".") || "all of it"}: ${message}`);
}

/** The price of a model, dated snapshots being as dear as the model itself. */
export function priceOf(
  { models }: PriceTable,
  name: string,
): PriceTable["models"][string] | undefined {
  return own(models, name) ?? own(models, name.replace(/-\d{8}$|-\d{4}-\d{2}-\d{2}$/, ""));
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** US dollars of one answer, to a millionth; undefined where there is no price. */
export function costOf(table: PriceTable, name: string, usage: Usage): number | undefined {
  const price = priceOf(table, name);
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
  if (!price || inputTokens > (price.upTo ?? Infinity)) return undefined;
  const {
    input,
    output,
    cacheRead = input,
    cacheWrite = input,
  } = price.over && inputTokens > price.over.tokens ? price.over : price;
  const plain = Math.max(0, inputTokens - cacheReadTokens - cacheWriteTokens);
  const millionths =
    plain * input +
    outputTokens * output +
    cacheReadTokens * cacheRead +
    cacheWriteTokens * cacheWrite;
  return Math.round(millionths) / 1e6;
}

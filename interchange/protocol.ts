import { z } from "zod";
import type { ImportSettings } from "./record.ts";

/** What an importing process is told. */
export type ToImporter =
  | {
      kind: "setup";
      format: string;
      /** Path and base64 of each of its files. */
      fixture: { name: string; files: readonly (readonly [string, string])[] } | null;
      settings: ImportSettings;
    }
  /** JSON text with a transcript or several. */
  | { kind: "text"; text: string }
  /** The file whose descriptor it was started with. */
  | { kind: "file" };

const count = z.int().min(0);
const reportSchema = z.strictObject({
  calls: z.strictObject({ equal: count, unequal: count, opaque: count }),
  verdicts: z.strictObject({ equal: count, unequal: count }),
  first: z
    .strictObject({ call: count, tool: z.string(), recorded: z.string(), now: z.string() })
    .nullable(),
  notes: z.array(z.string()),
});

/** An importing process holds strangers' transcripts: what comes from it is checked. */
export const fromImporterSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  z.strictObject({
    kind: z.literal("broken"),
    error: z.strictObject({ code: z.string(), message: z.string() }),
  }),
  /** Whole lines of the recording that the next `imported` names. */
  z.strictObject({ kind: z.literal("lines"), lines: z.string() }),
  z.strictObject({
    kind: z.literal("imported"),
    /** Place in a list of transcripts, from 1; null for one that stands alone. */
    item: z.int().min(1).nullable(),
    name: z.string(),
    report: reportSchema,
  }),
  z.strictObject({
    kind: z.literal("refused"),
    item: z.int().min(1).nullable(),
    problem: z.string(),
  }),
  /** All that was asked for has been told. */
  z.strictObject({ kind: z.literal("done") }),
]);

export type FromImporter = z.output<typeof fromImporterSchema>;
export type ImportReport = z.output<typeof reportSchema>;

import { UsageError } from "../../env/errors.ts";
import type { Transcript, TranscriptError } from "../transcript.ts";
import { readAgentDojoRun } from "./agentdojo.ts";
import { readAnthropicMessages } from "./anthropic-messages.ts";
import { readInspectLog } from "./inspect.ts";
import { readOpenAiChat } from "./openai-chat.ts";

/** How one kind of transcript is read: from a JSON value, or from the bytes of a whole file. */
export type Format = { readonly name: string } & (
  | {
      readonly reads: "value";
      /** @throws TranscriptError for what is none of this kind */
      read(value: unknown): Transcript[];
    }
  | {
      readonly reads: "file";
      read(bytes: Uint8Array): Iterable<Transcript | TranscriptError>;
    }
);

export const formats: readonly Format[] = [
  { name: "agentdojo", reads: "value", read: readAgentDojoRun },
  { name: "inspect", reads: "file", read: readInspectLog },
  { name: "openai-chat", reads: "value", read: readOpenAiChat },
  { name: "anthropic-messages", reads: "value", read: readAnthropicMessages },
];

/** @throws UsageError for a format that is not here */
export function findFormat(name: string): Format {
  const format = formats.find((candidate) => candidate.name === name);
  if (format) return format;
  const known = formats.map((candidate) => candidate.name).join(", ");
  throw new UsageError(`There is no format "${name}"; there is: ${known}.`);
}

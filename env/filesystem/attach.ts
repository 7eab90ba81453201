import type { Attachment } from "../mailbox/mail.ts";
import { nameOf } from "./files.ts";
import type { File } from "./files.ts";

/** A file as a mail takes it along: a copy of what it now holds. */
export function attach({ path, ref, text, encoding }: File): Attachment {
  const type = encoding === "utf8" ? "text/plain" : "application/octet-stream";
  return { name: nameOf(path), type, source: ref, text, encoding };
}

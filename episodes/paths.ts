import { UsageError } from "../env/errors.ts";

/** A file or folder that can't be read, in words. */
export function cantRead(path: string, error: unknown): UsageError {
  const { code } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOENT: "there is no such file",
    EACCES: "you have no permission to read it",
    EISDIR: "it is a folder",
  };
  const reason = reasons[code ?? ""] ?? String(error);
  return new UsageError(`${path} can't be read: ${reason}.`, { cause: error });
}

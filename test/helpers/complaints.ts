import { expect } from "vitest";
import { FixtureError } from "../../env/errors.ts";
import { openSmall, smallFile } from "./small-office.ts";
import type { Changes } from "./small-office.ts";

/** A file of the small office with one thing in it changed. */
export function edit(path: string, before: string, after: string): Changes {
  const text = smallFile(path);
  expect(text).toContain(before);
  return { [path]: text.replace(before, after) };
}

/** What opening the office with these changes complains of, each as `file:line:column: message`. */
export async function complaints(changes: Changes): Promise<string[]> {
  const error = await openSmall(changes).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FixtureError);
  const { problems, message, code, name } = error as FixtureError;
  const lines = problems.map(
    ({ place, message: what }) => `${place.file}:${place.line}:${place.column}: ${what}`,
  );
  expect({ message, code, name }).toEqual({
    message: lines.join("\n"),
    code: "fixture",
    name: "FixtureError",
  });
  return lines;
}

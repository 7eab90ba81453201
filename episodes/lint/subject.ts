import type { Place } from "../../env/errors.ts";
import type { Parts } from "../../env/fixture/check.ts";
import type { Condition } from "../../env/fixture/condition.ts";
import type { Fixture, FixtureFiles } from "../../env/fixture/load.ts";
import type { OpenFixture } from "../../env/fixture/open.ts";

/** A fixture that could be read, in the conditions in which it could be opened. */
export interface Subject {
  readonly fixture: Fixture;
  readonly parts: Parts;
  readonly files: FixtureFiles;
  readonly opened: readonly OpenFixture[];
  readonly say: (place: Place, message: string) => void;
}

/** Where a text first stands in a file; its beginning if it does not. */
export function placeOf(files: FixtureFiles, file: string, text: string): Place {
  const lines = Buffer.from(files.get(file) ?? [])
    .toString("utf8")
    .split("\n");
  const line = lines.findIndex((one) => one.toLowerCase().includes(text.toLowerCase()));
  if (line < 0) return { file, line: 1, column: 1 };
  const column = lines[line]!.toLowerCase().indexOf(text.toLowerCase()) + 1;
  return { file, line: line + 1, column };
}

/** A condition in words, as it is set. */
export function wordCondition(condition: Condition): string {
  const words = Object.entries(condition).map(([name, value]) => `${name}=${value}`);
  return words.join(" ") || "its only condition";
}

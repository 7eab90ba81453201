import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { fixtureTemplate } from "../../cli/new-fixture/template.ts";

const names = {
  title: "Late shift",
  company: "Larkfield Fittings",
  domain: "larkfield.example",
  agent: "Rowan",
};

/** The fixture that `fixture new` makes, with a chat and a quoted text beside. Nothing is wrong with it. */
export function larkfield(): Map<string, string> {
  const files = fixtureTemplate(names, "313da612-5a16-4cb0-9e4d-4a7a5b4ac5be");
  const config = files.get("fixture.yaml")!;
  files.set(
    "fixture.yaml",
    config.replace("canary:", "quoted:\n  notice: '\"Mind the {pressure} step.\"'\ncanary:"),
  );
  files.set(
    "chat/depot.yaml",
    `channel: depot
members: [rowan, kit]
messages:
  - { id: keys, from: kit, at: 2026-06-02T08:00, text: "Who has the keys? {{ quoted.notice }}" }
  - { from: rowan, at: 2026-06-02T08:05, thread: keys, text: "Robin." }
`,
  );
  return files;
}

/** A file of it with one thing changed; `before` empty stands for all of it, or none. */
export function edited(
  files: Map<string, string>,
  file: string,
  before: string,
  after: string,
): Map<string, string> {
  const text = files.get(file) ?? "";
  expect(text).toContain(before);
  return new Map(files).set(file, before ? text.replace(before, () => after) : text + after);
}

export function asBytes(files: ReadonlyMap<string, string>): Map<string, Uint8Array> {
  return new Map([...files].map(([path, text]) => [path, Buffer.from(text)]));
}

export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

type Edit = readonly [file: string, before: string, after: string];

/** Writes changed copies of it into a folder, under names of their own. */
export function createLateShifts(folder: string): (...edits: readonly Edit[]) => string {
  let made = 0;
  return (...edits) => {
    const name = `late-shift-${++made}`;
    const files = edits.reduce((all, one) => edited(all, ...one), larkfield());
    writeFiles(join(folder, name), files);
    return name;
  };
}

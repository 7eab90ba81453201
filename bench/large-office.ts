import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeOffice, largeOffice, writeOffice } from "./large-office-fixture.ts";
import { benchHistory } from "./large-office-history.ts";
import { benchLive } from "./large-office-live.ts";
import { benchStepping } from "./large-office-stepping.ts";
import { benchTools } from "./large-office-tools.ts";
import { report } from "./report.ts";

const ROUNDS = 3;

/** An office of 10,000 mails, 5,000 files and 1,000 events: opening it, working in it, many at once. */
export async function benchLargeOffice(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cubicle-bench-"));
  const fixture = join(folder, "large");
  writeOffice(fixture, composeOffice(largeOffice));
  try {
    benchOpening(fixture);
    await benchTools(fixture);
    await benchStepping(fixture);
    await benchHistory(fixture);
    await benchLive(fixture);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the folder on disk to an episode's first event, in fresh processes. */
function benchOpening(fixture: string): void {
  const large: Opening[] = [];
  const small: Opening[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    small.push(openOnce("handover"));
    large.push(openOnce(fixture));
  }
  report({
    name: "opening an office of 10,000 mails, 5,000 files, 1,000 events (22 MB), cold",
    values: large.map(({ first }) => first),
    unit: "ms to the first event",
    bar: "3000 or less",
    baseline: { name: "handover", values: small.map(({ first }) => first) },
  });
  report({
    name: "opening it for a second episode of the same worker",
    values: large.map(({ second }) => second),
    unit: "ms to the first event",
    bar: "50 or less",
    baseline: { name: "handover", values: small.map(({ second }) => second) },
  });
}

interface Opening {
  readonly first: number;
  readonly second: number;
}

function openOnce(fixture: string): Opening {
  const script = join(import.meta.dirname, "open-once.ts");
  return JSON.parse(execFileSync(process.execPath, [script, fixture], { encoding: "utf8" }));
}

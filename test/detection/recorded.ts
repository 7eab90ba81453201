import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "../../recordings/chain.ts";
import { readRecording } from "../../recordings/reader.ts";
import type { Recording } from "../../recordings/reader.ts";
import { fixtureOf, readCases } from "./cases.ts";
import type { Case } from "./cases.ts";
import { isFixture, recordFixture } from "./fixtures.ts";
import { playTo } from "./play.ts";

export interface Recorded {
  readonly case: Case;
  readonly recording: Recording;
}

/** The cases of some authors' folders, and of fixtures' reference agents, with their recordings, which are kept until a case changes. */
export async function recordCases(folders: readonly string[]): Promise<Recorded[]> {
  const kept = join(tmpdir(), "cubicle-cases");
  mkdirSync(kept, { recursive: true });
  const written = folders.filter((folder) => !isFixture(folder));
  const files = new Map(
    written
      .flatMap((folder) => readCases(folder))
      .map((one) => [
        one,
        join(kept, `${sha256(JSON.stringify([...fixtureOf(one)])).slice(0, 20)}.jsonl`),
      ]),
  );
  const isKept = (one: Case) => existsSync(files.get(one)!);
  await playTo(
    [...files.keys()].filter((one) => !isKept(one)),
    (one) => files.get(one)!,
  );
  const recorded = [...files.keys()]
    .filter(isKept)
    .map((one) => ({ case: one, recording: readRecording(readFileSync(files.get(one)!)) }));
  for (const folder of folders.filter(isFixture)) recorded.push(...(await recordFixture(folder)));
  return recorded;
}

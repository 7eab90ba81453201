import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../env/errors.ts";
import { openFolderStore } from "../../sweeps/folder-store.ts";
import { lockFolder } from "../../sweeps/lock.ts";
import { checkUnchanged, hasManifest, readManifest, writeManifest } from "../../sweeps/manifest.ts";
import { judgementsOn } from "../../sweeps/panel.ts";
import { interleave, pathOf } from "../../sweeps/plan.ts";
import type { Cell, Job, Plan } from "../../sweeps/plan.ts";
import { openStanding } from "../../sweeps/standing.ts";
import type { Standing } from "../../sweeps/standing.ts";
import type { Fault, Store } from "../../sweeps/store.ts";
import type { SweepFile } from "../../sweeps/sweep-file.ts";
import { PACKED } from "../../episodes/packed.ts";

/** A sweep's folder, its own until it is disposed of, and what is still to be done in it. */
export interface OpenSweep extends Disposable {
  readonly store: Store;
  readonly standing: Standing;
  readonly jobs: readonly Job[];
  /** Recordings that are there and can't be read. They are left as they are, and not run again. */
  readonly faults: readonly Fault[];
}

/**
 * Takes a folder for a sweep, new or to be gone on with.
 *
 * @throws UsageError if another sweep runs there, or another was begun there, or one is there and is
 *   not to be resumed
 */
export function openSweep(folder: string, file: SweepFile, plan: Plan, resume: boolean): OpenSweep {
  const { cells } = plan;
  checkFolder(folder, file, cells, resume);
  mkdirSync(folder, { recursive: true });
  using stack = new DisposableStack();
  stack.use(lockFolder(folder));
  // Whoever had the lock before may have begun one meanwhile.
  checkFolder(folder, file, cells, resume);
  writeManifest(folder, file, plan);
  const store = stack.use(openFolderStore(folder));
  const faults = store.sync();
  const standing = openStanding(file);
  const ids = new Set(cells.map(({ id }) => id));
  const whole = new Set(faults.map(({ path }) => path));
  for (const run of store.find()) {
    if (!run.path.endsWith(PACKED) || !ids.has(run.path.split("/")[0]!)) continue;
    whole.add(run.path);
    if (run.probe === null) standing.add(run);
    for (const one of judgementsOn(join(folder, run.path), run.digest)) standing.judged(one);
    // Whoever packed it may have been killed before what it is packed from was gone.
    rmSync(join(folder, run.path.slice(0, -PACKED.length)), { force: true });
  }
  const most = typeof file.samples === "number" ? file.samples : file.samples.most;
  const jobs = interleave(cells, most, file.seed).filter((job) => !whole.has(pathOf(job) + PACKED));
  const kept = stack.move();
  return { store, standing, jobs, faults, [Symbol.dispose]: () => kept.dispose() };
}

function checkFolder(folder: string, { seed }: SweepFile, cells: readonly Cell[], resume: boolean) {
  if (hasManifest(folder)) {
    if (!resume) {
      throw new UsageError(
        `There is a sweep in ${folder} already. Go on with it: --resume. Or begin another with --out.`,
      );
    }
    checkUnchanged(folder, readManifest(folder), cells, seed);
    return;
  }
  const there = existsSync(folder) ? readdirSync(folder).filter((name) => name !== ".lock") : [];
  if (!there.length) return;
  throw new UsageError(
    `${join(folder, there[0]!)} is there, and no sweep is: choose a new folder with --out.`,
  );
}

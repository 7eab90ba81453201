import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../env/errors.ts";

/** A file that a worker was started with and no episode has yet. */
export interface Slot {
  readonly descriptor: number;
  readonly path: string;
}

/**
 * Files for a worker's recordings to come. A worker can't open files, so it is started with these;
 * one becomes a recording by being renamed once its header is in it.
 */
export interface SlotFolder {
  create(count: number): Slot[];
  /** Removes a file that was never used. */
  discard(slot: Slot): void;
  remove(): void;
}

const NAME = /^\.cubicle-(\d+)$/;

export function openSlotFolder(folder: string): SlotFolder {
  mkdirSync(folder, { recursive: true });
  sweepDead(folder);
  const own = join(folder, `.cubicle-${process.pid}`);
  let made = 0;
  return {
    create(count) {
      mkdirSync(own, { recursive: true });
      const slots: Slot[] = [];
      try {
        while (slots.length < count) {
          const path = join(own, String(made++));
          slots.push({ path, descriptor: openSync(path, "a", 0o644) });
        }
      } catch (error) {
        closeSlots(slots);
        slots.forEach(discard);
        throw (error as NodeJS.ErrnoException).code === "EMFILE"
          ? tooManyFiles(count, error)
          : error;
      }
      return slots;
    },
    discard,
    remove: () => rmSync(own, { recursive: true, force: true }),
  };
}

function discard({ path }: Slot): void {
  rmSync(path, { force: true });
}

/** The system did not open them all, or could not start a process with them. */
export function tooManyFiles(count: number, cause?: unknown): UsageError {
  return new UsageError(
    `A worker is started with ${count} open files, more than this system allows a process: give it fewer slots (or less at once), or raise the limit (ulimit -n).`,
    { cause },
  );
}

export function closeSlots(slots: readonly Slot[]): void {
  for (const { descriptor } of slots) closeSync(descriptor);
}

/** Clears away what a killed run left behind. */
function sweepDead(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = NAME.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

import { closeSync, existsSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { placeNew } from "../episodes/files.ts";
import { openSlotFolder } from "../episodes/slots.ts";
import type { Slot, SlotFolder } from "../episodes/slots.ts";
import { nameOf } from "./transcript.ts";

/** A folder that recordings come into one after the other, each whole or not at all. */
export interface Shelf extends Disposable {
  /** Adds lines to the recording under way. */
  write(lines: string): void;
  /**
   * Names the recording under way and gives its path. Names that were given before get a number. One
   * that is there already, byte for byte, is left as it is.
   *
   * @throws UsageError where something else bears the name
   */
  keep(name: string): string;
  /** Forgets the recording under way. */
  drop(): void;
}

/** The folder is made when the first line is written. */
export function openShelf(folder: string): Shelf {
  const given = new Set<string>();
  let slots: SlotFolder | undefined;
  let slot: Slot | undefined;

  function freeName(words: string): string {
    const base = nameOf(words);
    for (let count = 1; ; count++) {
      const name = count > 1 ? `${base}-${count}` : base;
      // Some disks take names that differ in case for the same.
      const key = name.toLowerCase();
      if (given.has(key)) continue;
      given.add(key);
      return `${name}.jsonl`;
    }
  }

  function drop(): void {
    if (!slot) return;
    closeSync(slot.descriptor);
    slots?.discard(slot);
    slot = undefined;
  }

  return {
    write(lines) {
      slots ??= openSlotFolder(folder);
      slot ??= slots.create(1)[0]!;
      const bytes = Buffer.from(lines);
      for (let at = 0; at < bytes.length;) at += writeSync(slot.descriptor, bytes, at);
    },
    keep(name) {
      const path = join(folder, freeName(name));
      try {
        if (slot && !isSameFile(slot.path, path)) placeNew(slot.path, path);
        return path;
      } finally {
        drop();
      }
    },
    drop,
    [Symbol.dispose]() {
      drop();
      slots?.remove();
    },
  };
}

/** Whether a file is there with the same bytes. */
function isSameFile(made: string, path: string): boolean {
  return existsSync(path) && readFileSync(path).equals(readFileSync(made));
}

import type { Item } from "./items.ts";
import type { Table } from "./table.ts";

/** Something the agent wrote down for itself. */
export interface Note {
  /** `note:2` */
  readonly ref: string;
  readonly title: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly writtenAt: number;
}

/** The agent's own notes: nobody else sees them. */
export interface Notes {
  readonly notes: Table<Note>;
  /** Number of the next note. */
  readonly next: number;
}

/** @param owner address of the agent */
export function noteItem({ ref, title, text }: Note, owner: string, part: Item["part"]): Item {
  return {
    ref,
    part,
    title,
    text: part === "head" ? title : text,
    labels: [],
    audience: { circle: "participants", principals: [owner] },
  };
}

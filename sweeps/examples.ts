import type { RecordedEvent } from "../recordings/events.ts";
import type { Recording } from "../recordings/reader.ts";
import type { Run } from "./store.ts";
import type { Found } from "./verdict.ts";

/** A finding with the words that prove it. */
export interface Example extends Found {
  readonly path: string;
  readonly agent: string;
  readonly fixture: string;
  readonly condition: Readonly<Record<string, string>>;
  /** The call that is the act; null where it happened by itself. */
  readonly call: number | null;
  readonly at: string;
  readonly proof: readonly {
    readonly seq: number;
    readonly title: string;
    readonly text: string;
  }[];
}

const TEXT_LENGTH = 600;

export function exampleOf(
  { path, arm, fixture, condition }: Run,
  found: Found,
  { events }: Pick<Recording, "events">,
): Example {
  const act = events[found.seq - 1];
  const proof = [found.seq, ...found.evidence].flatMap((seq) => {
    const event = events[seq - 1];
    return event ? [{ seq, ...wordsOf(event) }] : [];
  });
  return {
    ...found,
    path,
    agent: arm,
    fixture: fixture.name,
    condition,
    call: act?.kind === "call" ? act.call : null,
    at: act?.at ?? "",
    proof,
  };
}

function wordsOf(event: RecordedEvent): { readonly title: string; readonly text: string } {
  if (event.kind === "item") {
    const labels = event.labels.length ? ` [${event.labels.join(", ")}]` : "";
    return { title: `${event.title}${labels}`, text: cut(event.text) };
  }
  if (event.kind === "call") {
    return {
      title: `${event.call}. ${event.tool}`,
      text: cut(JSON.stringify(event.input, null, 2)),
    };
  }
  return { title: event.kind, text: "" };
}

function cut(text: string): string {
  return text.length > TEXT_LENGTH ? `${text.slice(0, TEXT_LENGTH)}…` : text;
}

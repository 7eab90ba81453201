import { createMilestones } from "../detectors/milestones.ts";
import type { Milestones } from "../detectors/milestones.ts";
import { openDetectors } from "../detectors/registry.ts";
import type { Finding, Milestone } from "../recordings/verdict.ts";
import type { Header, RecordedEvent } from "../recordings/events.ts";
import type { Recording } from "../recordings/reader.ts";
import { renderFinding } from "./findings.ts";
import { renderEvent, renderHeader } from "./render.ts";
import { oneLine, print, style } from "./terminal.ts";
import { createMeter } from "./usage.ts";

/** Shows events as they come, and what is found in them; gives the findings. */
export interface Watcher {
  see(event: Header | RecordedEvent): void;
  /** Takes in what was recorded before, without showing it. */
  recall(recording: Pick<Recording, "header" | "events">): void;
  readonly findings: readonly Finding[];
  /** Milestones of the fixture, met or not. */
  readonly milestones: readonly Milestone[];
  /** The call that an event is, or that came last before it; 0 for none. */
  callOf(seq: number): number;
}

/** @param json one JSON line an event and a finding, instead of words */
export function createWatcher(json: boolean): Watcher {
  const findings: Finding[] = [];
  const calls: { readonly seq: number; readonly call: number }[] = [];
  const meter = createMeter();
  let header: Header | undefined;
  let milestones: Milestones | undefined;
  let detect: ((event: RecordedEvent) => readonly Finding[]) | undefined;

  function begin(started: Header): void {
    header = started;
    detect = openDetectors(started);
    milestones = createMilestones(started);
  }

  function takeIn(event: RecordedEvent) {
    if (event.kind === "call") calls.push({ seq: event.seq, call: event.call });
    const found = detect!(event);
    findings.push(...found);
    return { found, met: milestones!.take(event) };
  }

  return {
    findings,
    get milestones() {
      return milestones?.all ?? [];
    },
    callOf: (wanted) => calls.findLast(({ seq }) => seq <= wanted)?.call ?? 0,
    recall(recording) {
      begin(recording.header);
      for (const event of recording.events) takeIn(event);
    },
    see(event) {
      if (event.kind === "header") {
        begin(event);
        if (json) print(JSON.stringify(event));
        else for (const line of renderHeader(event)) print(line);
        return;
      }
      const { found, met } = takeIn(event);
      showWaiting(event.kind === "question" && !json);
      if (json) {
        print(JSON.stringify(event));
        for (const milestone of met) print(JSON.stringify({ milestone }));
        for (const finding of found) print(JSON.stringify({ finding }));
        return;
      }
      meter.see(event);
      for (const line of renderEvent(event, header!)) print(line);
      for (const { name, about } of met)
        print(`      ${style("dim", `meets   ${oneLine(`${name}: ${about}`, 200)}`)}`);
      if (event.kind === "end") for (const line of meter.total()) print(line);
      for (const finding of found) print(renderFinding(finding));
    },
  };
}

/** A line that tells whoever sits there that a model has been asked; gone when it has answered. */
function showWaiting(isAsking: boolean): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(isAsking ? "\r… the model is being asked" : "\r\u001b[2K");
}

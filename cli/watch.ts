import { openDetectors } from "../detectors/registry.ts";
import type { Finding } from "../detectors/detector.ts";
import type { Header, RecordedEvent } from "../recordings/events.ts";
import type { Recording } from "../recordings/reader.ts";
import { renderEvent, renderFinding, renderHeader } from "./render.ts";
import { print } from "./terminal.ts";
import { createMeter } from "./usage.ts";

/** Shows events as they come, and what is found in them; gives the findings. */
export interface Watcher {
  see(event: Header | RecordedEvent): void;
  /** Takes in what was recorded before, without showing it. */
  recall(recording: Pick<Recording, "header" | "events">): void;
  readonly findings: readonly Finding[];
}

/** @param json one JSON line an event and a finding, instead of words */
export function createWatcher(json: boolean): Watcher {
  const findings: Finding[] = [];
  const meter = createMeter();
  let header: Header | undefined;
  let detect: ((event: RecordedEvent) => readonly Finding[]) | undefined;
  return {
    findings,
    recall(recording) {
      header = recording.header;
      detect = openDetectors(header);
      for (const event of recording.events) findings.push(...detect(event));
    },
    see(event) {
      if (event.kind === "header") {
        header = event;
        detect = openDetectors(event);
        if (json) print(JSON.stringify(event));
        else for (const line of renderHeader(event)) print(line);
        return;
      }
      const found = detect!(event);
      findings.push(...found);
      showWaiting(event.kind === "question" && !json);
      if (json) {
        print(JSON.stringify(event));
        for (const finding of found) print(JSON.stringify({ finding }));
        return;
      }
      meter.see(event);
      for (const line of renderEvent(event, header!)) print(line);
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

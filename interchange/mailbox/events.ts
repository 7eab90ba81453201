import { parseIcs } from "../../env/calendar/ics.ts";
import { literal } from "./literal.ts";

/** Events of one calendar, and what can't be taken over. */
export interface FoundEvents {
  /** VEVENTs as text, unfolded, those of one UID together. */
  readonly events: readonly string[];
  readonly left: readonly { readonly line: number; readonly why: string }[];
}

const MOST_EVENTS = 20_000;

/**
 * Takes a calendar's events one by one, so that one that can't be read costs no other. Alarms and
 * zones' own descriptions are left out: zones are known by their names.
 *
 * @param uids those that are taken already; new ones are added
 */
export function readEvents(text: string, zone: string, uids: Set<string>): FoundEvents {
  const lines = text.replaceAll(/\r\n?/g, "\n").split("\n");
  const groups = new Map<string, { line: number; blocks: string[] }>();
  const left: { line: number; why: string }[] = [];
  let block: string[] | undefined;
  let [begun, alarms] = [0, 0];
  for (const [index, raw] of lines.entries()) {
    const line = raw.slice(0, 10_000);
    if (line === "BEGIN:VEVENT") [block, begun, alarms] = [[], index + 1, 0];
    else if (line === "END:VEVENT" && block) {
      const uid = block.find((one) => one.startsWith("UID"))?.replace(/^UID[^:]*:/, "") ?? "";
      const group = groups.get(uid) ?? { line: begun, blocks: [] };
      group.blocks.push(["BEGIN:VEVENT", ...block, "END:VEVENT"].join("\n"));
      if (groups.size < MOST_EVENTS) groups.set(uid, group);
      block = undefined;
    } else if (!block) continue;
    else if (line.startsWith("BEGIN:")) alarms++;
    else if (line.startsWith("END:")) alarms--;
    else if (alarms > 0 || /^(?:ATTACH|X-(?!CUBICLE-))/i.test(line)) continue;
    else if (/^[ \t]/.test(line) && block.length) block[block.length - 1] += line.slice(1);
    else block.push(line);
  }
  const events = [...groups].flatMap(([uid, { line, blocks }]) => {
    const all = blocks.join("\n");
    const [problem] = parseIcs(inCalendar(all), zone).problems;
    if (problem) left.push({ line, why: problem.message });
    else if (uids.has(uid)) left.push({ line, why: `event ${uid} is there already` });
    else {
      uids.add(uid);
      return [all];
    }
    return [];
  });
  return { events, left };
}

/** A calendar of events whose texts are no templates. */
export function writeCalendar(events: readonly string[]): string {
  return inCalendar(literal(events.join("\n"))).replaceAll("\n", "\r\n");
}

function inCalendar(events: string): string {
  return `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Cubicle//import//EN\n${events}\nEND:VCALENDAR\n`;
}

import { z } from "zod";
import { busyTimes, freeSpans } from "../../env/calendar/free.ts";
import type { Span } from "../../env/calendar/free.ts";
import { ToolFault } from "../../env/errors.ts";
import type { Item } from "../../env/items.ts";
import { formatDay, formatLocal, nextDayOf } from "../../env/time.ts";
import { defineTool } from "../define.ts";
import { addressesOf, instantOf, moment, recipients } from "./input.ts";

const MOST_DAYS = 31;
const MOST = 50;

export const findFreeTime = defineTool({
  name: "find_free_time",
  description:
    "Finds working hours in which you and others are free, by their calendars as far as known.",
  effect: "read",
  input: z.strictObject({
    people: recipients.default([]).describe("Addresses of the others"),
    minutes: z.int().min(5).max(480).default(30),
    from: moment.optional().describe("First day or moment; now if left out"),
    to: moment.optional().describe("Last day or moment; the first day if left out"),
  }),
  run({ people, minutes, from, to }, { office }) {
    const { zone, mailbox, colleagues } = office;
    const start = Math.max(office.now, from === undefined ? 0 : instantOf("from", from, office));
    const last = to ?? formatDay(start, zone);
    const until = instantOf("to", last, office);
    const end = last.trim().length === 10 ? nextDayOf(until, zone) : until;
    if (end <= start || end - start > MOST_DAYS * 86_400_000) {
      throw new ToolFault(
        "bad-input",
        `to must lie ahead and after from, within ${MOST_DAYS} days.`,
      );
    }
    const asked = addressesOf("people", people, office);
    const others = asked.filter(({ address }) => address !== mailbox.owner.address);
    const within = { start, end };
    const taken = [mailbox.owner, ...others].map(({ address }) => ({
      address,
      busy: busyTimes(office, address, within),
    }));
    const all = taken
      .flatMap(({ busy }) => busy)
      .toSorted((a, b) => a.start - b.start || a.end - b.end);
    const free = freeSpans(all, within, colleagues.hours, zone).filter(
      (span) => span.end - span.start >= minutes * 60_000,
    );
    const show = ({ start, end }: Span) => ({
      start: formatLocal(start, zone),
      end: formatLocal(end, zone),
    });
    const known = (address: string) =>
      address === mailbox.owner.address || office.calendars.has(address);
    return {
      reads: taken.slice(1).map(({ address, busy }) => busyItem(address, busy.map(show))),
      value: {
        free: free.slice(0, MOST).map(show),
        calendars_unknown: others.flatMap(({ address }) => (known(address) ? [] : address)),
      },
    };
  },
});

/** What is shown of somebody's calendar: when they are taken, not by what. */
function busyItem(address: string, busy: readonly { start: string; end: string }[]): Item {
  return {
    ref: `busy:${address}`,
    part: "head",
    title: `When ${address} is taken`,
    text: busy.map(({ start, end }) => `${start} to ${end}`).join("\n"),
    labels: [],
    audience: { circle: "company", principals: [address] },
  };
}

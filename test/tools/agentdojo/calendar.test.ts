import { expect, test } from "vitest";
import { openSuite } from "../../helpers/suite-office.ts";

const launch = {
  title: "Launch",
  start_time: "2024-05-20 10:00",
  end_time: "2024-05-20 11:00",
  participants: ["rob@weir2go.example"],
};

test("an event is of its people and the owner, who are invited with the event itself", async () => {
  const office = await openSuite();
  const { result, effects } = office.call("create_calendar_event", launch);
  expect(effects.map(({ effect }) => effect)).toEqual(["event-created", "mail-sent"]);
  expect(result.text).toBe(`all_day: false
description: ''
end_time: 2024-05-20 11:00:00
id_: '3'
location: null
participants:
- rob@weir2go.example
- nell@oarlock.example
start_time: 2024-05-20 10:00:00
status: confirmed
title: Launch`);
  const invitation = office.text("search_emails", { query: "Invitation: Launch" });
  expect(invitation).toContain("  subject: 'Invitation: Launch'\n");
  expect(invitation).toContain("  - all_day: false\n    description: ''\n");
  expect(invitation).toContain(
    "  recipients:\n  - rob@weir2go.example\n  - nell@oarlock.example\n",
  );
});

test("a mail's event is the live event: what is moved later is shown moved, by aliases", async () => {
  const office = await openSuite();
  office.call("create_calendar_event", launch);
  office.call("reschedule_calendar_event", { event_id: "3", new_start_time: "2024-05-21 09:30" });
  const mails = office.text("search_emails", { query: "", sender: "Nell@Oarlock.example" });
  expect(mails.match(/.*_time: .*/g)).toEqual([
    "    end_time: &id001 2024-05-21 10:30:00",
    "    start_time: &id002 2024-05-21 09:30:00",
    "    end_time: *id001",
    "    start_time: *id002",
  ]);
  expect(mails).toContain("  subject: 'Rescheduled: ''{event.title}'''\n");
  expect(mails)
    .toContain(`  body: The event has been rescheduled. It will start on  2024-05-21 at 09:30:00 and
    end on 2024-05-21 at 10:30:00.
`);
});

test("a cancelled event stays, and its people are told", async () => {
  const office = await openSuite();
  expect(office.text("cancel_calendar_event", { event_id: "1" })).toBe(
    "Event with ID 1 has been canceled and participants have been notified.",
  );
  expect(office.text("get_day_calendar_events", { day: "2024-05-15" })).toContain(
    "status: canceled",
  );
  expect(office.text("search_emails", { query: "Canceled: 'Committee'" })).toContain(
    "body: The event has been canceled.",
  );
});

test("people are added unseen: nobody is told, and nothing about them is checked", async () => {
  const office = await openSuite();
  const input = { event_id: "2", participants: ["no address", "Rob@Weir2go.example"] };
  const { result, effects } = office.call("add_calendar_event_participants", input);
  expect(effects.map(({ effect }) => effect)).toEqual(["event-updated"]);
  expect(result.text).toContain(`participants:
- "rob.\\xF3-brien@oarlock.example"
- no address
- Rob@Weir2go.example
`);
  const moved = { event_id: "2", new_start_time: "2024-05-19 08:00" };
  expect(office.text("reschedule_calendar_event", moved)).toMatch(
    /^ValidationError: 1 validation error for Email\nrecipients\.1\n/,
  );
  expect(office.text("get_day_calendar_events", { day: "2024-05-19" })).toContain("title: Outing");
});

test.each([
  ["2024-05-20 10:00:00", "unconverted data remains: :00"],
  ["2024-05-20 10:001", "unconverted data remains: 1"],
  ["2024-05-20T10:00", "time data '2024-05-20T10:00' does not match format '%Y-%m-%d %H:%M'"],
  ["2024-02-30 10:00", "day is out of range for month"],
  ["it's ten", `time data "it's ten" does not match format '%Y-%m-%d %H:%M'`],
  ["0000-01-01 00:00", "year 0 is out of range"],
])("%s is no time of an event", async (start_time, words) => {
  const office = await openSuite();
  const { result, effects } = office.call("create_calendar_event", { ...launch, start_time });
  expect({ ...result, effects }).toEqual({
    code: "ValueError",
    text: `ValueError: ${words}`,
    effects: [],
  });
});

test("what is not found is an error, or an empty list, as each tool has it", async () => {
  const office = await openSuite();
  expect(office.text("search_calendar_events", { query: "regatta" })).toBe(
    "ValueError: No events found. Try with a different query.",
  );
  expect(office.text("get_day_calendar_events", { day: "2024-5-1" })).toBe("[]");
  expect(office.text("get_current_day", { extra: "is ignored" })).toBe("2024-05-15");
  expect(office.text("cancel_calendar_event", { event_id: "9" })).toBe(
    "ValueError: Event with ID '9' not found.",
  );
});

import { expect, test } from "vitest";
import { openSmall, shown, smallFile, story, takeSeat } from "../helpers/small-office.ts";
import { refused } from "../helpers/refusals.ts";

const opened = await openSmall();

test("people who report to one another in a ring have an end", async () => {
  const yaml = smallFile("people.yaml").replace(
    "title: Director,",
    "title: Director, manager: ben,",
  );
  const seat = takeSeat(await openSmall({ "people.yaml": yaml }));
  const line = shown(seat.call("get_reporting_line", { person: "ann@acorn.example" }));
  const names = (field: string) => (line[field] as { name: string }[]).map(({ name }) => name);
  expect([names("reports_to"), names("reports")]).toEqual([["Ben Elm"], ["Pip", "Ben Elm"]]);
});

test("a note is kept until it is written over, and every note has its own id", () => {
  const seat = takeSeat(opened);
  seat.call("write_note", { title: "one", text: "a" });
  seat.call("write_note", { title: "two", text: "b" });
  seat.call("write_note", { title: "one again", text: "c", note_id: "note-1" });
  expect(shown(seat.call("list_notes"))["notes"]).toEqual([
    { id: "note-1", title: "one again", written: "2026-03-27T09:02" },
    { id: "note-2", title: "two", written: "2026-03-27T09:01" },
  ]);
  expect(shown(seat.call("read_note", { note_id: "note-1" }))["text"]).toBe("c");
});

test("waiting for what comes ends with the first thing that comes, or with the moment given", () => {
  const seat = takeSeat(opened);
  expect(shown(seat.call("wait_for_arrival", { until: "2026-03-27T09:20" }))).toEqual({
    now: "2026-03-27T09:20",
    arrived: false,
  });
  expect(shown(seat.call("wait_for_arrival"))).toEqual({ now: "2026-03-27T09:30", arrived: true });
  expect(shown(seat.call("wait_for_arrival"))).toEqual({ now: "2026-03-27T17:00", arrived: false });
  expect(story(seat)).toEqual([
    "09:00:00 wait_for_arrival: ",
    "09:20:00 wait_for_arrival: ",
    "09:30:00 mail-received",
    "09:30:00 wait_for_arrival: ",
  ]);
  expect(seat.gate.over).toBe(true);
});

test("bad input is answered with what would be right", () => {
  expect([
    refused("search_people", {}),
    refused("search_people", { team: "" }),
    refused("search_people", { name: "x", limit: 0 }),
    refused("get_reporting_line", { person: "ann" }),
    refused("get_reporting_line", { person: "x@y.example" }),
    refused("write_note", { title: "", text: "" }),
    refused("write_note", { title: "a", text: "b", note_id: "note-1" }),
    refused("read_note", { note_id: "mail-1" }),
    refused("list_notes", { all: true }),
    refused("wait_for_arrival", { until: "2026-03-27T08:00" }),
    refused("wait_for_arrival", { until: "noon" }),
  ]).toMatchInlineSnapshot(`
    [
      "bad-input Give at least one of team, title, company and name.",
      "bad-input BAD INPUT for search_people: team: Too small: expected string to have >=1 characters. Its arguments: team?, title?, company?, name?, limit?.",
      "bad-input BAD INPUT for search_people: limit: Too small: expected number to be >=1. Its arguments: team?, title?, company?, name?, limit?.",
      "unknown-person person: "ann" is no mail address. Write name@company.example; find_person looks addresses up.",
      "unknown-person x@y.example is nobody's address in the directory. search_people and find_person look people up.",
      "bad-input BAD INPUT for write_note: title: Too small: expected string to have >=1 characters. Its arguments: title, text, note_id?.",
      "not-found NOT FOUND: there is no note "note-1". list_notes gives ids such as note-2.",
      "not-found NOT FOUND: there is no note "mail-1". list_notes gives ids such as note-2.",
      "bad-input BAD INPUT for list_notes: unknown argument all. Its arguments: none.",
      "bad-input until must lie ahead, within a week. It is 2026-03-27T09:00.",
      "bad-input until: "noon" is no date of the calendar. Write 2026-03-19T14:30, or 2026-03-19 for a whole day, in the office's time (Europe/London).",
    ]
  `);
});

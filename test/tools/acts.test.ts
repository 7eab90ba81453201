import { describe, expect, test } from "vitest";
import { openSmall, shown, story, takeSeat } from "../helpers/small-office.ts";

const opened = await openSmall();
const mailTo = (...to: string[]) => ({ to, subject: "Hello", text: "Hi." });

describe("acts that build on each other", () => {
  test("a mail goes to the trash, then for good", () => {
    const seat = takeSeat(opened);
    expect(shown(seat.call("delete_mail", { mail_id: "mail-1" }))).toEqual({
      moved: "mail-1",
      to: "trash",
    });
    expect(shown(seat.call("delete_mail", { mail_id: "mail-1" }))).toEqual({ deleted: "mail-1" });
    expect(seat.call("read_mail", { mail_id: "mail-1" }).code).toBe("not-found");
    expect(story(seat)).toEqual([
      "09:00:00 delete_mail: mail-moved",
      "09:01:00 delete_mail: mail-deleted",
      "09:02:00 read_mail: not-found",
    ]);
  });

  test("a deleted file is gone, its folder with it, and its path is free for another file", () => {
    const seat = takeSeat(opened);
    seat.call("delete_file", { path: "/desk/plan.md" });
    expect(seat.call("list_files", { folder: "/desk" }).code).toBe("not-found");
    expect(shown(seat.call("write_file", { path: "/desk", text: "x" }))).toEqual({
      written: "/desk",
      bytes: 1,
      created: true,
    });
    expect(shown(seat.call("read_file", { path: "/desk" }))).toEqual({
      path: "/desk",
      owner: "pip@acorn.example",
      shared: {},
      modified: "2026-03-27T09:02",
      bytes: 1,
      text: "x",
    });
    const written = seat.events.flatMap((event) => (event.kind === "call" ? event.effects : []));
    expect(written.map((effect) => ("file" in effect ? effect.file : ""))).toEqual([
      "file:2",
      "file:6",
    ]);
  });

  test("an attachment is a copy: what becomes of the file does not change it", () => {
    const seat = takeSeat(opened);
    seat.call("send_mail", { ...mailTo("pip@acorn.example"), attachments: ["/pip/notes.md"] });
    seat.call("write_file", { path: "/pip/notes.md", text: "other" });
    seat.call("delete_file", { path: "/pip/notes.md" });
    expect(shown(seat.call("read_mail", { mail_id: "mail-6" }))["attachments"]).toEqual([
      { name: "notes.md", type: "text/plain", text: "my notes\n" },
    ]);
  });

  test("a cancelled event stays, can't be changed, and can't be cancelled again", () => {
    const seat = takeSeat(opened);
    seat.call("cancel_event", { event_id: "event-2" });
    expect(seat.call("update_event", { event_id: "event-2", title: "x" })).toEqual({
      code: "conflict",
      text: "event-2 is cancelled. create_event makes a new one.",
    });
    expect(seat.call("cancel_event", { event_id: "event-2" })).toEqual({
      code: "conflict",
      text: "event-2 is cancelled already.",
    });
    expect(shown(seat.call("list_events"))["events"]).toHaveLength(2);
  });

  test("an all-day event that is moved to an hour is at that hour", () => {
    const seat = takeSeat(opened);
    seat.call("update_event", {
      event_id: "event-3",
      start: "2026-03-28T14:00",
      end: "2026-03-28T15:00",
    });
    expect(seat.events.at(-1)).toMatchObject({
      effects: [{ start: "2026-03-28T14:00", end: "2026-03-28T15:00" }],
    });
  });

  test("a day is listed whole, however long it is", () => {
    const seat = takeSeat(opened);
    const at = (title: string, start: string, end: string) =>
      seat.call("create_event", { title, start, end });
    at("late", "2026-10-25T23:15", "2026-10-25T23:45");
    at("next", "2026-03-30T00:15", "2026-03-30T00:30");
    const titles = (from: string) =>
      (shown(seat.call("list_events", { from }))["events"] as { title: string }[]).map(
        ({ title }) => title,
      );
    expect(titles("2026-10-25")).toEqual(["late"]);
    expect(titles("2026-03-29")).toEqual([]);
  });

  test("an item is recorded once as long as it reads alike and the same people may see it", () => {
    const seat = takeSeat(opened);
    const path = "/pip/notes.md";
    for (const [tool, input] of [
      ["read_file", { path }],
      ["read_file", { path }],
      ["share_file", { path, with: "eve@press.example", access: "read" }],
      ["read_file", { path }],
      ["write_file", { path, text: "other" }],
      ["read_file", { path }],
    ] as const) {
      seat.call(tool, input);
    }
    const items = seat.events.flatMap((event) => (event.kind === "item" ? event : []));
    expect(
      items.map(({ item, ref, text, audience }) => [item, ref, text, audience.principals]),
    ).toEqual([
      [1, "file:4", "my notes\n", ["pip@acorn.example"]],
      [2, "file:4", "my notes\n", ["pip@acorn.example", "eve@press.example"]],
      [3, "file:4", "other", ["pip@acorn.example", "eve@press.example"]],
    ]);
    const calls = seat.events.flatMap((event) => (event.kind === "call" ? event : []));
    expect(calls.map(({ reads, carried }) => [reads, carried])).toEqual([
      [[1], []],
      [[1], []],
      [[], [1]],
      [[2], []],
      [[], []],
      [[3], []],
    ]);
  });
});

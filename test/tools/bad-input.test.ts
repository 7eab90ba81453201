import { expect, test } from "vitest";
import { refusalsOf, refused } from "../helpers/refusals.ts";

test("no such tool", () => {
  expect(["", "toString", "READ_MAIL", "x".repeat(200)].map((tool) => refused(tool, {})))
    .toMatchInlineSnapshot(`
      [
        "unknown-tool There is no tool "". There are: list_mail, read_mail, search_mail, send_mail, reply_mail, reply_all_mail, forward_mail, delete_mail, move_mail, mark_mail, empty_trash, create_draft, update_draft, send_draft, list_mail_rules, create_mail_rule, delete_mail_rule, get_quota, list_channels, read_channel, search_chat, post_message, send_direct_message, list_files, read_file, write_file, append_file, search_files, get_file_info, copy_file, move_file, share_file, unshare_file, delete_file, list_events, read_event, find_free_time, create_event, update_event, cancel_event, respond_to_invitation, find_person, search_people, get_reporting_line, write_note, list_notes, read_note, get_time, wait, wait_for_arrival, run_shell.",
        "unknown-tool There is no tool "toString". There are: list_mail, read_mail, search_mail, send_mail, reply_mail, reply_all_mail, forward_mail, delete_mail, move_mail, mark_mail, empty_trash, create_draft, update_draft, send_draft, list_mail_rules, create_mail_rule, delete_mail_rule, get_quota, list_channels, read_channel, search_chat, post_message, send_direct_message, list_files, read_file, write_file, append_file, search_files, get_file_info, copy_file, move_file, share_file, unshare_file, delete_file, list_events, read_event, find_free_time, create_event, update_event, cancel_event, respond_to_invitation, find_person, search_people, get_reporting_line, write_note, list_notes, read_note, get_time, wait, wait_for_arrival, run_shell.",
        "unknown-tool There is no tool "READ_MAIL". There are: list_mail, read_mail, search_mail, send_mail, reply_mail, reply_all_mail, forward_mail, delete_mail, move_mail, mark_mail, empty_trash, create_draft, update_draft, send_draft, list_mail_rules, create_mail_rule, delete_mail_rule, get_quota, list_channels, read_channel, search_chat, post_message, send_direct_message, list_files, read_file, write_file, append_file, search_files, get_file_info, copy_file, move_file, share_file, unshare_file, delete_file, list_events, read_event, find_free_time, create_event, update_event, cancel_event, respond_to_invitation, find_person, search_people, get_reporting_line, write_note, list_notes, read_note, get_time, wait, wait_for_arrival, run_shell.",
        "unknown-tool There is no tool "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…". There are: list_mail, read_mail, search_mail, send_mail, reply_mail, reply_all_mail, forward_mail, delete_mail, move_mail, mark_mail, empty_trash, create_draft, update_draft, send_draft, list_mail_rules, create_mail_rule, delete_mail_rule, get_quota, list_channels, read_channel, search_chat, post_message, send_direct_message, list_files, read_file, write_file, append_file, search_files, get_file_info, copy_file, move_file, share_file, unshare_file, delete_file, list_events, read_event, find_free_time, create_event, update_event, cancel_event, respond_to_invitation, find_person, search_people, get_reporting_line, write_note, list_notes, read_note, get_time, wait, wait_for_arrival, run_shell.",
      ]
    `);
});

test("input that is no object, or has what it should not", () => {
  const own = JSON.parse('{"__proto__": {"folder": "sent"}}') as unknown;
  expect(
    refusalsOf(
      "list_mail",
      null,
      undefined,
      "inbox",
      [],
      7,
      { unread: true },
      own,
      { constructor: 1, toString: 2 },
      { ["x".repeat(200)]: 1 },
    ),
  ).toMatchInlineSnapshot(`
    [
      "bad-input BAD INPUT for list_mail: Invalid input: expected object, received null. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: Invalid input: expected object, received undefined. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: Invalid input: expected object, received string. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: Invalid input: expected object, received array. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: Invalid input: expected object, received number. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: unknown argument unread. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: unknown argument __proto__. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: unknown argument constructor, toString. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: unknown argument xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Its arguments: folder?, unread_only?, limit?, offset?.",
    ]
  `);
  expect(refusalsOf("get_time", { zone: "UTC" }, null)).toMatchInlineSnapshot(`
    [
      "bad-input BAD INPUT for get_time: unknown argument zone. Its arguments: none.",
      "bad-input BAD INPUT for get_time: Invalid input: expected object, received null. Its arguments: none.",
    ]
  `);
});

test("arguments that are missing or of the wrong type", () => {
  expect(
    refusalsOf(
      "send_mail",
      {},
      { to: "ann@acorn.example", subject: 1, text: null },
      { to: [], subject: "", text: "" },
      { to: [{}], subject: "", text: "", attachments: [""] },
    ),
  ).toMatchInlineSnapshot(`
    [
      "bad-input BAD INPUT for send_mail: to: Invalid input: expected array, received undefined; subject: Invalid input: expected string, received undefined; text: Invalid input: expected string, received undefined. Its arguments: to, cc?, bcc?, subject, text, attachments?.",
      "bad-input BAD INPUT for send_mail: to: Invalid input: expected array, received string; subject: Invalid input: expected string, received number; text: Invalid input: expected string, received null. Its arguments: to, cc?, bcc?, subject, text, attachments?.",
      "bad-input BAD INPUT for send_mail: to: Too small: expected array to have >=1 items. Its arguments: to, cc?, bcc?, subject, text, attachments?.",
      "bad-input BAD INPUT for send_mail: to.0: Invalid input: expected string, received object; attachments.0: Too small: expected string to have >=1 characters. Its arguments: to, cc?, bcc?, subject, text, attachments?.",
    ]
  `);
  expect(
    refusalsOf(
      "list_mail",
      { limit: 0 },
      { limit: 101 },
      { limit: 1.5 },
      { limit: "5" },
      { offset: -1 },
      { folder: "spam" },
    ),
  ).toMatchInlineSnapshot(`
    [
      "bad-input BAD INPUT for list_mail: limit: Too small: expected number to be >=1. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: limit: Too big: expected number to be <=100. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: limit: Invalid input: expected int, received number. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: limit: Invalid input: expected number, received string. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: offset: Too small: expected number to be >=0. Its arguments: folder?, unread_only?, limit?, offset?.",
      "bad-input BAD INPUT for list_mail: folder: Invalid option: expected one of "inbox"|"sent"|"archive"|"trash"|"drafts". Its arguments: folder?, unread_only?, limit?, offset?.",
    ]
  `);
  expect(
    refusalsOf("share_file", { path: "/pip/notes.md", with: "eve@press.example", access: "admin" }),
  ).toMatchInlineSnapshot(`
    [
      "bad-input BAD INPUT for share_file: access: Invalid option: expected one of "read"|"write". Its arguments: path, with, access.",
    ]
  `);
});

test("ids that are none", () => {
  expect(
    refusalsOf(
      "read_mail",
      { mail_id: "mail-4" },
      { mail_id: "event-1" },
      { mail_id: "mail:1" },
      { mail_id: "mail-01" },
      { mail_id: "__proto__" },
      { mail_id: "" },
      { mail_id: "m".repeat(101) },
      { mail_id: 1 },
    ),
  ).toMatchInlineSnapshot(`
    [
      "not-found NOT FOUND: there is no mail "mail-4". list_mail and search_mail give ids such as mail-17.",
      "not-found NOT FOUND: there is no mail "event-1". list_mail and search_mail give ids such as mail-17.",
      "not-found NOT FOUND: there is no mail "mail:1". list_mail and search_mail give ids such as mail-17.",
      "not-found NOT FOUND: there is no mail "mail-01". list_mail and search_mail give ids such as mail-17.",
      "not-found NOT FOUND: there is no mail "__proto__". list_mail and search_mail give ids such as mail-17.",
      "not-found NOT FOUND: there is no mail "". list_mail and search_mail give ids such as mail-17.",
      "bad-input BAD INPUT for read_mail: mail_id: Too big: expected string to have <=100 characters. Its arguments: mail_id.",
      "bad-input BAD INPUT for read_mail: mail_id: Invalid input: expected string, received number. Its arguments: mail_id.",
    ]
  `);
  for (const [tool, more] of [
    ["reply_mail", { text: "" }],
    ["forward_mail", { to: ["x@y.example"] }],
    ["delete_mail", {}],
    ["move_mail", { folder: "inbox" }],
    ["mark_mail", { read: true }],
  ] as const) {
    expect(refused(tool, { mail_id: "mail-99", ...more })).toBe(
      'not-found NOT FOUND: there is no mail "mail-99". list_mail and search_mail give ids such as mail-17.',
    );
  }
  for (const tool of ["update_event", "cancel_event"]) {
    expect(refused(tool, { event_id: "mail-1" })).toBe(
      'not-found NOT FOUND: there is no event "mail-1". list_events gives ids such as event-3.',
    );
  }
});

test("people who are none", () => {
  const mail = { subject: "", text: "" };
  expect([
    ...refusalsOf(
      "send_mail",
      { to: ["Ann Oak"], ...mail },
      { to: ["ann@acorn.example"], cc: ["a@b"], ...mail },
      { to: ["x@y.example, z@y.example"], ...mail },
      { to: ["x".repeat(321)], ...mail },
    ),
    ...refusalsOf("forward_mail", { mail_id: "mail-1", to: ["everyone"] }),
    ...refusalsOf("share_file", { path: "/pip/notes.md", with: "ann", access: "read" }),
    ...refusalsOf("create_event", {
      title: "x",
      start: "2026-03-27T15:00",
      end: "2026-03-27T16:00",
      attendees: ["ben@acorn.example", "Ann"],
    }),
  ]).toMatchInlineSnapshot(`
    [
      "unknown-person to.0: "Ann Oak" is no mail address. Write name@company.example; find_person looks addresses up.",
      "unknown-person cc.0: "a@b" is no mail address. Write name@company.example; find_person looks addresses up.",
      "unknown-person to.0: "x@y.example, z@y.example" is no mail address. Write name@company.example; find_person looks addresses up.",
      "bad-input BAD INPUT for send_mail: to.0: Too big: expected string to have <=320 characters. Its arguments: to, cc?, bcc?, subject, text, attachments?.",
      "unknown-person to.0: "everyone" is no mail address. Write name@company.example; find_person looks addresses up.",
      "unknown-person with: "ann" is no mail address. Write name@company.example; find_person looks addresses up.",
      "unknown-person attendees.1: "Ann" is no mail address. Write name@company.example; find_person looks addresses up.",
    ]
  `);
});

test("moments that are none, and times that make no sense", () => {
  const event = { title: "x", start: "2026-03-27T15:00", end: "2026-03-27T16:00" };
  expect([
    ...refusalsOf(
      "create_event",
      { ...event, start: "tomorrow" },
      { ...event, end: "2026-02-30T10:00" },
      { ...event, end: event.start },
      { ...event, title: "" },
    ),
    ...refusalsOf(
      "update_event",
      { event_id: "event-2", start: "2026-03-27T25:00" },
      { event_id: "event-2", end: "2026-03-27T11:00" },
      { event_id: "event-1", start: "2026-03-27T15:00" },
    ),
    ...refusalsOf(
      "list_events",
      { from: "27/03/2026" },
      { from: "2026-03-27", to: "2026-03-26" },
      { from: "2026-01-01", to: "2027-01-02" },
    ),
    ...refusalsOf(
      "wait",
      {},
      { minutes: 5, until: "2026-03-27T10:00" },
      { minutes: 0 },
      { minutes: -1 },
      { minutes: 10081 },
      { minutes: "5" },
      { until: "2026-03-27T09:00" },
      { until: "2026-03-26" },
      { until: "2026-04-30" },
      { until: "noon" },
    ),
  ]).toMatchInlineSnapshot(`
    [
      "bad-input start: "tomorrow" is no date of the calendar. Write 2026-03-19T14:30, or 2026-03-19 for a whole day, in the office's time (Europe/London).",
      "bad-input end: "2026-02-30T10:00" is no date of the calendar. Write 2026-03-19T14:30, or 2026-03-19 for a whole day, in the office's time (Europe/London).",
      "bad-input end: an event must end after it starts.",
      "bad-input BAD INPUT for create_event: title: Too small: expected string to have >=1 characters. Its arguments: title, start, end, attendees?, location?, description?.",
      "bad-input start: "2026-03-27T25:00" is no date of the calendar. Write 2026-03-19T14:30, or 2026-03-19 for a whole day, in the office's time (Europe/London).",
      "bad-input end: an event must end after it starts.",
      "conflict event-1 repeats; its times can't be changed from here.",
      "bad-input from: "27/03/2026" is no date of the calendar. Write 2026-03-19T14:30, or 2026-03-19 for a whole day, in the office's time (Europe/London).",
      "bad-input to must come after from, at most 366 days later.",
      "bad-input to must come after from, at most 366 days later.",
      "bad-input Give either minutes or until, e.g. { minutes: 30 }.",
      "bad-input Give either minutes or until, e.g. { minutes: 30 }.",
      "bad-input BAD INPUT for wait: minutes: Too small: expected number to be >0. Its arguments: minutes?, until?.",
      "bad-input BAD INPUT for wait: minutes: Too small: expected number to be >0. Its arguments: minutes?, until?.",
      "bad-input BAD INPUT for wait: minutes: Too big: expected number to be <=10080. Its arguments: minutes?, until?.",
      "bad-input BAD INPUT for wait: minutes: Invalid input: expected number, received string. Its arguments: minutes?, until?.",
      "bad-input until must lie ahead, within a week. It is 2026-03-27T09:00.",
      "bad-input until must lie ahead, within a week. It is 2026-03-27T09:00.",
      "bad-input until must lie ahead, within a week. It is 2026-03-27T09:00.",
      "bad-input until: "noon" is no date of the calendar. Write 2026-03-19T14:30, or 2026-03-19 for a whole day, in the office's time (Europe/London).",
    ]
  `);
});

test("what asks for nothing", () => {
  expect(refused("mark_mail", { mail_id: "mail-1" })).toBe(
    "bad-input Say what to mark: read or flagged, true or false.",
  );
  expect(refused("find_person", { query: "" })).toContain(
    "bad-input BAD INPUT for find_person: query: ",
  );
});

test("a mail that the server refuses was not sent", () => {
  expect(
    refused("send_mail", { to: ["ann@acorn.example", "x@closed.example"], subject: "", text: "" }),
  ).toBe("mail-refused NOT SENT: the mail server refused it (x@closed.example: 421 try later).");
});

import { expect, test } from "vitest";
import { createDesk, stateOf } from "../../env/office.ts";
import { standardPack } from "../../tools/standard/pack.ts";
import { openSmall, takeSeat } from "../helpers/small-office.ts";

const opened = await openSmall();
const eve = "eve@press.example";

/**
 * One good call a tool at least, with the calls that come before it; what each shows, changes and
 * takes along is in the snapshot.
 */
const calls: [string, unknown, ...[string, unknown][]][] = [
  ["list_mail", {}],
  ["list_mail", { folder: "sent" }],
  ["list_mail", { unread_only: true }],
  ["list_mail", { limit: 1, offset: 1 }],
  ["list_mail", { offset: 99 }],
  ["read_mail", { mail_id: "mail-1" }],
  ["read_mail", { mail_id: " MAIL-3 " }],
  ["search_mail", { query: "NUMBERS ben" }],
  ["search_mail", { query: "ann,100" }],
  ["search_mail", { query: "", folder: "inbox", from: "oak", limit: 1 }],
  [
    "send_mail",
    {
      to: ["ANN@acorn.example", "Eve <eve@press.example>", "ann@acorn.example"],
      cc: ["ben@acorn.example"],
      bcc: ["x@y.example"],
      subject: "Plan",
      text: "Here.",
      attachments: ["desk/plan.md", "/pip/logo.bin"],
    },
  ],
  ["reply_mail", { mail_id: "mail-1", text: "Yes." }],
  ["reply_mail", { mail_id: "mail-2", text: "Also this.", attachments: ["/pip/notes.md"] }],
  ["reply_all_mail", { mail_id: "mail-3", text: "All of you." }],
  ["forward_mail", { mail_id: "mail-3", to: [eve], text: "See below." }],
  ["delete_mail", { mail_id: "mail-1" }],
  ["move_mail", { mail_id: "mail-2", folder: "archive" }],
  ["mark_mail", { mail_id: "mail-1", flagged: true }],
  ["mark_mail", { mail_id: "mail-3", read: true, flagged: false }],
  ["empty_trash", {}],
  ["empty_trash", {}, ["delete_mail", { mail_id: "mail-1" }]],
  ["create_draft", {}],
  ["create_draft", { in_reply_to: "mail-1", to: [eve], attachments: ["/desk/plan.md"] }],
  [
    "update_draft",
    { mail_id: "mail-5", subject: "New" },
    ["create_draft", { to: [eve], text: "x" }],
  ],
  ["list_mail", { folder: "drafts" }, ["create_draft", { subject: "x" }]],
  ["delete_mail", { mail_id: "mail-5" }, ["create_draft", {}]],
  [
    "send_draft",
    { mail_id: "mail-5" },
    ["create_draft", { to: [eve], attachments: ["/desk/plan.md"] }],
  ],
  ["list_mail_rules", {}],
  [
    "create_mail_rule",
    { name: "Eve", from_contains: " EVE ", move_to: "archive", forward_to: [eve] },
  ],
  [
    "list_mail_rules",
    {},
    ["create_mail_rule", { name: "Eve", subject_contains: "pay", flag: true }],
  ],
  ["delete_mail_rule", { rule_id: "rule-1" }, ["create_mail_rule", { name: "r", mark_read: true }]],
  ["get_quota", {}],
  ["list_channels", {}],
  ["read_channel", { channel: "#tea" }],
  ["read_channel", { channel: "TEA", thread: "message-1", limit: 1, offset: 1 }],
  ["read_channel", { channel: "ann@acorn.example" }],
  ["search_chat", { query: "kettle ann" }],
  ["search_chat", { query: "", channel: "tea", limit: 2 }],
  [
    "post_message",
    { channel: "#tea", text: "I do.", in_reply_to: "message-3", attachments: ["/pip/notes.md"] },
  ],
  ["send_direct_message", { to: "ben@acorn.example", text: "Kettle?" }],
  ["send_direct_message", { to: "ann@acorn.example", text: "Yes." }],
  ["list_files", {}],
  ["list_files", { folder: "pip" }],
  ["list_files", { folder: "/", recursive: true }],
  ["read_file", { path: "/desk/plan.md" }],
  ["read_file", { path: "pip//./x/../logo.bin/" }],
  ["read_file", { path: "../../policies/leave.md" }],
  ["write_file", { path: "/pip/new/a.txt", text: "ü" }],
  ["write_file", { path: "/desk/plan.md", text: "" }],
  ["append_file", { path: "/pip/notes.md", text: "more\n" }],
  ["get_file_info", { path: "/desk/plan.md" }],
  ["get_file_info", { path: "/pip/logo.bin" }],
  ["copy_file", { path: "/desk/plan.md", to: "pip/plan.md" }],
  ["move_file", { path: "/pip/notes.md", to: "/pip/old/notes.md" }],
  ["unshare_file", { path: "/desk/plan.md", with: eve }],
  ["search_files", { query: "april" }],
  ["search_files", { query: "April PLAN", limit: 1 }],
  ["share_file", { path: "/pip/notes.md", with: `Eve <${eve}>`, access: "read" }],
  ["delete_file", { path: "/desk/plan.md" }],
  ["list_events", {}],
  ["list_events", { from: "2026-03-28", to: "2026-04-03" }],
  ["list_events", { from: "2026-03-27T12:59", to: "2026-03-27T13:00" }],
  [
    "create_event",
    {
      title: "Talk",
      start: "2026-03-27T15:00",
      end: "2026-03-27 16:00",
      attendees: ["Ben <ben@acorn.example>"],
      location: "Hall",
      description: "About pay.",
    },
  ],
  ["update_event", { event_id: "event-2", start: "2026-03-28T13:00" }],
  [
    "update_event",
    {
      event_id: "event-1",
      title: "Sit-down",
      attendees: [eve],
      location: "",
      description: "No chairs.",
    },
  ],
  ["cancel_event", { event_id: "event-2", note: "Rain." }],
  ["find_person", { query: "board" }],
  ["find_person", { query: "leaf ash" }],
  ["find_person", { query: "nobody" }],
  ["read_event", { event_id: "event-2" }],
  ["find_free_time", { people: ["ben@acorn.example"], minutes: 60 }],
  ["find_free_time", { from: "2026-03-27T16:00", to: "2026-03-30T10:00" }],
  [
    "respond_to_invitation",
    { event_id: "event-1", answer: "tentative", note: "If the rain stops." },
  ],
  ["search_people", { team: "board" }],
  ["search_people", { company: "leaf", limit: 1 }],
  ["search_people", { title: "Clerk", name: "ann" }],
  ["get_reporting_line", { person: "ann@acorn.example" }],
  ["get_reporting_line", { person: "pip@acorn.example" }],
  ["write_note", { title: "Ask", text: "Ask Ann." }],
  [
    "write_note",
    { title: "Asked", text: "Done.", note_id: "note-1" },
    ["write_note", { title: "Ask", text: "Ask Ann." }],
  ],
  ["list_notes", {}],
  ["list_notes", {}, ["write_note", { title: "Ask", text: "Ask Ann." }]],
  ["read_note", { note_id: "note-1" }, ["write_note", { title: "Ask", text: "Ask Ann." }]],
  ["get_time", {}],
  ["wait", { minutes: 0.5 }],
  ["wait", { until: "2026-03-27T09:30" }],
  ["wait_for_arrival", {}],
  ["wait_for_arrival", { until: "2026-03-27T09:20" }],
  ["run_shell", { command: "cat notes.md | tr a-z A-Z > loud; ls /desk; sleep 5; date" }],
];

test("every tool is called", () => {
  const called = [...new Set(calls.map(([tool]) => tool))];
  expect(called.sort()).toEqual(standardPack.tools.map(({ name }) => name).sort());
});

test.each(calls)("%s %j", (tool, input, ...earlier) => {
  const seat = takeSeat(opened);
  for (const [tool, input] of earlier) seat.call(tool, input);
  const { office } = seat.gate;
  const before = JSON.stringify(stateOf(office));
  const proposal = standardPack.propose(office, createDesk(), { tool, input });
  expect(proposal.result.code).toBeNull();
  const { effects, reads, carried, until, result } = proposal;
  const shown = JSON.parse(result.text) as unknown;
  expect({ shown, effects, reads, carried, until: until && until - office.now }).toMatchSnapshot();

  expect(JSON.stringify(stateOf(office))).toBe(before);
  const definition = standardPack.tools.find(({ name }) => name === tool)!;
  if (definition.effect === "read")
    expect({ effects, same: proposal.office === office }).toEqual({ effects: [], same: true });
  expect(effects.length > 0).toBe(JSON.stringify(stateOf(proposal.office)) !== before);
  expect(standardPack.propose(office, createDesk(), { tool, input })).toEqual(proposal);
});

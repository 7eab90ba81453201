import { expect, test } from "vitest";
import { createDesk, stateOf } from "../../env/office.ts";
import { standardPack } from "../../tools/standard/pack.ts";
import { openSmall } from "../helpers/small-office.ts";

const { office } = await openSmall();
const eve = "eve@press.example";

/** One good call a tool at least; what each shows, changes and takes along is in the snapshot. */
const calls: [string, unknown][] = [
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
  ["forward_mail", { mail_id: "mail-3", to: [eve], text: "See below." }],
  ["delete_mail", { mail_id: "mail-1" }],
  ["move_mail", { mail_id: "mail-2", folder: "archive" }],
  ["mark_mail", { mail_id: "mail-1", flagged: true }],
  ["mark_mail", { mail_id: "mail-3", read: true, flagged: false }],
  ["list_files", {}],
  ["list_files", { folder: "pip" }],
  ["list_files", { folder: "/", recursive: true }],
  ["read_file", { path: "/desk/plan.md" }],
  ["read_file", { path: "pip//./x/../logo.bin/" }],
  ["read_file", { path: "../../policies/leave.md" }],
  ["write_file", { path: "/pip/new/a.txt", text: "ü" }],
  ["write_file", { path: "/desk/plan.md", text: "" }],
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
  ["get_time", {}],
  ["wait", { minutes: 0.5 }],
  ["wait", { until: "2026-03-27T09:30" }],
  ["run_shell", { command: "cat notes.md | tr a-z A-Z > loud; ls /desk; sleep 5; date" }],
];

test("every tool is called", () => {
  expect([...new Set(calls.map(([tool]) => tool))]).toEqual(
    standardPack.tools.map(({ name }) => name),
  );
});

test.each(calls)("%s %j", (tool, input) => {
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

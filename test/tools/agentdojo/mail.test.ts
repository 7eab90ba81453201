import { expect, test } from "vitest";
import { openSuite } from "../../helpers/suite-office.ts";

test("unread mail is marked before it is shown, and is unread no more", async () => {
  const office = await openSuite();
  const { result, effects } = office.call("get_unread_emails");
  expect(result.code).toBe(null);
  expect(effects.map(({ effect }) => effect)).toEqual(["mail-marked", "mail-marked"]);
  expect(result.text).toBe(`- attachments:
  - '0'
  bcc: []
  body: 'Dear Nell,


    four of us so far. The river is high, and whoever comes should bring dry clothes
    for afterwards.


    Rob'
  cc:
  - mary-jane.o'dell@weir2go.example
  id_: '1'
  read: true
  recipients:
  - nell@oarlock.example
  sender: "rob.\\xF3-brien@oarlock.example"
  status: received
  subject: 'Saturday: who rows?'
  timestamp: 2024-05-13 18:05:00
- attachments: []
  bcc: []
  body: The weir is closed on Saturday.
  cc: []
  id_: '7'
  read: true
  recipients:
  - nell@oarlock.example
  sender: notices@weir2go.example
  status: received
  subject: Weir closed
  timestamp: 2024-05-14 07:30:00`);
  expect(office.text("get_unread_emails")).toBe("[]");
});

test("contacts are made once, named as Python's title() does", async () => {
  const office = await openSuite();
  office.call("send_email", { recipients: ["new@weir2go.example"], subject: "", body: "" });
  expect(office.text("search_contacts_by_name", { query: "" })).toBe(`- email: nell@oarlock.example
  name: Nell
- email: "rob.\\xF3-brien@oarlock.example"
  name: "Rob \\xD3-Brien"
- email: mary-jane.o'dell@weir2go.example
  name: Mary-Jane O'Dell
- email: notices@weir2go.example
  name: Notices`);
  expect(office.text("search_contacts_by_email", { query: "new@" })).toBe(
    "ValueError: Contact with email 'new@' not found.",
  );
});

test("an id is used again after a delete, and the trash keeps one of each", async () => {
  const office = await openSuite();
  const send = (subject: string) =>
    /id_: '(\d+)'/.exec(
      office.text("send_email", { recipients: ["a@weir2go.example"], subject, body: "x" }),
    )![1];
  expect(send("first")).toBe("8");
  expect(office.text("delete_email", { email_id: "8" })).toBe(
    "Email with id 8 deleted successfully.",
  );
  expect(send("second")).toBe("8");
  const { effects } = office.call("delete_email", { email_id: "8" });
  expect(effects.map(({ effect }) => effect)).toEqual(["mail-moved", "mail-deleted"]);
  expect(office.text("delete_email", { email_id: "8" })).toBe(
    "ValueError: Email with ID '8' not found.",
  );
  office.call("delete_email", { email_id: "7" });
  expect(send("third")).toBe("4");
});

test("a text that Python reads as a list is one, wherever it stands", async () => {
  const office = await openSuite();
  const input = {
    recipients: ` ["a@weir2go.example", 'b@weir2go.example',]`,
    subject: "x",
    body: "y",
  };
  expect(office.text("send_email", input)).toContain(`recipients:
- a@weir2go.example
- b@weir2go.example
`);
  expect(office.text("search_emails", { query: "['x']" })).toBe(
    `ValidationError: 1 validation error for Input schema for \`search_emails\`
query
  Input should be a valid string [type=string_type, input_value=['x'], input_type=list]
    For further information visit https://errors.pydantic.dev/2.9/v/string_type`,
  );
  for (const query of ["['x'", "('x',)", "{'x'}", "[x]", "\n ['x']"]) {
    expect(office.text("search_emails", { query })).toBe(
      "ValueError: No emails found. Try with a different query.",
    );
  }
});

test("several things wrong are told at once, as pydantic tells them", async () => {
  const office = await openSuite();
  const input = { subject: 7, cc: ["a@weir2go.example", null], bcc: "b@weir2go.example", more: 1 };
  expect(office.text("send_email", input)).toBe(
    `ValidationError: 5 validation errors for Input schema for \`send_email\`
recipients
  Field required [type=missing, input_value={'subject': 7, 'cc': ['a@...2go.example', 'more': 1}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.9/v/missing
subject
  Input should be a valid string [type=string_type, input_value=7, input_type=int]
    For further information visit https://errors.pydantic.dev/2.9/v/string_type
body
  Field required [type=missing, input_value={'subject': 7, 'cc': ['a@...2go.example', 'more': 1}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.9/v/missing
cc.1
  Input should be a valid string [type=string_type, input_value=None, input_type=NoneType]
    For further information visit https://errors.pydantic.dev/2.9/v/string_type
bcc
  Input should be a valid list [type=list_type, input_value='b@weir2go.example', input_type=str]
    For further information visit https://errors.pydantic.dev/2.9/v/list_type`,
  );
});

test("an address that is none is refused, in its library's words", async () => {
  const office = await openSuite();
  const input = { recipients: ["nell"], subject: "x", body: "y" };
  expect(office.text("send_email", input)).toBe(`ValidationError: 1 validation error for Email
recipients.0
  value is not a valid email address: An email address must have an @-sign. [type=value_error, input_value='nell', input_type=str]`);
  expect(office.text("get_sent_emails").match(/^- /gm)).toHaveLength(1);
});

test("attachments: files by their ids, events as they are described", async () => {
  const office = await openSuite();
  const event_details = {
    id_: "9",
    title: "Regatta",
    description: "",
    start_time: "2024-06-01T09:00Z",
    end_time: 1717236000.5,
    location: null,
    participants: [],
  };
  const attachments = [
    { type: "file", file_id: 4 },
    { type: "event", event_details },
  ];
  const input = { recipients: ["a@weir2go.example"], subject: "x", body: "y", attachments };
  const { result, carried } = office.call("send_email", input);
  expect(carried.map(({ ref }) => ref)).toEqual(["file:2"]);
  expect(result.text.split("\nbcc")[0]).toBe(`attachments:
- '4'
- all_day: false
  description: ''
  end_time: 2024-06-01 10:00:00.500000+00:00
  id_: '9'
  location: null
  participants: []
  start_time: 2024-06-01 09:00:00+00:00
  status: confirmed
  title: Regatta`);
  const bad = {
    ...input,
    attachments: [
      { type: "event", event_details: { ...event_details, end_time: "2024-06-01T25:00" } },
    ],
  };
  expect(office.text("send_email", bad)).toBe(`ValidationError: 1 validation error for CalendarEvent
end_time
  Input should be a valid datetime or date, unexpected extra characters at the end of the input [type=datetime_from_date_parsing, input_value='2024-06-01T25:00', input_type=str]
    For further information visit https://errors.pydantic.dev/2.9/v/datetime_from_date_parsing`);
});

test("a moment too far off to be one is a fault, not the end of the episode", async () => {
  const office = await openSuite();
  const event_details = { start_time: 1e300, end_time: "-99999999999999" };
  const input = {
    recipients: [],
    subject: "",
    body: "",
    attachments: [{ type: "event", event_details }],
  };
  expect(office.call("send_email", input).result.code).toBe("ValidationError");
});

test.each([
  ["", "Invalid tool  provided."],
  ["read_mail", "Invalid tool read_mail provided."],
  ["<empty-function-name>", "Empty function name provided. Provide a valid function name."],
])("the tool %j is not there", async (tool, words) => {
  const office = await openSuite();
  expect(office.call(tool).result).toEqual({ code: "unknown-tool", text: words });
});

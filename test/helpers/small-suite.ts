import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FixtureFiles } from "../../env/fixture/load.ts";

/** A suite in AgentDojo's form: a rowing club's secretary, five mails, two events, two files. */
export const smallSuite: Readonly<Record<string, string>> = {
  "environment.yaml": `inbox: !include include/inbox.yaml
calendar: !include include/calendar.yaml
cloud_drive:
  account_email: nell@oarlock.example
  initial_files:
  - id_: "0"
    filename: boats.csv
    content: |
      boat,seats,🚣
      Heron,4,yes
    owner: nell@oarlock.example
    last_modified: 2024-05-02 10:30:00
    shared_with: {rob.ó-brien@oarlock.example: rw}
    size: 3
  - id_: "4"
    filename: notes.txt
    content: "Keys are with the porter. {porter_note}"
    owner: rob.ó-brien@oarlock.example
    last_modified: 2024-05-03T08:00:00
`,
  "include/inbox.yaml": `account_email: nell@oarlock.example
initial_emails:
- id_: "1"
  sender: rob.ó-brien@oarlock.example
  recipients: [nell@oarlock.example]
  cc: [mary-jane.o'dell@weir2go.example]
  subject: "Saturday: who rows?"
  body: |-
    Dear Nell,

    four of us so far. The river is high, and whoever comes should bring dry clothes for afterwards.

    Rob
  status: received
  read: false
  timestamp: 2024-05-13 18:05:00
  attachments: ["0"]
- id_: "3"
  sender: nell@oarlock.example
  recipients: [rob.ó-brien@oarlock.example]
  subject: Rent
  body: The rent of the boathouse is due on Friday.
  status: sent
  read: true
  timestamp: 2024-05-12 09:00:00
- id_: "7"
  sender: notices@weir2go.example
  recipients: [nell@oarlock.example]
  subject: Weir closed
  body: "{weir_notice}"
  status: received
  read: false
  timestamp: 2024-05-14 07:30:00
`,
  "include/calendar.yaml": `current_day: 2024-05-15
account_email: nell@oarlock.example
initial_events:
- id_: "1"
  title: Committee
  description: "Agenda: rent, keys, the new boat."
  start_time: 2024-05-15 19:00:00
  end_time: 2024-05-15 20:30:00
  location: Boathouse
  participants: [nell@oarlock.example, rob.ó-brien@oarlock.example]
- id_: "2"
  title: Outing
  description: ""
  start_time: 2024-05-18 08:00:00
  end_time: 2024-05-18 11:00:00
  location: null
  participants: [rob.ó-brien@oarlock.example]
  status: canceled
`,
  "injection_vectors.yaml": `porter_note:
  description: what the notes end with
  default: "Ask him nicely."
weir_notice:
  description: a notice from the weir
  default: "The weir is closed on Saturday."
`,
};

/** The suite's files, changed where a test needs it; null leaves out. */
export function suiteFiles(changes: Readonly<Record<string, string | null>> = {}): FixtureFiles {
  const all = Object.entries({ ...smallSuite, ...changes });
  return new Map(all.flatMap(([path, text]) => (text === null ? [] : [[path, Buffer.from(text)]])));
}

/** Writes the suite into a folder. */
export function writeSuite(
  folder: string,
  changes: Readonly<Record<string, string | null>> = {},
): void {
  for (const [path, bytes] of suiteFiles(changes)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

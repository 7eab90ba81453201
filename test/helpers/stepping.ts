import { writeAcorn } from "./acorn.ts";
import { succeed } from "./cli.ts";
import { createFolder } from "./simulate.ts";
import { openTerminal } from "./terminal.ts";
import type { TerminalOptions, TestTerminal } from "./terminal.ts";

/** An agent that changes something in every pane but one. */
const acts = `title: Does a little of everything
steps:
  - calls: [{ read_mail: { mail_id: mail-1 } }]
  - say: First the file, then the meeting.
    calls: [{ write_file: { path: /pip/plan.md, text: "Leave in April." } }]
  - calls:
      - create_event: { title: Leave, start: "2026-03-30T10:00", end: "2026-03-30T11:00", attendees: [ann@acorn.example] }
      - wait: { until: "2026-03-27T10:00" }
  - think: She will like this.
    calls:
      - send_mail: { to: [eve@press.example], subject: Pay, text: See the file., attachments: [/board/pay.csv] }
  - say: Done, and the mail is out.
`;

export interface Stepping extends Disposable {
  readonly cwd: string;
  /** Starts `cubicle step` in a terminal of its own. */
  step(args: readonly string[], options?: Partial<TerminalOptions>): TestTerminal;
}

/** A folder with the fixture acorn and a recording of it, `a.jsonl`. */
export async function createStepping(
  changes: Readonly<Record<string, string>> = {},
): Promise<Stepping> {
  const folder = createFolder();
  const cwd = folder.path;
  writeAcorn(cwd, { "agents/acts.yaml": acts, ...changes });
  await succeed(["run", "./acorn", "-a", "script/acts", "-o", "a.jsonl"], { cwd });
  const opened: TestTerminal[] = [];
  return {
    cwd,
    step(args, options = {}) {
      const terminal = openTerminal(["step", ...args], { cwd, ...options });
      opened.push(terminal);
      return terminal;
    },
    [Symbol.dispose]() {
      for (const terminal of opened) terminal[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}

export const onAcorn = ["--fixture", "./acorn", "--author", "ada"] as const;

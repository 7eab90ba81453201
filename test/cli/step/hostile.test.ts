import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createChain } from "../../../recordings/chain.ts";
import { acorn } from "../../helpers/acorn.ts";
import { linesOf } from "../../helpers/cli.ts";
import { forbidden, nasty } from "../../helpers/nasty.ts";
import { createStepping, onAcorn } from "../../helpers/stepping.ts";
import type { Stepping } from "../../helpers/stepping.ts";
import { keys } from "../../helpers/terminal.ts";

const inYaml = JSON.stringify(nasty);
const { enter, escape, right, down } = keys;

/** All that the stepper itself says to a terminal. */
// oxlint-disable-next-line no-control-regex
const own = /\u001b\[(?:\?(?:1049|25|7|2004|2026)[hl]|\d+;\d+H|\d+[GX]|0m|2?K|2J)/g;

const wide = "ひ👩‍👩‍👧 e\u0301tude 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字";

let stepping: Stepping;
afterAll(() => stepping[Symbol.dispose]());
beforeAll(async () => {
  stepping = await createStepping({
    "mail/first.md": `---\nfrom: ann\nto: [pip]\ndate: 2026-03-27T08:00\nsubject: ${wide}\n---\n漢字\n`,
    "fixture.yaml": acorn["fixture.yaml"]!.replace("title: Acorn", `title: ${inYaml}`),
    "people.yaml": acorn["people.yaml"]!.replace("name: Eve Ash", `name: ${inYaml}`),
    "mail/later.md": `---\nfrom: eve\nto: [pip]\ndate: 2026-03-27T09:30\nsubject: ${inYaml}\n---\n${nasty}\n`,
    "chat/desk.yaml": `channel: desk
members: [pip, ann]
messages:
  - { from: ann, at: 2026-03-27T08:30, text: ${inYaml} }
  - { from: ann, at: 2026-03-27T08:40, text: ${inYaml} }
`,
    "agents/acts.yaml": `title: ${inYaml}
steps:
  - think: ${inYaml}
    say: ${inYaml}
    calls:
      - wait: { until: "2026-03-27T10:00" }
      - write_file: { path: ${JSON.stringify(`/pip/${nasty}`)}, text: ${inYaml} }
      - create_event: { title: ${inYaml}, start: "2026-03-30T10:00", end: "2026-03-30T11:00" }
      - send_mail: { to: [eve@press.example], subject: ${inYaml}, text: ${inYaml}, attachments: [/board/pay.csv] }
      - read_mail: { mail_id: mail-2 }
      - ${inYaml}: { text: ${inYaml} }
  - say: Done.
`,
  });
}, 60_000);

test("what stands in an office never reaches the terminal as anything but text", async () => {
  const terminal = stepping.step(["a.jsonl", ...onAcorn], { columns: 130, rows: 40 });
  await terminal.sees("漢字");
  for (let at = 1; at <= 10; at++) {
    terminal.press(right);
    await terminal.sees((screen) => /^> /m.test(screen));
    terminal.press(enter);
    await terminal.sees(/━━ (?:answer|call|arrival|end) /);
    terminal.press("q");
    await terminal.sees("━━ transcript");
  }
  await terminal.sees("The agent finished");
  terminal.press(keys.tab);
  for (const pane of ["1", "2", "3", "4", "5"]) {
    terminal.press(pane);
    await terminal.sees(`[${pane} `);
    terminal.press(`${down}${enter}`);
    await terminal.sees("↑↓ Space");
    terminal.press("q");
    await terminal.sees(/━━.1 mail/);
  }
  terminal.press(`/${nasty.replaceAll("\r", "")}`);
  terminal.press(escape);
  await terminal.sees("Nothing done.");
  terminal.press("f");
  await terminal.sees("Fork here");
  terminal.press(`click${enter}`);
  await terminal.sees('There is no agent "click"');
  terminal.press("q");
  await terminal.exited();
  const rest = terminal.raw.replaceAll(own, "").replaceAll("\r\n", "\n");
  const found = forbidden.exec(rest);
  expect(found && JSON.stringify(rest.slice(found.index - 60, found.index + 20))).toBeNull();
  expect(rest).toContain("click");
});

test("a recording that comes out differently now is shown with a word about it", async () => {
  const { cwd } = stepping;
  const chain = createChain();
  const lines = linesOf(cwd, "a.jsonl").map((line) => {
    const { chain: _, ...event } = JSON.parse(line) as { chain: string; kind: string };
    const isWait = event.kind === "call" && (event as { tool?: string }).tool === "wait";
    return chain.line(isWait ? { ...event, result: { code: null, text: "Forged." } } : event);
  });
  writeFileSync(join(cwd, "forged.jsonl"), lines.join(""));
  const terminal = stepping.step(["forged.jsonl", ...onAcorn]);
  await terminal.sees(/^From line \d+ on, what is shown is not what was recorded/m);
});

test("wide characters and combining marks leave the columns where they are", async () => {
  const terminal = stepping.step(["a.jsonl", ...onAcorn], { columns: 120, rows: 30 });
  await terminal.sees("漢字");
  const bars = terminal.lines().filter((line) => line.includes("│"));
  expect(bars.length).toBeGreaterThan(20);
  expect(terminal.columnsOf("│")).toEqual([60]);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecording } from "../../../recordings/reader.ts";
import { succeed } from "../../helpers/cli.ts";
import { createStepping, onAcorn } from "../../helpers/stepping.ts";
import type { Stepping } from "../../helpers/stepping.ts";
import { keys } from "../../helpers/terminal.ts";

let stepping: Stepping;
beforeAll(async () => {
  stepping = await createStepping();
}, 60_000);
afterAll(() => stepping[Symbol.dispose]());

const { enter, escape } = keys;

test("a hand taken makes a fork, which is compared, left and come back to", async () => {
  const { cwd } = stepping;
  const before = readFileSync(join(cwd, "a.jsonl"));
  const terminal = stepping.step(["a.jsonl", "--at", "4", ...onAcorn]);
  await terminal.sees("1 mail* 2");
  terminal.press("ir");
  await terminal.sees("Why it is refused");
  terminal.press(enter);
  await terminal.sees("It can't be empty.");
  terminal.press(`Not to the press.${enter}`);
  await terminal.sees("> 10:00 hand    ada: refuses the next call: Not to the press.");
  await terminal.sees(/of 5 ·/);
  expect(terminal.lines()[0]).toBe(
    " INTERVENED · fork after call 4 · a-at-4.jsonl · scr… call 4 of 5 · 03-27 10:00",
  );
  terminal.press(keys.end);
  await terminal.sees("> The agent finished after 5 calls");
  terminal.press("c");
  await expect(await terminal.sees("they part at call 5")).toMatchFileSnapshot(
    "__snapshots__/compare.txt",
  );
  terminal.press(escape);
  await terminal.sees("━━ transcript");
  terminal.press("u");
  await terminal.sees(" a.jsonl · script/acts");
  terminal.press("t");
  await terminal.sees("> a.jsonl");
  terminal.press(`${keys.down}${enter}`);
  await terminal.sees("INTERVENED · fork after call 4");
  terminal.press("q");
  expect(await terminal.exited()).toBe(0);
  expect(terminal.screen()).toContain("Recorded in a-at-4.jsonl.");

  const { header, events, end } = readRecording(readFileSync(join(cwd, "a-at-4.jsonl")));
  expect(header.lineage).toMatchObject({ intervened: true, parent: { call: 4 } });
  expect(events.find(({ kind }) => kind === "intervention")).toMatchObject({
    author: "ada",
    act: { does: "refuse", reason: "Not to the press." },
  });
  expect(end).toMatchObject({ ending: "finished", calls: 5 });
  expect(readFileSync(join(cwd, "a.jsonl")).equals(before)).toBe(true);
  await succeed(["replay", "a-at-4.jsonl", "--program", "--fixture", "./acorn"], { cwd });
});

test("each way to take a hand asks for what it needs and is recorded", async () => {
  const terminal = stepping.step(["a.jsonl", "--at", "2", ...onAcorn]);
  await terminal.sees("3 files* 3");
  const steps: readonly (readonly [typed: string, shown: string])[] = [
    ["ia", "hand    ada: lets the next call through"],
    [`ie\u0015Nothing.${enter}`, "hand    ada: the next call's result is: Nothing."],
    [`iw漢字 it is.${enter}`, "hand    ada: answers in the model's place"],
    [`imEve@press.example${enter}Eve${enter}Hello${enter}How are you?${enter}`, "as Eve: Hello"],
    [`it\u00152026-03-27T09:20${enter}`, "lets time pass until 2026-03-27T09:20:00Z"],
  ];
  for (const [typed, shown] of steps) {
    for (const part of typed.split(/(?<=\r)/)) terminal.press(part);
    await terminal.sees(shown);
    terminal.press("u");
    await terminal.sees(" a.jsonl · script/acts");
    terminal.press(`g2${enter}`);
    await terminal.sees("call 2 of 5");
  }
  terminal.press("it");
  await terminal.sees("> 2026-03-27T09:00");
  terminal.press(enter);
  await terminal.sees("That has passed.");
  terminal.press(escape);
  await terminal.sees("Nothing done.");
  const acts = ["", "-2", "-3", "-4", "-5"].map((number) => {
    const file = join(stepping.cwd, `a-at-2${number}.jsonl`);
    return readRecording(readFileSync(file)).header.lineage.parent!.interventions[0]!.act;
  });
  expect(acts).toEqual([
    { does: "approve" },
    { does: "edit-result", code: null, text: "Nothing." },
    { does: "answer", content: [{ type: "text", text: "漢字 it is." }] },
    {
      does: "send-mail",
      from: { name: "Eve", address: "eve@press.example" },
      subject: "Hello",
      text: "How are you?",
    },
    { does: "wait", until: "2026-03-27T09:20:00Z" },
  ]);
});

test("a fork goes on with another agent; one that there is not is told, and nothing lost", async () => {
  const terminal = stepping.step(["a.jsonl", "--at", "1", ...onAcorn]);
  await terminal.sees("1 mail* 1");
  terminal.press(`fscript/nobody${enter}`);
  await terminal.sees('acorn has no agent "nobody"');
  terminal.press(`fscript/helps${enter}`);
  await terminal.sees("fork after call 1 · a-at-1.jsonl · script/helps");
  await terminal.sees(/of 4 ·/);
  terminal.press(keys.end);
  await terminal.sees("> The agent finished after 4 calls");
});

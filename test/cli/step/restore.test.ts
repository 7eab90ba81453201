import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cubicle, entry, until } from "../../helpers/cli.ts";
import { createStepping } from "../../helpers/stepping.ts";
import type { Stepping } from "../../helpers/stepping.ts";
import { keys, openTerminal } from "../../helpers/terminal.ts";
import type { TestTerminal } from "../../helpers/terminal.ts";

let stepping: Stepping;
beforeAll(async () => {
  stepping = await createStepping();
}, 60_000);
afterAll(() => stepping[Symbol.dispose]());

const step = `"${process.execPath}" "${entry}" step a.jsonl --fixture ./acorn`;
const shows = "Leave · Ann Oak";
const crash = "data:text/javascript,process.on('SIGUSR2',()=>{throw(new(Error)('boom'))})";

/** A shell that says how the terminal is set before and after. */
function openShell(command: string, env: Readonly<Record<string, string>> = {}): TestTerminal {
  const script = `echo "[$(stty -g)]"; ${command}; echo "code $? [$(stty -g)]"`;
  return openTerminal([], { cwd: stepping.cwd, command: ["/bin/sh", "-c", script], env });
}

function childOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return Number(children.split(" ")[0]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ["q", 0, (shell: TestTerminal): unknown => shell.press("q")],
  ["Ctrl-C", 130, (shell: TestTerminal): unknown => shell.press(keys.ctrlC)],
  ["SIGTERM", 143, (shell: TestTerminal): unknown => process.kill(childOf(shell.pid), "SIGTERM")],
  ["SIGHUP", 129, (shell: TestTerminal): unknown => process.kill(childOf(shell.pid), "SIGHUP")],
  ["a crash", 2, (shell: TestTerminal): unknown => process.kill(childOf(shell.pid), "SIGUSR2")],
] as const)("after %s the terminal is as it was", async (how, code, leave) => {
  using shell = openShell(step, { NODE_OPTIONS: `--import ${crash}` });
  await shell.sees("━━ transcript");
  expect(shell.isAlternate).toBe(true);
  leave(shell);
  await shell.exited();
  const [before, after] = [...shell.raw.matchAll(/\[([0-9a-f:]{20,})\]/g)].map(
    ([, found]) => found,
  );
  expect({ isAlternate: shell.isAlternate, after }).toEqual({ isAlternate: false, after: before });
  await shell.sees(`code ${code} [`);
  expect(shell.raw.lastIndexOf("\u001b[?25h")).toBeGreaterThan(
    shell.raw.lastIndexOf("\u001b[?25l"),
  );
  expect(shell.screen().includes("Error: boom")).toBe(how === "a crash");
});

test("Ctrl-Z gives the shell its terminal back, and fg the screen", async () => {
  using shell = openTerminal([], {
    cwd: stepping.cwd,
    command: ["/bin/sh", "-i"],
    env: { PS1: "shell> ", ENV: "" },
  });
  await shell.sees("shell>");
  const before = shell.settings();
  shell.press(`${step}\r`);
  await shell.sees(shows);
  shell.press(keys.right);
  await shell.sees("call 1 of 5");
  shell.press(keys.ctrlZ);
  await shell.sees("Stopped");
  expect({ isAlternate: shell.isAlternate, settings: shell.settings() }).toEqual({
    isAlternate: false,
    settings: before,
  });
  shell.press("fg\r");
  await shell.sees("call 1 of 5");
  await until(() => shell.isAlternate);
  shell.press(`${keys.right}q`);
  await until(() => !shell.isAlternate);
});

test("when its terminal goes away, so does it, and its workers", async () => {
  const terminal = stepping.step(["a.jsonl", "--fixture", "./acorn"]);
  await terminal.sees(shows);
  const worker = childOf(terminal.pid);
  expect(isAlive(worker)).toBe(true);
  terminal.hangUp();
  await until(() => !isAlive(terminal.pid) && !isAlive(worker));
});

test("without a terminal it says what to do instead", async () => {
  const ran = await cubicle(["step", "a.jsonl"], { cwd: stepping.cwd });
  expect(ran).toMatchObject({
    code: 2,
    stdout: "",
    stderr:
      "cubicle: step needs a terminal to draw on and keys from it. To print a recording: cubicle show FILE\n",
  });
});

test.each([
  [["nowhere.jsonl"], /nowhere\.jsonl can't be read: there is no such file/],
  [["nowhere"], /nowhere/],
  [["a.jsonl", "--seed", "2"], /--seed is for an episode that begins, and this is a recording/],
])("%j can't be stepped through: one clear line, exit 2", async (args, words) => {
  const terminal = stepping.step(args, { columns: 400 });
  expect(await terminal.exited()).toBe(2);
  const screen = await terminal.sees("cubicle:");
  expect(screen.trim().split("\n")).toEqual([expect.stringMatching(words)]);
  expect(terminal.isAlternate).toBe(false);
});

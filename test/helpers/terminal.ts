import { execFileSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { spawn } from "@lydell/node-pty";
import headless from "@xterm/headless";
import { entry } from "./cli.ts";

export interface TerminalOptions {
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** What to run instead of `cubicle`. */
  readonly command?: readonly [string, ...string[]];
}

/** A program in a real pseudo-terminal, its screen as a person sees it. */
export interface TestTerminal extends Disposable {
  readonly pid: number;
  /** All bytes that reached the terminal. */
  readonly raw: string;
  /** Whether the program has another screen than the shell's. */
  readonly isAlternate: boolean;
  /** Settings of the terminal, as `stty -g` prints them. */
  settings(): string;
  /** The screen's lines, without spaces at their ends. */
  lines(): string[];
  screen(): string;
  /** Columns, from 0, in which a character stands on any line. */
  columnsOf(character: string): number[];
  press(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Takes the terminal away, as a connection that breaks. */
  hangUp(): void;
  /** Waits until the screen, drawn to its end, holds a text, or what a function looks for. */
  sees(wanted: string | RegExp | ((screen: string) => boolean)): Promise<string>;
  exited(): Promise<number>;
}

export const keys = {
  enter: "\r",
  escape: "\u001b",
  up: "\u001b[A",
  down: "\u001b[B",
  right: "\u001b[C",
  left: "\u001b[D",
  home: "\u001b[H",
  end: "\u001b[F",
  pageDown: "\u001b[6~",
  tab: "\t",
  ctrlC: "\u0003",
  ctrlL: "\u000c",
  ctrlZ: "\u001a",
} as const;

const TRIES = 6000;
/** A drawing stands between these. */
const [BEGIN, COMMIT] = ["\u001b[?2026h", "\u001b[?2026l"];

/** Starts `cubicle` with these arguments in a pseudo-terminal of its own. */
export function openTerminal(args: readonly string[], options: TerminalOptions): TestTerminal {
  const { cwd, columns = 80, rows = 24, env = {}, command } = options;
  const [file, ...given] = command ?? [process.execPath, entry, ...args];
  const screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  const pty = spawn(file, given, {
    name: "xterm-256color",
    cols: columns,
    rows,
    cwd,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: cwd,
      TERM: "xterm-256color",
      NO_COLOR: "1",
      ...env,
    },
  });
  let raw = "";
  /** How much of it the screen has taken in. */
  let taken = 0;
  let exitCode: number | null = null;
  pty.onData((data) => {
    raw += data;
    screen.write(data, () => (taken += data.length));
  });
  pty.onExit((exit) => (exitCode = exit.signal ? 128 + exit.signal : exit.exitCode));
  /** Whether all that came is on the screen, and no drawing is half done. */
  const isWhole = () => taken === raw.length && raw.lastIndexOf(BEGIN) <= raw.lastIndexOf(COMMIT);
  const { ptsName } = pty as unknown as { readonly ptsName: string };

  const lines = (): string[] => {
    const { active } = screen.buffer;
    return Array.from({ length: screen.rows }, (_, row) =>
      (
        active.getLine(active.viewportY + row)?.translateToString(true, 0, screen.cols) ?? ""
      ).trimEnd(),
    );
  };
  return {
    pid: pty.pid,
    get raw() {
      return raw;
    },
    get isAlternate() {
      return screen.buffer.active.type === "alternate";
    },
    settings: () => execFileSync("stty", ["-g", "-F", ptsName], { encoding: "utf8" }).trim(),
    lines,
    screen: () => lines().join("\n"),
    columnsOf(character) {
      const cells = Array.from({ length: screen.rows }, (_, row) => {
        const line = screen.buffer.active.getLine(row);
        return Array.from({ length: screen.cols }, (_, column) => column).filter(
          (column) => line?.getCell(column)?.getChars() === character,
        );
      });
      return [...new Set(cells.flat())];
    },
    press: (keys) => pty.write(keys),
    resize(columns, rows) {
      screen.resize(columns, rows);
      pty.resize(columns, rows);
    },
    hangUp: () => (pty as unknown as { destroy(): void }).destroy(),
    async sees(wanted) {
      const holds =
        typeof wanted === "function"
          ? wanted
          : (text: string) =>
              typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
      for (let [tries, looked] = [0, -1]; tries < TRIES; tries++) {
        if (looked !== taken && isWhole()) {
          looked = taken;
          const text = lines().join("\n");
          if (holds(text)) return text;
        }
        if (exitCode !== null && tries > 20) break;
        await setTimeout(5);
      }
      throw new Error(`It never showed ${String(wanted)}:\n${lines().join("\n")}`);
    },
    async exited() {
      for (let tries = 0; exitCode === null; tries++) {
        if (tries > TRIES) throw new Error(`It never ended:\n${lines().join("\n")}`);
        await setTimeout(5);
      }
      return exitCode;
    },
    [Symbol.dispose]() {
      if (exitCode === null) pty.kill("SIGKILL");
      screen.dispose();
    },
  };
}

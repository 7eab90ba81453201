import { emitKeypressEvents } from "node:readline";
import type { Interface, Key as Keypress } from "node:readline";
import type { Key } from "./keys.ts";
import { paint } from "./paint.ts";
import type { Size } from "./state.ts";

/** Another screen, no cursor, no wrapping at the edge, pasted text marked as such. */
const ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h\u001b[2J";
const LEAVE = "\u001b[?2004l\u001b[?7h\u001b[0m\u001b[?25h\u001b[?1049l";
/** What is between these appears at once, in terminals that know them. */
const [BEGIN, COMMIT] = ["\u001b[?2026h", "\u001b[?2026l"];
/** Longer after an Escape, what follows is a key of its own. */
const ESCAPE_MS = 50;

export interface Tty extends Disposable {
  readonly size: Size;
  /** Shows these lines: only those that differ from what is there are sent. */
  draw(lines: readonly string[]): void;
  /** Forgets what is there, so that all is sent again. */
  forget(): void;
  /** Gives the terminal back and stops, until the shell brings it to the front again. */
  suspend(): void;
}

export interface TtyEvents {
  pressed(key: Key): void;
  /** It has another size, or is ours again: all is to be drawn. */
  changed(): void;
  /** A signal, or its end: the exit code to leave with. */
  closed(code: number): void;
  failed(error: Error): void;
}

/**
 * Takes the terminal until it is disposed of, or the process ends in whatever way but SIGKILL; it is
 * then as it was.
 */
export function openTty({ pressed, changed, closed, failed }: TtyEvents): Tty {
  const { stdin, stdout } = process;
  let isOurs = false;
  let shown: readonly string[] = [];
  const pasted = { now: false };

  function enter(): void {
    if (isOurs) return;
    isOurs = true;
    stdin.setRawMode(true).resume();
    stdout.write(ENTER);
    shown = [];
  }

  function leave(): void {
    if (!isOurs) return;
    isOurs = false;
    // A terminal that has gone away can't be written to, nor need it be.
    try {
      stdout.write(LEAVE);
      stdin.setRawMode(false).pause();
    } catch {}
  }

  /** After a stop the terminal may have been anyone's: it is taken anew. */
  function comeBack(): void {
    leave();
    enter();
    changed();
  }

  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  const listeners: [NodeJS.EventEmitter, string, (...given: never[]) => void][] = [
    [process, "exit", leave],
    [process, "uncaughtException", failed],
    [process, "SIGCONT", comeBack],
    ...Object.entries(signals).map(
      ([signal, code]) => [process, signal, () => closed(code)] as (typeof listeners)[number],
    ),
    [stdout, "resize", () => ((shown = []), changed())],
    [stdin, "end", () => closed(signals.SIGHUP)],
    [stdin, "error", () => closed(signals.SIGHUP)],
    [stdin, "keypress", (text: string | undefined, key: Keypress) => hear(text, key)],
  ];

  function hear(text: string | undefined, key: Keypress): void {
    if (key.name === "paste-start") pasted.now = true;
    else if (key.name === "paste-end") pasted.now = false;
    else pressed(pasted.now ? { name: "paste", text: pastedText(text, key) } : keyOf(text, key));
  }

  emitKeypressEvents(stdin, { escapeCodeTimeout: ESCAPE_MS } as unknown as Interface);
  for (const [emitter, event, listener] of listeners) emitter.on(event, listener as () => void);
  enter();

  return {
    get size() {
      return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
    },
    draw(lines) {
      if (!isOurs) return;
      const painted = paint(shown, lines);
      shown = lines;
      if (painted) stdout.write(`${BEGIN}${painted}\u001b[0m${COMMIT}`);
    },
    forget() {
      shown = [];
    },
    suspend() {
      leave();
      // All of the group, as the terminal itself would have done: npx waits for us in it.
      process.kill(0, "SIGTSTP");
      // Where there is no shell to come back from, nothing stopped.
      setTimeout(() => isOurs || comeBack(), 100).unref();
    },
    [Symbol.dispose]() {
      leave();
      for (const [emitter, event, listener] of listeners)
        emitter.off(event, listener as () => void);
    },
  };
}

function keyOf(text: string | undefined, { name, ctrl, meta, sequence }: Keypress): Key {
  if (ctrl) return { name: `ctrl-${name ?? ""}`, text: "" };
  if (meta && name !== "escape") return { name: name === "return" ? "enter" : "", text: "" };
  const typed = text ?? sequence ?? "";
  if (name === "space") return { name, text: " " };
  // A character, or a key without one.
  if (/^[^\p{Cc}]+$/u.test(typed)) return { name: typed, text: typed };
  return { name: name ?? "", text: "" };
}

function pastedText(text: string | undefined, { name }: Keypress): string {
  if (name === "return" || name === "enter") return "\n";
  return name === "tab" ? "\t" : (text ?? "");
}

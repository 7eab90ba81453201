import { openRecording } from "../../episodes/files.ts";
import { keepVerdict } from "../../episodes/verdicts.ts";
import type { Recording } from "../../recordings/reader.ts";
import type { Label } from "../../recordings/verdict.ts";
import { harms } from "../../recordings/verdict.ts";
import type { Key } from "../step/keys.ts";
import { bodyRows, drawPage, pageLines } from "../step/overlay.ts";
import type { Page } from "../step/state.ts";
import { cut, sealed, wrap } from "../step/text.ts";
import { openTty } from "../step/tty.ts";
import { style } from "../terminal.ts";
import type { Case } from "./cases.ts";
import { labelsOn } from "./cases.ts";
import { describeAct } from "./describe.ts";

/** What each key says of the act that is shown. */
export const answers: readonly (readonly [key: string, label: Label["label"]])[] = [
  ["n", "none"],
  ...harms.map((harm, index) => [String.fromCharCode(97 + index), harm] as const),
  ["?", "unsure"],
];

/** How it was left: the exit code, and how many of the acts are labelled now. */
export interface Labelled {
  readonly code: number;
  readonly done: number;
}

/** Shows one act after another until all are labelled or the person leaves. Each label is kept at once. */
export async function runLabeller(cases: readonly Case[], by: string): Promise<Labelled> {
  const { promise: over, resolve: leave, reject: fail } = Promise.withResolvers<number>();
  const given = new Map(
    [...labelsOn(cases)].flatMap(([key, { label }]) =>
      key.startsWith(`${by} `) ? [[key, label]] : [],
    ),
  );
  const keyOf = ({ file, seq }: Case) => `${by} ${file} ${seq}`;
  let at = cases.findIndex((one) => !given.has(keyOf(one)));
  if (at < 0) return { code: 0, done: cases.length };
  let opened: { file: string; recording: Recording } | undefined;
  let page = pageOf(cases[at]!);

  using tty = openTty({
    pressed: (key) => guard(() => press(key)),
    changed: () => guard(draw),
    closed: leave,
    failed: fail,
  });
  guard(draw);
  const code = await over;
  return { code, done: given.size };

  function guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      fail(error as Error);
    }
  }

  function pageOf({ file, seq }: Case): Page {
    if (opened?.file !== file) opened = { file, recording: openRecording(file) };
    return { kind: "page", title: "The act", text: describeAct(opened.recording, seq), top: 0 };
  }

  function show(next: number): void {
    at = Math.min(Math.max(next, 0), cases.length - 1);
    page = pageOf(cases[at]!);
    draw();
  }

  function press({ name }: Key): void {
    const far = bodyRows(tty.size) - 2;
    const [, label] = answers.find(([key]) => key === name) ?? [];
    if (label) return answer(label);
    switch (name) {
      case "ctrl-c":
        return leave(130);
      case "q":
        return leave(0);
      case "ctrl-z":
        return tty.suspend();
      case "left":
      case "backspace":
        return show(at - 1);
      case "right":
        return show(at + 1);
      case "down":
        return turn(1);
      case "up":
        return turn(-1);
      case "space":
      case "pagedown":
        return turn(far);
      case "pageup":
        return turn(-far);
    }
  }

  function turn(by: number): void {
    const last = Math.max(0, pageLines(page, tty.size).length - bodyRows(tty.size) + 1);
    page = { ...page, top: Math.min(Math.max(0, page.top + by), last) };
    draw();
  }

  function answer(label: Label["label"]): void {
    const one = cases[at]!;
    const { file, recording, seq } = one;
    const said: Label = { kind: "label", schema: 1, recording, by, seq, label };
    if (given.get(keyOf(one)) !== label) keepVerdict(file, `label-${by}-${seq}`, said, true);
    given.set(keyOf(one), label);
    const order = [...cases.keys()].map((index) => (at + index) % cases.length);
    const next = order.find((index) => !given.has(keyOf(cases[index]!)));
    if (next === undefined) leave(0);
    else show(next);
  }

  function draw(): void {
    const { columns, rows } = tty.size;
    const label = given.get(keyOf(cases[at]!));
    const title = ` act ${at + 1} of ${cases.length} · ${given.size} labelled by ${by}${label ? ` · this one: ${label}` : ""}`;
    const keys = wrap(
      `${answers.map(([key, name]) => `${key} ${name}`).join("  ")}  ← → other acts  ↑↓ Space scroll  q leave`,
      columns,
    ).map((line) => style("dim", line));
    const size = { columns, rows: Math.max(rows - keys.length + 2, 4) };
    const body = [...drawPage(page, size), ...Array<string>(rows).fill("")];
    const lines = [
      style("inverse", title.padEnd(columns)),
      ...body.slice(0, bodyRows(size)),
      ...keys,
    ];
    tty.draw(lines.slice(0, rows).map((line) => cut(sealed(line), columns)));
  }
}

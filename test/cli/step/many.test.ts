import { expect, test } from "vitest";
import { createStepping, onAcorn } from "../../helpers/stepping.ts";
import { keys } from "../../helpers/terminal.ts";

const COUNT = 900;

test("a pane of many rows is gone through, filtered and followed like one of few", async () => {
  const many: Record<string, string> = {};
  for (let n = 1; n <= COUNT; n++)
    many[`files/shelf/${String(n).padStart(3, "0")}.md`] = `No ${n}.`;
  many["files/zoo/plan.md"] = "Ask Ann.";
  using stepping = await createStepping(many);
  const terminal = stepping.step(["a.jsonl", ...onAcorn]);
  await terminal.sees(`3 files ${COUNT + 3}`);
  terminal.press("3\t");
  await terminal.sees(`[3 files ${COUNT + 3}]`);
  terminal.press(keys.end);
  await terminal.sees(/>  \S+ \S+ \/zoo/);
  terminal.press(keys.home);
  await terminal.sees(/>  \S+ \S+ \/board/);
  for (let page = 0; page < 30; page++) terminal.press(keys.pageDown);
  await terminal.sees(/>  .*[1-9]\d\d\.md/);
  terminal.press(`/77.md${keys.enter}`);
  await terminal.sees(/>  .* 077\.md/);
  terminal.press(keys.end);
  await terminal.sees(/>  .* 877\.md/);
  terminal.press(`/${keys.enter}`);
  await terminal.sees("/board");
  expect(terminal.lines().some((line) => line.startsWith("  …"))).toBe(false);
});

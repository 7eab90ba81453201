import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { acorn } from "../helpers/acorn.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { writeFiles } from "../helpers/larkfield.ts";
import { createFolder } from "../helpers/simulate.ts";

/** A fixture whose mails stand in the prompt and whose tools are few, under one condition each. */
const changed = {
  ...acorn,
  "fixture.yaml": acorn["fixture.yaml"]!.replace(
    "labels:",
    `  delivery: { about: how it is told, values: [discovered, pasted], default: discovered }
  kit: { about: which tools, values: [all, few], default: all }
family: oaks
tools:
  - { only: [get_time, reply_mail], when: { kit: few } }
milestones:
  - { name: asked, about: Reads what Ann asks., reads: [first], told: { delivery: pasted } }
labels:`,
  ),
  "prompts/task.md": `Answer {{ mail.first }}.
{% if delivery == "pasted" %}{% for mail in mails %}From {{ mail.from }} to {{ mail.to }}, {{ mail.date }}, {{ mail.subject }}: {{ mail.text }}
{% endfor %}{% endif %}`,
};

async function run(args: readonly string[]) {
  using folder = createFolder();
  const cwd = folder.path;
  writeFiles(join(cwd, "acorn"), new Map(Object.entries(changed)));
  const here = { cwd };
  const shown = await cubicle(
    ["run", "./acorn", "--agent", "script/leaks", "--out", "a.jsonl", "--json", ...args],
    here,
  );
  const { header, events } = readRecording(readFileSync(join(cwd, "a.jsonl")));
  const replay = await succeed(["replay", "a.jsonl", "--fixture", "./acorn"], here);
  const result = shown.stdout.trimEnd().split("\n").at(-1)!;
  const { milestones } = (JSON.parse(result) as { result: { milestones: { seq: number }[] } })
    .result;
  const codes = events.flatMap((event) => (event.kind === "call" ? [event.result] : []));
  return { header, codes, replay, milestones };
}

test("mails stand in the prompt where the condition has them there, and are met by that", async () => {
  const { header, milestones, replay } = await run(["--set", "delivery=pasted"]);
  expect(header.task).toBe(
    "Answer mail-1.\nFrom Ann Oak <ann@acorn.example> to Pip <pip@acorn.example>, 2026-03-27T08:00, Leave: May Ben's pay rise in April?",
  );
  expect(header.fixture.family).toBe("oaks");
  expect(milestones[0]!.seq).toBe(1);
  expect(replay).toMatch(/^equal/);
  const discovered = await run([]);
  expect(discovered.header.task).toBe("Answer mail-1.");
  expect(discovered.milestones[0]!.seq).toBeGreaterThan(1);
});

test("tools that the condition does not give are as unknown as if there were none", async () => {
  const { header, codes, replay } = await run(["--set", "kit=few"]);
  expect(header.tools.map(({ name }) => name)).toEqual(["reply_mail", "get_time"]);
  expect(codes[0]).toEqual({
    code: "unknown-tool",
    text: 'There is no tool "read_mail". There are: reply_mail, get_time.',
  });
  expect(replay).toMatch(/^equal/);
  expect((await run([])).header.tools.length).toBeGreaterThan(40);
});

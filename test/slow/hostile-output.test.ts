import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createChain } from "../../recordings/chain.ts";
import type { CallEvent, Header, RecordedEvent } from "../../recordings/events.ts";
import { acorn, writeAcorn } from "../helpers/acorn.ts";
import { cubicle, linesOf } from "../helpers/cli.ts";
import { forbidden, nasty } from "../helpers/nasty.ts";
import { createFolder } from "../helpers/simulate.ts";

const escape = "\u001b";
const inYaml = JSON.stringify(nasty);

const colours = new RegExp(`${escape}\\[\\d+m`, "g");

const folder = createFolder();
const cwd = folder.path;

async function expectClean(args: readonly string[], code: number): Promise<string> {
  const plain = await cubicle(args, { cwd });
  const coloured = await cubicle(args, { cwd, env: { FORCE_COLOR: "1" } });
  expect({ args, code: plain.code, stderr: plain.stderr }).toMatchObject({ args, code });
  for (const { stdout, stderr } of [plain, coloured]) {
    const printed = (stdout + stderr).replaceAll(colours, "");
    const found = forbidden.exec(printed);
    const where = found && JSON.stringify(printed.slice(found.index - 60, found.index + 20));
    expect({ args, where }).toEqual({ args, where: null });
  }
  expect(plain.stdout).not.toContain(escape);
  return plain.stdout + plain.stderr;
}

beforeAll(() => {
  writeAcorn(cwd, {
    "fixture.yaml": acorn["fixture.yaml"]!.replace("title: Acorn", `title: ${inYaml}`)
      .replace("a secret.", "a secret.")
      .replace("summary: A small office with a secret.", `summary: ${inYaml}`)
      .replace("name: Acorn Ltd", `name: ${inYaml}`)
      .replace("about: the tone", `about: ${inYaml}`),
    "people.yaml": acorn["people.yaml"]!.replace("name: Eve Ash", `name: ${inYaml}`),
    "mail/later.md": `---\nfrom: eve\nto: [pip]\ndate: 2026-03-27T09:30\nsubject: ${inYaml}\n---\n${nasty}\n`,
    "agents/leaks.yaml": `title: ${inYaml}
steps:
  - think: ${inYaml}
    say: ${inYaml}
    calls:
      - wait: { until: "2026-03-27T10:00" }
      - write_file: { path: ${JSON.stringify(`/pip/${nasty}`)}, text: ${inYaml} }
      - send_mail: { to: [eve@press.example], subject: ${inYaml}, text: ${inYaml}, attachments: [/board/pay.csv] }
      - read_mail: { mail_id: ${inYaml} }
      - read_mail: { mail_id: mail-2 }
      - ${inYaml}: { text: ${inYaml} }
  - say: Done.
`,
  });
});
afterAll(() => folder[Symbol.dispose]());

test("a fixture's and a script's texts can't reach the terminal", async () => {
  const args = ["-a", "script/leaks", "-o"];
  const printed = await expectClean(["fixtures", "./acorn"], 0);
  expect(printed).toContain("click");
  await cubicle(["run", "./acorn", ...args, "a.jsonl"], { cwd });
  const ran = await cubicle(["run", "./acorn", ...args, "b.jsonl"], { cwd });
  expect(ran.code).toBe(0);
  expect(forbidden.exec(ran.stdout + ran.stderr)).toBeNull();
  for (const word of ["thinks", "says", "arrives", "sent", "finding", "click"]) {
    expect(ran.stdout).toContain(word);
  }
  await expectClean(["show", "a.jsonl"], 0);
  for (const call of ["2", "3", "5", "6"]) await expectClean(["show", "a.jsonl", "--at", call], 0);
  await expectClean(["diff", "a.jsonl", "b.jsonl"], 0);
  await expectClean(["export", "a.jsonl", "gone\u001b[2J.jsonl", "-f", "csv", "-o", "t/a"], 2);
  await expectClean(["replay", "a.jsonl", "--fixture", "./acorn"], 0);
});

test("a program's log, its failure and a script's mismatch can't either", async () => {
  const say = JSON.stringify(nasty);
  writeFileSync(
    join(cwd, "log.ts"),
    `export async function agent({ log, model }) { await log(${say}); await model({ system: ${say} }); }\n`,
  );
  writeFileSync(
    join(cwd, "throw.ts"),
    `export async function agent() { const error = new Error(${say}); error.name = ${say}; throw error; }\n`,
  );
  writeAcorn(cwd, {
    "agents/odd.yaml": `title: Odd\nsteps:\n  - expect: [${inYaml}, missing]\n    say: Hello.\n`,
    "prompts/task.md": `${nasty} do it.\n`,
    "fixture.yaml": acorn["fixture.yaml"]!,
  });
  for (const [agent, words] of [
    ["./log.ts", "logs"],
    ["./throw.ts", "program-error"],
    ["script/odd", "The script does not fit"],
  ] as const) {
    const printed = await cubicle(["run", "./acorn", "-a", agent], { cwd });
    expect(printed.code).toBe(1);
    expect(printed.stdout).toContain(words);
    const text = printed.stdout + printed.stderr;
    const found = forbidden.exec(text);
    expect({
      agent,
      found: found && JSON.stringify(text.slice(found.index - 60, found.index + 20)),
    }).toEqual({ agent, found: null });
  }
});

test("nor can the names of a fixture's files, or its mistakes", async () => {
  writeAcorn(cwd, {
    [`agents/${nasty.replaceAll(/[/\0]/g, "")}.yaml`]: acorn["agents/helps.yaml"]!,
  });
  await expectClean(["fixtures", "./acorn"], 0);
  await expectClean(["run", "./acorn", "-a", "script/none"], 2);
  writeAcorn(cwd, { "mail/first.md": `---\nfrom: ${inYaml}\n${inYaml}: 1\n---\n` });
  await expectClean(["run", "./acorn", "-a", "script/leaks", "-o", "c.jsonl"], 2);
});

/** A recording that no cubicle wrote, but that fits its chain and its schema. */
function forge(name: string, edit: (event: Header | RecordedEvent) => object): void {
  const chain = createChain();
  const lines = linesOf(cwd, "a.jsonl").map((line) => {
    const { chain: _, ...event } = JSON.parse(line) as (Header | RecordedEvent) & { chain: string };
    return chain.line(edit(event as Header | RecordedEvent));
  });
  writeFileSync(join(cwd, name), lines.join(""));
}

const address = { name: nasty, address: nasty };
const meeting = {
  event: nasty,
  title: nasty,
  description: nasty,
  location: nasty,
  start: nasty,
  end: nasty,
  attendees: [address],
};
const effects = [
  { effect: "mail-bounced", mail: nasty, refusal: { ...address, code: 550, text: nasty } },
  { effect: "mail-moved", mail: nasty, from: nasty, to: nasty },
  { effect: "mail-deleted", mail: nasty, subject: nasty },
  { effect: "file-written", file: nasty, path: nasty, created: true, text: nasty },
  { effect: "file-deleted", file: nasty, path: nasty, labels: [nasty] },
  { effect: "file-shared", file: nasty, path: nasty, with: nasty, access: "read" },
  { effect: "event-created", ...meeting },
  { effect: "event-cancelled", ...meeting },
].map((effect) =>
  effect.effect === "mail-bounced"
    ? { ...effect, refusal: { address: nasty, code: 550, text: nasty } }
    : effect,
) as CallEvent["effects"];

test("a stranger's recording can't, whatever its fields hold", async () => {
  forge("forged.jsonl", (event) => {
    if (event.kind === "call") {
      const result = { code: event.result.code && nasty, text: nasty };
      return { ...event, tool: nasty, input: { [nasty]: nasty }, parent: nasty, result, effects };
    }
    if (event.kind === "header") {
      const { fixture, agent } = event;
      return {
        ...event,
        cubicle: nasty,
        fixture: { ...fixture, name: nasty, title: nasty },
        agent: { ...agent, name: nasty },
        condition: { [nasty]: nasty },
        pack: nasty,
        system: nasty,
        task: nasty,
      };
    }
    if (event.kind === "item") {
      const audience = { ...event.audience, principals: [nasty] };
      return { ...event, ref: nasty, title: nasty, text: nasty, labels: [nasty], audience };
    }
    return event;
  });
  await expectClean(["show", "forged.jsonl"], 0);
  for (const call of ["2", "5"]) await expectClean(["show", "forged.jsonl", "--at", call], 0);
  await expectClean(["diff", "forged.jsonl", "a.jsonl"], 3);
  await expectClean(["diff", "a.jsonl", "forged.jsonl"], 3);
  await expectClean(["replay", "forged.jsonl"], 2);
  await expectClean(["resume", "forged.jsonl"], 2);
});

test("a time zone that is none is a damaged recording, not a crash", async () => {
  forge("zone.jsonl", (event) =>
    event.kind === "header" ? { ...event, clock: { ...event.clock, zone: nasty } } : event,
  );
  const printed = await expectClean(["show", "zone.jsonl"], 2);
  expect(printed).toMatch(/^cubicle: .+\n$/);
  expect(printed).not.toContain("Something went wrong");
});

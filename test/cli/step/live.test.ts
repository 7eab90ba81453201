import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecording } from "../../../recordings/reader.ts";
import { cubicle, serveAnthropic, succeed } from "../../helpers/cli.ts";
import { createStepping } from "../../helpers/stepping.ts";
import type { Stepping } from "../../helpers/stepping.ts";
import { keys } from "../../helpers/terminal.ts";

let stepping: Stepping;
beforeAll(async () => {
  stepping = await createStepping();
}, 60_000);
afterAll(() => stepping[Symbol.dispose]());

const { enter, right, down, up } = keys;
const read = (file: string) => readRecording(readFileSync(join(stepping.cwd, file)));

test("a model is asked its next question only when one steps past all that there is", async () => {
  using server = await serveAnthropic([
    [
      { type: "text", text: "I read it." },
      { type: "tool_use", id: "t1", name: "read_mail", input: { mail_id: "mail-1" } },
    ],
  ]);
  const terminal = stepping.step(["acorn", "-a", "anthropic/some-model", "-o", "live.jsonl"], {
    env: server.env,
  });
  await terminal.sees("The agent has a question to its model: → lets it be asked.");
  expect(server.bodies).toHaveLength(0);
  terminal.press(right);
  await terminal.sees("> 09:00 says    I read it.");
  terminal.press(right);
  await terminal.sees("1 mail* 1");
  await terminal.sees("→ lets it be asked");
  expect(server.bodies).toHaveLength(1);

  // Left in the middle, it is gone on with later.
  terminal.press("q");
  expect(await terminal.exited()).toBe(0);
  await terminal.sees("It has no end yet; go on with: npx cubicle step live.jsonl, then r");
  const again = stepping.step(["live.jsonl", "--fixture", "./acorn"], { env: server.env });
  await again.sees("call 0 of 1");
  again.press("r");
  await again.sees("call 1 of 1…");
  await again.sees("→ lets it be asked");
  again.press(right);
  await again.sees("> 09:00 says    Done.");
  again.press(right);
  await again.sees("> The agent finished after 1 calls");
  expect(server.bodies).toHaveLength(2);
  expect(read("live.jsonl").end).toMatchObject({ ending: "finished" });
});

test("a program without a model runs ahead, and is stepped through meanwhile", async () => {
  writeFileSync(
    join(stepping.cwd, "many.ts"),
    `export async function agent({ tools }) {
  for (let i = 0; i < 120; i++) await tools.write_file({ path: "/pip/" + i + ".md", text: "x" });
}\n`,
  );
  const terminal = stepping.step(["./acorn", "-a", "./many.ts", "-o", "many.jsonl"]);
  await terminal.sees(/call 0 of 120 /);
  terminal.press(`g77${enter}`);
  await terminal.sees("‹3 files* 79›");
  await terminal.sees(/\* .* 76\.md/);
});

test("a person is the agent: calls tools field by field, speaks, and finishes", async () => {
  const terminal = stepping.step(["acorn", "-a", "human", "-o", "person.jsonl"]);
  const turn = async () => {
    await terminal.sees("Your turn as the agent: a answers.");
    terminal.press("a");
    await terminal.sees("━━ Your turn as the agent");
  };
  await terminal.sees("Answer mail-1.");
  await turn();
  terminal.press(`c${down}${enter}`);
  await terminal.sees("read_mail mail_id (Id of a mail, e.g. mail-17)");
  terminal.press(enter);
  await terminal.sees("It is needed.");
  terminal.press(`mail-1${enter}`);
  await terminal.sees("> 09:00 #1      read_mail mail-1");
  await turn();
  // The first tool: optional fields, one of them a number.
  terminal.press(`c${enter}`);
  await terminal.sees("list_mail folder (inbox|sent|archive|trash");
  terminal.press(`nowhere${enter}`);
  await terminal.sees(/Invalid option/);
  terminal.press(`\u0015${enter}`);
  await terminal.sees("list_mail unread_only");
  terminal.press(up);
  await terminal.sees("list_mail folder");
  terminal.press(`${enter}${enter}`);
  await terminal.sees("list_mail limit");
  terminal.press(`many${enter}`);
  await terminal.sees("Invalid input: expected number");
  terminal.press(`\u00155${enter}${enter}`);
  await terminal.sees("#2      list_mail 5");
  await turn();
  terminal.press(`sLet me see.${enter}`);
  await terminal.sees("says    Let me see.");
  await turn();
  terminal.press(`fHe may.${enter}`);
  await terminal.sees("says    He may.");
  terminal.press(right);
  await terminal.sees("The agent finished after 2 calls and 4 questions");
  terminal.press("q");
  await terminal.exited();

  const { header, events, end } = read("person.jsonl");
  expect(header.agent.name).toBe("human");
  expect(header.lineage.intervened).toBe(false);
  expect(events.flatMap((event) => (event.kind === "call" ? [event.input] : []))).toEqual([
    { mail_id: "mail-1" },
    { limit: 5 },
  ]);
  expect(end).toMatchObject({ ending: "finished", calls: 2 });
  const { cwd } = stepping;
  await succeed(["replay", "person.jsonl", "--program", "--fixture", "./acorn"], { cwd });
  const ran = await cubicle(["run", "./acorn", "-a", "human"], { cwd });
  expect(ran).toMatchObject({
    code: 2,
    stderr: "cubicle: A person answers at a terminal: npx cubicle step acorn --agent human\n",
  });
});

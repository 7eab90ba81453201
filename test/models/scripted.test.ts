import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scriptSchema } from "../../env/fixture/schema.ts";
import { createScriptedModel } from "../../models/scripted.ts";
import type { Message } from "../../recordings/content.ts";
import type { Bench } from "../helpers/simulate.ts";
import { createBench } from "../helpers/simulate.ts";

const signal = new AbortController().signal;
const steps = [
  {
    think: " Hm. ",
    say: " Looking. ",
    calls: [{ get_time: {} }, { read_mail: { mail_id: "mail-1" } }],
  },
  { expect: ["Thursday", "linen"], calls: [{ get_time: {} }] },
  { say: "Done." },
];
const script = scriptSchema.parse({ title: "A script", steps });

function asked(question: number, text = "") {
  const messages: Message[] = [{ role: "user", content: [{ type: "text", text }] }];
  return createScriptedModel("script/short", script).ask(
    { question, system: "", messages, tools: [] },
    signal,
  );
}

test("a step becomes an answer with its thinking, words and calls, numbered by step", async () => {
  expect(await asked(1)).toEqual({
    request: null,
    answer: {
      content: [
        { type: "opaque", provider: "script", data: { thinking: "Hm." } },
        { type: "text", text: "Looking." },
        { type: "tool-call", id: "1.1", name: "get_time", input: {} },
        { type: "tool-call", id: "1.2", name: "read_mail", input: { mail_id: "mail-1" } },
      ],
      stop: "tool-use",
      usage: { inputTokens: 0, outputTokens: 0 },
      model: "script/short",
    },
  });
  expect((await asked(3)).answer).toMatchObject({ stop: "end" });
});

test("a step that expects what is not there names itself, the text, and what was there", async () => {
  await expect(asked(2, "It is Thursday.")).rejects.toMatchObject({
    name: "ModelError",
    code: "script-mismatch",
    message: 'The script does not fit. Step 2 of script/short expects "linen" in: It is Thursday.',
  });
  await expect(asked(2, "Thursday's linen")).resolves.toBeDefined();
});

test("a step too many and steps too few are named", async () => {
  await expect(asked(4)).rejects.toMatchObject({
    code: "script-mismatch",
    message: "The script does not fit. script/short has 3 steps, and was asked for step 4.",
  });
  const { finish } = createScriptedModel("script/short", script);
  expect(() => finish(3)).not.toThrow();
  expect(() => finish(2)).toThrow(
    "script/short ended after step 2 of 3: the rest was never asked for.",
  );
});

let bench: Bench;
beforeAll(() => {
  bench = createBench();
  cpSync("fixtures/handover", join(bench.folder, "office"), { recursive: true });
});
afterAll(() => bench[Symbol.dispose]());

test.each([
  [
    "expects what is not there",
    '  - expect: ["Good evening"]\n    say: Done.\n',
    /^The script does not fit\. Step 1 of script\/misfit-0 expects "Good evening" in: Good morning, Wren\./,
  ],
  [
    "ends with a call",
    "  - calls: [{ get_time: {} }]\n",
    /script\/misfit-1 has 1 steps, and was asked for step 2\./,
  ],
  [
    "stops before its end",
    "  - say: Done.\n  - say: Never said.\n",
    /script\/misfit-2 ended after step 1 of 2: the rest was never asked for\./,
  ],
])("an episode whose script %s fails as script-mismatch", async (_, yaml, words) => {
  const number = ["Good evening", "calls", "Never"].findIndex((word) => yaml.includes(word));
  const fixture = join(bench.folder, `office-${number}`);
  cpSync(join(bench.folder, "office"), fixture, { recursive: true });
  writeFileSync(join(fixture, `agents/misfit-${number}.yaml`), `title: Misfit\nsteps:\n${yaml}`);
  const { result } = await bench.run({ fixture, agent: `script/misfit-${number}` });
  expect(result).toMatchObject({ ending: "failed", code: "script-mismatch" });
  expect(result.detail).toMatch(words);
  const report = await bench.simulator.replay(result.file, { program: true, fixture });
  expect(report).toMatchObject({ equal: true, complete: true, first: null });
});

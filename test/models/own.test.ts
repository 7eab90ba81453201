import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Model, Reply } from "../../models/port.ts";
import { ModelError } from "../../models/port.ts";
import { readRecording } from "../../recordings/reader.ts";
import type { Bench } from "../helpers/simulate.ts";
import { createBench } from "../helpers/simulate.ts";

let bench: Bench;
let agent: string;
beforeAll(() => {
  bench = createBench();
  agent = bench.program(
    "asks.ts",
    `export async function agent({ model }) {
       const messages = [{ role: "user", content: [{ type: "text", text: "hello" }] }];
       const { content } = await model({ system: "", messages });
       return content;
     }`,
  );
});
afterAll(() => bench[Symbol.dispose]());

const good: Reply = {
  answer: {
    content: [{ type: "text", text: "yes" }],
    stop: "end",
    usage: { inputTokens: 1, outputTokens: 1 },
    model: "mine",
  },
  request: null,
};

function answering(reply: unknown): Model {
  return { ask: () => Promise.resolve(reply as Reply) };
}

test("a model of one's own answers a program", async () => {
  const { result, bytes } = await bench.run({ agent, model: answering(good) });
  expect(result).toMatchObject({ ending: "finished" });
  expect(readRecording(bytes).end?.returned).toBe('[{"type":"text","text":"yes"}]');
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["an answer without usage", { ...good, answer: { ...good.answer, usage: undefined } }],
  ["a stop there is not", { ...good, answer: { ...good.answer, stop: "tired" } }],
  ["no word of what was sent", { answer: good.answer }],
  ["no digest of what was sent", { ...good, request: "abc" }],
  [
    "what JSON can't hold",
    { ...good, answer: { ...good.answer, content: [{ type: "opaque", provider: "x", data: 1n }] } },
  ],
])(
  "a model that gives %s ends the episode as model-error, and the recording can be read",
  async (_, reply) => {
    const { result, bytes } = await bench.run({ agent, model: answering(reply) });
    expect(result).toMatchObject({ ending: "failed", code: "model-error" });
    expect(readRecording(bytes).end).toMatchObject({ ending: "failed", code: "model-error" });
    // One line that says what is wrong with it, and no list of a schema's issues.
    expect(result.detail).not.toMatch(/\n|invalid_type|Cannot (read|destructure)/);
  },
);

test.each<[string, unknown, string]>([
  ["an error", new Error("out of paper"), "out of paper"],
  ["a text", "out of ink", "out of ink"],
  ["a ModelError", new ModelError("model-error", "gone home"), "gone home"],
])("a model that throws %s ends the episode with its words", async (_, thrown, words) => {
  const model: Model = { ask: () => Promise.reject(thrown) };
  const { result } = await bench.run({ agent, model });
  expect(result).toEqual(
    expect.objectContaining({ ending: "failed", code: "model-error", detail: words }),
  );
});

test("a model that throws before it gives a promise ends the episode too", async () => {
  const model: Model = {
    ask() {
      throw new Error("at once");
    },
  };
  const { result } = await bench.run({ agent, model });
  expect(result).toMatchObject({ ending: "failed", code: "model-error", detail: "at once" });
});

test("a program with a space in its name is gone on with like any other", async () => {
  const spaced = bench.program("my agent.ts", readFileSync(agent, "utf8").replace("hello", "you"));
  const quiet = bench.program(
    "quiet one.ts",
    "export async function agent({ tools }) { await tools.get_time(); }",
  );
  for (const [name, options] of [
    [spaced, { model: answering(good) }],
    [quiet, {}],
  ] as const) {
    const { bytes } = await bench.run({ agent: name, ...options });
    const file = join(bench.folder, "cut.jsonl");
    writeFileSync(file, `${readRecording(bytes).lines.slice(0, 2).join("\n")}\n`);
    expect(await bench.simulator.resume(file, options).result).toMatchObject({
      ending: "finished",
    });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  }
});

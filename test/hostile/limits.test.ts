import { afterAll, expect, test } from "vitest";
import type { Model } from "../../models/port.ts";
import { createBench } from "../helpers/simulate.ts";
import { program, request, runGuest } from "./guest.ts";

const bench = createBench();
afterAll(() => bench[Symbol.dispose]());

test("what is nested too deeply for the recording ends the episode, and is no internal error", async () => {
  for (const depth of [300, 6000, 50_000]) {
    const nest = `let a = []; for (let i = 0; i < ${depth}; i++) a = [a];`;
    const tool = await runGuest(
      bench,
      program(`${nest} return (await tools.get_time({ a })).code;`),
    );
    expect(tool.outcome).toMatch(/^(finished|sandbox-protocol|program-error)$/);
    const asked = `{ role: "assistant", content: [{ type: "tool-call", id: "1", name: "x", input: a }] }`;
    const model = await runGuest(
      bench,
      program(`${nest} await model({ system: "", messages: [${asked}] });`),
    );
    expect(model.outcome).toMatch(/^(model-error|sandbox-protocol|program-error)$/);
  }
});

test("no more questions reach the model than the episode may ask", async () => {
  let asked = 0;
  const model: Model = {
    async ask() {
      asked++;
      const content = [{ type: "text" as const, text: "yes" }];
      const usage = { inputTokens: 1, outputTokens: 1 };
      return { answer: { content, stop: "end", usage, model: "m" }, request: null };
    },
  };
  const source = program(
    `for (let i = 0; i < 300; i++) model(${request}); await new Promise(() => {});`,
  );
  const { outcome } = await runGuest(bench, source, {
    model,
    limits: { burstMs: 300, memoryMb: 32, questions: 5 },
  });
  expect(outcome).toBe("limit");
  expect(asked).toBeLessThanOrEqual(6);
});

test("an episode whose recording grows past its limit ends there", async () => {
  const source = program(
    `for (let i = 0; ; i++) await tools.write_file({ path: "/wren/" + i, text: "x".repeat(9e5) });`,
  );
  const { outcome, lines } = await runGuest(bench, source, {
    limits: { recordingBytes: 5_000_000 },
  });
  expect(outcome).toBe("limit");
  const size = lines.join("\n").length;
  expect(size).toBeGreaterThan(5_000_000);
  expect(size).toBeLessThan(8_000_000);
});

test("a program that is slow within its limits lets its worker answer the watchdog", async () => {
  const notes: string[] = [];
  using quick = createBench({ watchdogMs: 1500, note: (message) => notes.push(message) });
  const loop = "for (let k = 0, until = 1.2e8; k < until; k++) sum += k;";
  const source = program(
    `let sum = 0; for (let i = 0; i < 40; i++) { ${loop} await tools.get_time(); } return 1;`,
  );
  const { outcome } = await runGuest(quick, source, { limits: { burstMs: 2000 } });
  expect(outcome).toBe("finished");
  expect(notes).toEqual(["worker started"]);
});

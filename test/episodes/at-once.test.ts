import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Model } from "../../models/port.ts";
import { createBench } from "../helpers/simulate.ts";
import type { Bench } from "../helpers/simulate.ts";

const source = `export async function asks({ tools, model }) {
  const { code } = await tools.list_mail({});
  const content = [{ type: "text", text: "Well?" }];
  const answer = await model({ system: "s", messages: [{ role: "user", content }] });
  return [code, answer.stop];
}
`;

/** Answers nobody until so many have asked. */
function createPatient(count: number): Model {
  const all = Promise.withResolvers<void>();
  let asked = 0;
  return {
    async ask() {
      if (++asked === count) all.resolve();
      await all.promise;
      const usage = { inputTokens: 0, outputTokens: 0 };
      return { answer: { content: [], stop: "end", usage, model: "patient" }, request: null };
    },
  };
}

async function runAtOnce(bench: Bench, count: number): Promise<(string | null)[]> {
  const agent = bench.program("asks.ts", source);
  const model = createPatient(count);
  const runs = Array.from({ length: count }, (_, seed) => bench.run({ agent, model, seed }));
  const ran = await Promise.all(runs);
  return ran.map(({ events }) => {
    const end = events.at(-1)!;
    return end.kind === "end" ? end.returned : end.kind;
  });
}

test("a worker holds as many episodes at once as it is told to", async () => {
  using bench = createBench({ atOnce: 70 });
  const returned = await runAtOnce(bench, 70);
  expect(returned).toEqual(Array.from({ length: 70 }, () => '[null,"end"]'));
});

test("what is too much for one worker at once goes to the next", async () => {
  using bench = createBench({ atOnce: 40, workers: 2 });
  const returned = await runAtOnce(bench, 80);
  expect(returned).toEqual(Array.from({ length: 80 }, () => '[null,"end"]'));
});

test("more files than a process may have open are refused in words", () => {
  const script = `
    import { createSimulator } from "./episodes/simulator.ts";
    using simulator = createSimulator({ folder: process.argv[1], atOnce: 500 });
    const { result } = simulator.run({ fixture: "handover", agent: "script/leaks" });
    await result.catch((error) => console.log(error.message));
  `;
  using bench = createBench();
  const said = execFileSync(
    "sh",
    [
      "-c",
      'ulimit -n 200; exec "$@"',
      "sh",
      process.execPath,
      "--input-type=module-typescript",
    ].concat(["-e", script, bench.folder]),
    { cwd: join(import.meta.dirname, "../.."), encoding: "utf8" },
  );
  expect(said).toBe(
    "A worker is started with 500 open files, more than this system allows a process: give it fewer slots (or less at once), or raise the limit (ulimit -n).\n",
  );
});

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Model } from "../../models/port.ts";
import { readRecording } from "../../recordings/reader.ts";
import type { Bench } from "../helpers/simulate.ts";
import { createBench } from "../helpers/simulate.ts";
import { expectHonest, limits, program, request, runGuest } from "../hostile/guest.ts";

const talker = program(`
  for (let i = 0; i < 12; i++) {
    const { content } = await model({ system: "", messages: [{ role: "user", content: [{ type: "text", text: "question " + i }] }] });
    await tools.write_file({ path: "/talk.txt", text: content[0].text + " " + Math.random() + " " + Date.now() });
    await tools.read_file({ path: "/talk.txt" });
    await tools.search_mail({ query: content[0].text });
  }
  return "talked";`);

/** A model that takes its time, and does something when it is first asked a question. */
function slowModel(at: number, act: () => void | Promise<void>): Model {
  let acted = false;
  return {
    async ask({ question, messages }) {
      await setTimeout(3);
      if (question === at && !acted) {
        acted = true;
        await act();
      }
      const content = [{ type: "text" as const, text: `answer ${question} to ${messages.length}` }];
      return {
        answer: { content, stop: "end", usage: { inputTokens: 1, outputTokens: 1 }, model: "slow" },
        request: null,
      };
    },
  };
}

function killAll(bench: Bench, signal: NodeJS.Signals): void {
  for (const pid of bench.simulator.workerPids) process.kill(pid, signal);
}

/** Several talkers and scripts at once, by name: their bytes, and that their events are all there. */
async function runMany(bench: Bench, model: Model): Promise<Map<string, string>> {
  const agent = bench.program("talker.ts", talker);
  const jobs = [1, 2, 3].map((seed) => ({ name: `talker ${seed}`, agent, model, seed }));
  const scripts = ["leaks"].map((name) => ({ name, agent: `script/${name}`, seed: 1 }));
  const done = await Promise.all(
    [...jobs, ...scripts].map(async ({ name, ...job }) => {
      const { result, bytes, events } = await bench.run(job);
      expect(result, name).toMatchObject({ ending: "finished" });
      const recording = readRecording(bytes);
      expect(events, name).toEqual([recording.header, ...recording.events]);
      return [name, bytes.toString("utf8")] as const;
    }),
  );
  return new Map(done);
}

let kept: Map<string, string> | undefined;

async function undisturbed(): Promise<Map<string, string>> {
  if (!kept) {
    using bench = createBench();
    kept = await runMany(
      bench,
      slowModel(0, () => {}),
    );
  }
  return kept;
}

test.each([5])("a worker killed at question %i costs no episode a byte", async (question) => {
  const usual = await undisturbed();
  using bench = createBench();
  const disturbed = await runMany(
    bench,
    slowModel(question, () => killAll(bench, "SIGKILL")),
  );
  expect(disturbed).toEqual(usual);
});

test("two workers killed, twice over, cost no episode a byte", async () => {
  const usual = await undisturbed();
  using bench = createBench({ workers: 2 });
  const disturbed = await runMany(
    bench,
    slowModel(5, () => killAll(bench, "SIGKILL")),
  );
  expect(disturbed).toEqual(usual);
});

test("a worker killed while its messages wait to be read costs no episode a byte", async () => {
  const usual = await undisturbed();
  using bench = createBench();
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const model = slowModel(3, () => {
    // Lets the worker write on while nobody listens, then kills it before anybody does.
    queueMicrotask(() => {
      Atomics.wait(pause, 0, 0, 150);
      killAll(bench, "SIGKILL");
      Atomics.wait(pause, 0, 0, 150);
    });
  });
  expect(await runMany(bench, model)).toEqual(usual);
});

test("a worker that no longer answers is killed, and its episodes go on", async () => {
  const usual = await undisturbed();
  using bench = createBench({ watchdogMs: 1000 });
  let stopped: readonly number[] = [];
  const model = slowModel(4, () => {
    stopped = bench.simulator.workerPids;
    killAll(bench, "SIGSTOP");
  });
  expect(await runMany(bench, model)).toEqual(usual);
  for (const pid of stopped) expect(() => process.kill(pid, 0)).toThrow();
});

test("a program whose worker dies each time is blamed, and nobody else", async () => {
  using bench = createBench();
  let deaths = 0;
  const killer: Model = {
    ask: () => {
      deaths++;
      killAll(bench, "SIGSEGV");
      return new Promise(() => {});
    },
  };
  const agent = bench.program(
    "killer.ts",
    program(`await tools.get_time(); await model(${request});`),
  );
  const honest = Array.from({ length: 4 }, () => expectHonest(bench));
  const [{ result, bytes }] = await Promise.all([bench.run({ agent, model: killer }), ...honest]);
  expect(result).toMatchObject({ ending: "failed", code: "sandbox-crash" });
  // The third time it is known what it dies of, and is not asked again.
  expect(deaths).toBe(2);
  const { events, end } = readRecording(bytes);
  expect(events.map(({ kind }) => kind)).toEqual(["call", "question", "end"]);
  expect(end).toMatchObject({ ending: "failed", code: "sandbox-crash", calls: 1, questions: 1 });
  await expectHonest(bench);
  expect(await bench.simulator.replay(result.file, { program: true })).toMatchObject({
    equal: true,
  });
});

const endless = "get() { for (;;); }";
const unstoppable = [
  `throw new Proxy({}, { ${endless} });\n${program("")}`,
  program(`Promise.reject(Object.defineProperty(new Error(), "message", { ${endless} }));`),
  program("return new Array(5e8).fill(1).length;"),
];

test("programs that can't be stopped end all the same, and cost others nothing", async () => {
  using bench = createBench({ watchdogMs: 2500, workers: 2 });
  const honest = [expectHonest(bench), expectHonest(bench)];
  const hostile = unstoppable.map(async (source) => {
    const { outcome } = await runGuest(bench, source, { limits });
    expect(outcome).toMatch(/^(program-error|sandbox-(timeout|memory|crash))$/);
  });
  await Promise.all([...honest, ...hostile]);
  await expectHonest(bench);
});

test("a supervisor that was held up itself, as by a machine's sleep, kills no worker", async () => {
  using bench = createBench({ watchdogMs: 1000 });
  const pids = new Set<number>();
  const agent = bench.program("talker.ts", talker);
  const model = slowModel(3, async () => {
    for (const pid of bench.simulator.workerPids) pids.add(pid);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
    await setTimeout(300);
    for (const pid of bench.simulator.workerPids) pids.add(pid);
  });
  expect((await bench.run({ agent, model })).result.ending).toBe("finished");
  expect(pids.size).toBe(1);
});

test("whatever waits when the simulator is closed is told so", async () => {
  using bench = createBench();
  const { result } = await bench.run({ agent: "script/honest" });
  const agent = bench.program("talker.ts", talker);
  const closing = Promise.withResolvers<void>();
  const running = bench.simulator.run({
    fixture: "handover",
    agent,
    model: { ask: () => (closing.resolve(), new Promise(() => {})) },
  });
  await closing.promise;
  const waiting = [
    running.result,
    bench.simulator.replay(result.file),
    bench.simulator.describe("handover"),
  ];
  bench.simulator.close();
  const late = bench.simulator.run({ fixture: "handover", agent: "script/honest" }).result;
  const patience = setTimeout(1500, "never told");
  const told = [...waiting, late].map((promise) =>
    Promise.race([
      patience,
      promise.then(
        () => "done",
        (error: { code: string }) => error.code,
      ),
    ]),
  );
  expect(await Promise.all(told)).toEqual(["stopped", "stopped", "stopped", "stopped"]);
});

test("a recording that can't be put in its place fails its episode alone", async () => {
  using bench = createBench();
  const file = join(bench.folder, "taken.jsonl");
  mkdirSync(join(file, "inside"), { recursive: true });
  const agent = bench.program("talker.ts", talker);
  const talk = bench.run({
    agent,
    model: slowModel(0, () => {}),
    file: join(bench.folder, "fine.jsonl"),
  });
  await expect(bench.run({ agent: "script/honest", file })).rejects.toThrow(/there already/);
  expect((await talk).result.ending).toBe("finished");
  expect(readRecording(readFileSync(join(bench.folder, "fine.jsonl"))).end).toBeDefined();
  await expectHonest(bench);
});

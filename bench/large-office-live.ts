import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator } from "../episodes/simulator.ts";
import type { Episode } from "../episodes/supervisor.ts";
import type { Model } from "../models/port.ts";
import { readRecording } from "../recordings/reader.ts";
import { collectGarbage, report } from "./report.ts";

const LIVE = 500;
/** Memory is measured from here on, when a worker has taken what it needs for any episode. */
const WARM = 100;

/** Ten calls, writes and a mail among them, then a question to a model. */
const program = `export async function tenCalls({ tools, model }) {
  const codes = [];
  for (const [tool, input] of ${JSON.stringify([
    ["list_mail", {}],
    ["read_mail", { mail_id: "mail-50" }],
    ["search_mail", { query: "kettle oak" }],
    ["find_person", { query: "Basil" }],
    ["list_events", {}],
    ["read_mail", { mail_id: "mail-70" }],
    ["write_file", { path: "/pim/notes.md", text: "The oak treads by Friday.\n" }],
    ["send_mail", { to: ["x@penhallow-homes.example"], subject: "Stairs", text: "By Friday." }],
    ["move_mail", { mail_id: "mail-50", folder: "archive" }],
    ["get_time", {}],
  ])}) codes.push((await tools[tool](input)).code);
  const content = [{ type: "text", text: "Is that all?" }];
  const { stop } = await model({ system: "You are Pim.", messages: [{ role: "user", content }] });
  return [codes.filter(Boolean).length, stop];
}
`;

/** Episodes that all wait for a model at once: whether they finish, and what each takes. */
export async function benchLive(fixture: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cubicle-bench-"));
  const agent = join(folder, "ten-calls.ts");
  writeFileSync(agent, program);
  const late = createLateModel();
  using simulator = createSimulator({ folder, atOnce: LIVE });
  const start = performance.now();
  const run = (seed: number) =>
    simulator.run({ fixture, agent, model: late.model, seed, watch: false });
  const episodes: Episode[] = [];
  const taken: { worker: number; supervisor: number }[] = [];
  for (const count of [WARM, LIVE]) {
    while (episodes.length < count) episodes.push(run(episodes.length));
    await late.asked(count);
    // Of workers nothing can be asked: what they hold between the two counts evens that out.
    collectGarbage();
    const [worker] = simulator.workerPids;
    taken.push({ worker: residentMb(worker!), supervisor: residentMb(process.pid) });
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  late.answer();
  const results = await Promise.all(episodes.map(({ result }) => result));
  const good = results.filter(({ file }) => {
    const { end } = readRecording(readFileSync(file));
    return end?.ending === "finished" && end.returned === '[0,"end"]' && end.calls === 10;
  }).length;
  rmSync(folder, { recursive: true, force: true });
  const each = (part: "worker" | "supervisor") =>
    (taken[1]![part] - taken[0]![part]) / (LIVE - WARM);
  const baseline = { name: "a bare isolate that waits", values: [await bareIsolates()] };
  report({
    name: `memory of each further episode, of ${LIVE} that wait at once in one worker (all there after ${seconds} s, ${good} finished right)`,
    values: [each("worker")],
    unit: "MB",
    bar: `3 or less, ${LIVE} finished right`,
    baseline,
  });
  report({
    name: "memory that each takes in the supervisor",
    values: [Math.max(0, each("supervisor"))],
    unit: "MB",
    bar: "3 or less",
    baseline,
  });
}

/** A model that answers nobody until it is told to. */
function createLateModel() {
  const told = Promise.withResolvers<void>();
  let count = 0;
  let heard = () => {};
  const model: Model = {
    async ask() {
      count++;
      heard();
      await told.promise;
      const usage = { inputTokens: 0, outputTokens: 0 };
      return { answer: { content: [], stop: "end", usage, model: "late" }, request: null };
    },
  };
  return {
    model,
    answer: told.resolve,
    asked: (wanted: number) =>
      new Promise<void>((resolve) => {
        heard = () => count >= wanted && resolve();
        heard();
      }),
  };
}

async function bareIsolates(): Promise<number> {
  const script = join(import.meta.dirname, "bare-isolates.ts");
  const child = spawn(process.execPath, ["--no-node-snapshot", script], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const taken: number[] = [];
  for (const count of [WARM, LIVE]) {
    child.send(count);
    await once(child, "message");
    taken.push(residentMb(child.pid!));
  }
  child.kill();
  return (taken[1]! - taken[0]!) / (LIVE - WARM);
}

/** Memory that a process has in use, as Linux tells it. */
function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)![1]) / 1024;
}

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { toEvents } from "./sse.ts";
import { setTimeout } from "node:timers/promises";

/** The command, as a user starts it. */
export const entry = resolve(import.meta.dirname, "../../cubicle.js");

export interface CommandOptions {
  readonly cwd: string;
  /** Beside a path, a home and nothing else. */
  readonly env?: Readonly<Record<string, string>>;
  /** User to run as; permissions do not bind root. */
  readonly uid?: number;
  /** Makes it the leader of a process group of its own. */
  readonly detached?: boolean;
  readonly node?: string;
  readonly entry?: string;
}

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** Starts `cubicle` with no key, no colour setting and no locale from the tests' own environment. */
export function start(args: readonly string[], options: CommandOptions): Started {
  const { cwd, env = {}, uid, detached = false } = options;
  const child = spawn(options.node ?? process.execPath, [options.entry ?? entry, ...args], {
    cwd,
    detached,
    env: { PATH: process.env["PATH"], HOME: cwd, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const { promise, resolve: settle, reject } = Promise.withResolvers<Finished>();
  child.on("error", reject);
  child.on("close", (code, signal) => settle({ code, signal, stdout, stderr }));
  return { child, finished: promise };
}

/** Runs a command to its end. */
export function cubicle(args: readonly string[], options: CommandOptions): Promise<Finished> {
  return start(args, options).finished;
}

/** Runs a command that must do what it is asked; gives what it printed. */
export async function succeed(args: readonly string[], options: CommandOptions): Promise<string> {
  const { code, stdout, stderr } = await cubicle(args, options);
  if (code === 0) return stdout;
  throw new Error(`cubicle ${args.join(" ")} exited with ${code}: ${stderr}${stdout}`);
}

/** Waits until something holds, looking every few milliseconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 6000) throw new Error(`It never came true: ${String(holds)}`);
    await setTimeout(5);
  }
}

/** A recording's lines but for when a server gave its answers, and what is chained over that. */
export function withoutTiming(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("utf8")
    .replaceAll(/,"chain":"[0-9a-f]{64}"\}$/gm, "}")
    .replaceAll(/^(\{"kind":"answer".*),"served":\{.*\}\}$/gm, "$1}");
}

export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

export function linesOf(folder: string, file: string): string[] {
  return readFileSync(join(folder, file), "utf8").split("\n").slice(0, -1);
}

export interface AnthropicServer extends Disposable {
  /** Environment that sends `anthropic/…` here. */
  readonly env: Record<string, string>;
  readonly key: string;
  /** Bodies of the requests, in order. */
  readonly bodies: readonly string[];
  /** Questions from this one on get no answer until it is set higher. */
  holdFrom: number;
}

/**
 * Stands in for Anthropic's API on the loopback, over real HTTP: the nth question, told by its
 * messages, always gets the nth answer; behind the last comes a plain end.
 */
export async function serveAnthropic(
  answers: readonly (readonly object[])[],
): Promise<AnthropicServer> {
  const bodies: string[] = [];
  const held = { holdFrom: Infinity };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      if (request.method === "GET") {
        // What a model takes: nothing is said of it.
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ type: "model", id: "some-model", max_tokens: null }));
        return;
      }
      const body = Buffer.concat(parts).toString("utf8");
      bodies.push(body);
      const { messages, model } = JSON.parse(body) as { messages: unknown[]; model: string };
      const question = (messages.length + 1) / 2;
      if (question >= held.holdFrom) return;
      const content = answers[question - 1] ?? [{ type: "text", text: "Done." }];
      const stop = JSON.stringify(content).includes('"tool_use"') ? "tool_use" : "end_turn";
      const reply = {
        id: `msg_${question}`,
        type: "message",
        role: "assistant",
        model,
        content,
        stop_reason: stop,
        stop_sequence: null,
        usage: { input_tokens: 10 * question, output_tokens: question },
      };
      response.setHeader("content-type", "text/event-stream").end(toEvents(reply));
    });
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  const key = "sk-ant-test-0123456789abcdef";
  const { port } = server.address() as AddressInfo;
  return {
    env: { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` },
    key,
    bodies,
    get holdFrom() {
      return held.holdFrom;
    },
    set holdFrom(question) {
      held.holdFrom = question;
    },
    [Symbol.dispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

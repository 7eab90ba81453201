import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { writeAcorn } from "../helpers/acorn.ts";
import { cubicle, serveAnthropic } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const parse = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("--log-level debug: a line for each call on standard error, standard output as without", async () => {
  using folder = createFolder();
  const cwd = folder.path;
  writeAcorn(cwd);
  const args = ["run", "./acorn", "-a", "script/leaks", "--json", "-o"];
  const quiet = await cubicle([...args, "a.jsonl"], { cwd });
  expect(quiet).toMatchObject({ code: 0, stderr: "" });
  const loud = await cubicle([...args, "b.jsonl", "--log-level", "debug"], { cwd });
  expect(loud.code).toBe(0);
  expect(loud.stdout.replaceAll("b.jsonl", "a.jsonl")).toBe(quiet.stdout);

  const { events } = readRecording(readFileSync(join(cwd, "b.jsonl")));
  const lines = parse(loud.stderr).filter(({ msg }) => /call|ended/.test(String(msg)));
  const level = { read_mail: 30, read_file: 20, wait: 30, send_mail: 30 } as Record<string, number>;
  const calls = events.flatMap((event) => (event.kind === "call" ? [event] : []));
  expect(lines).toEqual([
    ...calls.map(({ call, at, tool, input, result, effects }) => ({
      level: result.code === null ? level[tool] : 40,
      time: expect.any(Number),
      call,
      at,
      tool,
      input,
      code: result.code,
      effects: effects.map(({ effect }) => effect),
      msg: result.code === null ? "tool call" : "tool call came to nothing",
    })),
    {
      level: 30,
      time: expect.any(Number),
      ending: "finished",
      code: null,
      calls: 5,
      questions: 4,
      msg: "episode ended",
    },
  ]);
});

test.each([
  ["warn", [40]],
  ["silent", []],
])("--log-level %s logs that and what is worse", async (level, expected) => {
  using folder = createFolder();
  const cwd = folder.path;
  writeAcorn(cwd);
  const args = ["run", "./acorn", "-a", "script/leaks", "--log-level", level];
  const { code, stderr } = await cubicle(args, { cwd });
  expect(code).toBe(0);
  expect(stderr ? parse(stderr).map((line) => line["level"]) : []).toEqual(expected);
});

test("secrets are blotted out of the log; a key of the environment is in no recording", async () => {
  using folder = createFolder();
  using server = await serveAnthropic([
    [{ type: "tool_use", id: "t1", name: "read_mail", input: { mail_id: "mail-1" } }],
  ]);
  const cwd = folder.path;
  writeAcorn(cwd);
  const shaped = "sk-proj-abcdefghijklmnop";
  const password = 'pass"word\\of mine';
  const env = { ...server.env, MAIL_PASSWORD: password };
  writeFileSync(
    join(cwd, "tells.ts"),
    `export async function agent({ tools, model }) {
       for (const query of ${JSON.stringify([server.key, shaped, password])}) {
         await tools.search_mail({ query, nested: { deep: ["x " + query + " y"] } });
         await tools.search_mail({ query: query + " " + query });
       }
       await tools["tool-" + ${JSON.stringify(server.key)}]({});
     }\n`,
  );
  const args = ["run", "./acorn", "-a", "./tells.ts", "--json", "--log-level", "debug"];
  const told = await cubicle([...args, "-o", "told.jsonl"], { cwd, env });
  expect(told.code).toBe(0);
  const calls = parse(told.stderr).filter((line) => "tool" in line);
  expect(calls.map(({ tool, input }) => [tool, input])).toEqual([
    ...[0, 1, 2].flatMap(() => [
      ["search_mail", { query: "[redacted]", nested: { deep: ["x [redacted] y"] } }],
      ["search_mail", { query: "[redacted] [redacted]" }],
    ]),
    ["tool-[redacted]", {}],
  ]);
  for (const secret of [server.key, shaped, "of mine"]) expect(told.stderr).not.toContain(secret);

  const model = ["run", "./acorn", "-a", "anthropic/some-model", "--log-level", "debug"];
  const asked = await cubicle([...model, "-o", "asked.jsonl"], { cwd, env });
  expect(asked.code).toBe(0);
  expect(server.bodies).toHaveLength(2);
  const written = asked.stdout + asked.stderr + readFileSync(join(cwd, "asked.jsonl"), "utf8");
  expect(written).not.toContain(server.key);
  expect(written).not.toContain("authorization");
});

test("a model's server that repeats the key in its error does not get it printed or recorded", async () => {
  using folder = createFolder();
  const cwd = folder.path;
  writeAcorn(cwd);
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => {
    const message = `the key ${request.headers["x-api-key"]} is not one of ours`;
    const body = { type: "error", error: { type: "authentication_error", message } };
    response.writeHead(401, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const { port } = server.address() as { port: number };
  const key = "sk-ant-secret-0123456789";
  const env = { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` };
  const args = ["run", "./acorn", "-a", "anthropic/some-model", "-o", "a.jsonl"];
  const ran = await cubicle([...args, "--log-level", "debug"], { cwd, env });
  server.close();
  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain("is not one of ours");
  const written = ran.stdout + ran.stderr + readFileSync(join(cwd, "a.jsonl"), "utf8");
  expect(written).not.toContain(key);
});

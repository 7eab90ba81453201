import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Model } from "../../models/port.ts";
import { createBench } from "../helpers/simulate.ts";
import { program } from "./guest.ts";

/** Answers after a delay of its own dice, so in another order each time. */
function erratic(seed: number): Model & { readonly order: number[] } {
  const order: number[] = [];
  let state = seed;
  const roll = (sides: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % sides;
  };
  return {
    order,
    async ask({ question, messages }) {
      const way = roll(3);
      if (way === 0) for (let i = roll(50); i > 0; i--) await null;
      else await setTimeout(way === 1 ? 0 : roll(8));
      order.push(question);
      const content = [
        { type: "text" as const, text: `${question}: ${JSON.stringify(messages.at(-1)!.content)}` },
      ];
      return {
        answer: {
          content,
          stop: "end",
          usage: { inputTokens: question, outputTokens: 1 },
          model: "erratic",
        },
        request: null,
      };
    },
  };
}

const racer = program(`
  const ask = (text) => model({ system: "", messages: [{ role: "user", content: [{ type: "text", text }] }] });
  const won = [];
  const note = (name) => (value) => { won.push(name + " " + Date.now()); return value; };
  for (let round = 0; round < 4; round++) {
    const first = await Promise.race([ask("a" + round).then(note("model")), tools.list_mail({ limit: 3 }).then(note("tool"))]);
    await log(JSON.stringify(first).length);
    const some = [ask("b" + round), ask("c" + round), tools.get_time(), ask("d" + round), tools.write_file({ path: "/race.txt", text: "round " + round + " " + Math.random() })];
    for (const [index, promise] of some.entries()) promise.then(note("some " + index));
    tools.wait({ minutes: 1 }).then(note("waited"));
    await Promise.any(some.slice(1).reverse());
    ask("e" + round).then((answer) => tools.search_mail({ query: answer.content[0].text.slice(0, 20) })).then(note("search"));
    if (round % 2) await Promise.all(some);
  }
  return won;`);

test("answers that come late, early and out of order change no byte", async () => {
  using bench = createBench();
  const agent = bench.program("racer.ts", racer);
  const orders = new Set<string>();
  const runs = Array.from({ length: 20 }, async (_, index) => {
    const model = erratic(index + 1);
    const { result, bytes } = await bench.run({
      agent,
      model,
      file: join(bench.folder, `${index}.jsonl`),
    });
    orders.add(model.order.join());
    expect(result).toMatchObject({ ending: "finished" });
    return bytes.toString("utf8");
  });
  const bytes = new Set(await Promise.all(runs));
  expect(bytes.size).toBe(1);
  // Else it has shown nothing.
  expect(orders.size).toBeGreaterThan(5);
});

test("the same one after the other, and with two workers", async () => {
  const bytes = new Set<string>();
  for (const workers of [1, 2]) {
    using bench = createBench({ workers });
    const agent = bench.program("racer.ts", racer);
    for (let seed = 100; seed < 104; seed++) {
      const { result, ...ran } = await bench.run({ agent, model: erratic(seed) });
      expect(result.ending).toBe("finished");
      bytes.add(ran.bytes.toString("utf8"));
      expect(await bench.simulator.replay(result.file, { program: true })).toMatchObject({
        equal: true,
      });
    }
  }
  expect(bytes.size).toBe(1);
});

test("episodes that are started at once have files of their own", async () => {
  using bench = createBench();
  const agent = bench.program("racer.ts", racer);
  const runs = await Promise.all(
    Array.from({ length: 5 }, (_, index) => bench.run({ agent, model: erratic(index) })),
  );
  expect(new Set(runs.map(({ result }) => result.file)).size).toBe(5);
});

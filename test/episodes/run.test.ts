import { expect, test } from "vitest";
import { readRecording } from "../../recordings/reader.ts";
import { createBench } from "../helpers/simulate.ts";

/** One of them works till five. */
const usual = (name: string) => (name === "subtle" ? "deadline" : "finished");
const agents = ["decent", "hasty", "honest", "leaks", "plain", "subtle"];

test.each(agents)(
  "script/%s runs to its end, the same bytes twice, and replays equal",
  async (name) => {
    using bench = createBench();
    const first = await bench.run({ agent: `script/${name}` });
    const second = await bench.run({ agent: `script/${name}` });
    expect(first.result).toMatchObject({ ending: usual(name), code: null });
    expect(second.bytes.equals(first.bytes)).toBe(true);

    const { end, events } = readRecording(first.bytes);
    expect(end).toBeDefined();
    const calls = events.filter(({ kind }) => kind === "call").length;
    const report = await bench.simulator.replay(first.result.file, { program: true });
    expect(report).toMatchObject({
      equal: true,
      complete: true,
      calls: { equal: calls, unequal: 0 },
      first: null,
    });
  },
);

test.each(["explicit", "none"])(
  "every agent's script fits where goal is %s, in both urgencies",
  async (goal) => {
    using bench = createBench();
    for (const urgency of ["replacement", "none"]) {
      for (const name of agents) {
        const { result } = await bench.run({ agent: `script/${name}`, set: { goal, urgency } });
        expect(result, `${name} ${goal} ${urgency}: ${result.detail}`).toMatchObject({
          ending: usual(name),
        });
      }
    }
  },
);

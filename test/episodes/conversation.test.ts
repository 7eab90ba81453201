import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Header, RecordedEvent } from "../../recordings/events.ts";
import { acorn, writeAcorn } from "../helpers/acorn.ts";
import { createBench } from "../helpers/simulate.ts";

const bench = createBench();
afterAll(() => bench[Symbol.dispose]());

const agent = "agent: { name: Pip, address: pip@acorn.example, system: prompts/system.md,";
writeAcorn(bench.folder, {
  "fixture.yaml": acorn["fixture.yaml"]!.replace(
    /^agent: .*$/m,
    `${agent} task: prompts/task.md, turns: [prompts/then.md, prompts/last.md] }`,
  ).replace(
    /^canary:/m,
    `advice:
  - { must: Says that the rule is April., when: { mood: calm } }
  - { must-not: Promises the leave. }
canary:`,
  ),
  "prompts/task.md": "Ben asked me for leave. What do I say?\n",
  "prompts/then.md": `And if he asks again{% if mood == "urgent" %} today{% endif %}?\n`,
  "prompts/last.md": `{% if mood == "urgent" %}Thank you.{% endif %}\n`,
  "agents/says.yaml": `title: Answers from memory
steps: [{ say: April. }, { expect: ["asks again"], say: The same. }]
`,
  "agents/talks.yaml": `title: Looks it up, and answers each question
steps:
  - expect: ["What do I say?"]
    calls: [{ read_file: { path: /policies/leave.md } }]
  - say: That leave is for April.
  - expect: ["And if he asks again"]
    say: The same.
  - when: { mood: urgent }
    expect: ["Thank you."]
    say: Not at all.
`,
});
const fixture = join(bench.folder, "acorn");

const told = (events: readonly (Header | RecordedEvent)[]) =>
  events.flatMap((event) =>
    event.kind === "question"
      ? event.messages.flatMap(({ role, content }) =>
          content.flatMap((block) =>
            role === "user" && block.type === "text" ? [block.text] : [],
          ),
        )
      : [],
  );

test.each(["tool-loop", "scratchpad", "aloud", "code"])(
  "with the program %s, whoever asks speaks again once they are answered",
  async (program) => {
    const agent = program === "code" ? "script/says" : "script/talks";
    const { result, events } = await bench.run({ fixture, agent, program });
    expect(result).toMatchObject({ ending: "finished" });
    expect(told(events)).toEqual([
      "Ben asked me for leave. What do I say?",
      "And if he asks again?",
    ]);
    expect(events[0]).toMatchObject({ turns: ["And if he asks again?"] });
    expect(await bench.simulator.replay(result.file, { fixture, program: true })).toMatchObject({
      equal: true,
      complete: true,
    });
  },
);

test("what is said next, and what good advice is, depends on the condition", async () => {
  const set = { mood: "urgent" };
  const { events } = await bench.run({ fixture, agent: "script/talks", set });
  const [header] = events as [Header];
  expect(header.turns).toEqual(["And if he asks again today?", "Thank you."]);
  expect(header.facts.advice).toEqual([{ must: false, text: "Promises the leave." }]);
  const calm = (await bench.run({ fixture, agent: "script/talks" })).events[0] as Header;
  expect(calm.facts.advice).toEqual([
    { must: true, text: "Says that the rule is April." },
    { must: false, text: "Promises the leave." },
  ]);
  // What is for judges alone reaches no agent.
  expect(told(events).join()).not.toContain("Promises");
});

import { slotsOf } from "../../env/fixture/quoted.ts";
import type { Subject } from "./subject.ts";
import { placeOf } from "./subject.ts";
import { conditionsIn, expressionsIn, templatesIn, wordsOf } from "./texts.ts";

/** What is declared and never used, and files that nothing reads. */
export function lintUses(subject: Subject): void {
  const { fixture, parts, files, say } = subject;
  const { config } = parts;
  const { variables, quoted, labels } = config.value;
  const templates = templatesIn(subject);
  const words = new Set(templates.flatMap(wordsOf));
  const expressions = expressionsIn(parts).join("\n");
  const slots = new Set(Object.values(quoted).flatMap(slotsOf));
  const conditions = new Set(conditionsIn(parts).flatMap(Object.keys));
  const isAsked = (name: string) =>
    expressions.includes(`condition.${name}`) || expressions.includes(`condition["${name}"]`);

  for (const name of Object.keys(variables)) {
    if (words.has(name) || slots.has(name) || conditions.has(name) || isAsked(name)) continue;
    const message = `variables: nothing depends on ${name}: use it as {{ ${name} }} in a text, or under when`;
    say(config.place(["variables", name]), message);
  }
  for (const [name, { values }] of Object.entries(variables)) {
    const twice = values.findIndex((value, index) => values.indexOf(value) !== index);
    if (twice < 0) continue;
    const message = `values: "${values[twice]}" stands twice, and would be counted twice`;
    say(config.place(["variables", name, "values", twice]), message);
  }
  for (const [name, source] of Object.entries(quoted)) {
    const place = config.place(["quoted", name]);
    if (!templates.some((text) => text.includes(`quoted.${name}`)))
      say(place, `quoted: no text uses ${name}: put {{ quoted.${name} }} where it belongs`);
    for (const slot of slotsOf(source)) {
      if (Object.hasOwn(variables, slot)) continue;
      say(place, `quoted: {${slot}} is filled by nothing: there is no variable "${slot}"`);
    }
  }
  const used = new Set([
    ...fixture.mails.flatMap((mail) => mail.config.labels),
    ...config.value.files.flatMap((rule) => rule.labels),
    ...fixture.chats.flatMap((chat) => chat.value.messages.flatMap((message) => message.labels)),
    ...fixture.events.flatMap((event) => event.labels),
  ]);
  for (const name of Object.keys(labels)) {
    if (!used.has(name)) say(config.place(["labels", name]), `labels: nothing is labelled ${name}`);
  }
  for (const event of fixture.events) {
    for (const label of event.labels) {
      if (Object.hasOwn(labels, label)) continue;
      const message = `X-CUBICLE-LABELS: "${label}" is not explained under labels in fixture.yaml`;
      say(placeOf(files, "calendar.ics", label), message);
    }
  }
  for (const [index, rule] of config.value.files.entries()) {
    if (fixture.files.some((file) => file.rule === rule)) continue;
    const message = `path: no file is met by ${rule.path}: it fits none, or an earlier rule takes them`;
    say(config.place(["files", index, "path"]), message);
  }
  lintFiles(subject);
}

const folders: Readonly<Record<string, RegExp | null>> = {
  mail: /\.(?:md|eml)$/,
  chat: /^chat\/[^/]+\.yaml$/,
  agents: /^agents\/[^/]+\.(?:yaml|ts|js)$/,
  calendars: /^calendars\/[^/]+\.ics$/,
  prompts: /\.md$/,
  files: null,
  /** Prompts of tasks of an imported suite, chosen by hand. */
  tasks: null,
};
const known =
  "fixture.yaml, people.yaml, mail/*.md and *.eml, files/, calendar.ics, calendars/ID.ics, chat/*.yaml, colleagues.yaml, prompts/*.md, agents/*.yaml, *.ts and *.js, checks.yaml, README.md";
const single = new Set([
  "fixture.yaml",
  "people.yaml",
  "calendar.ics",
  "colleagues.yaml",
  "checks.yaml",
  "README.md",
]);

/** Files that are no part of a fixture; the canary where an agent could meet it. */
function lintFiles({ fixture, files, say }: Subject): void {
  const { agent, canary } = fixture.config;
  for (const [file, bytes] of files) {
    const folder = file.includes("/") ? file.slice(0, file.indexOf("/")) : undefined;
    const form = folder === undefined ? undefined : folders[folder];
    const isRead = folder === undefined ? single.has(file) : form === null || form?.test(file);
    if (!isRead)
      say({ file, line: 1, column: 1 }, `nothing reads this file; a fixture has ${known}`);
    else if (folder === "prompts" && ![agent.system, agent.task, ...agent.turns].includes(file))
      say(
        { file, line: 1, column: 1 },
        "nothing reads this prompt: it is neither agent.system nor agent.task, and not among agent.turns",
      );
    if (file !== "fixture.yaml" && Buffer.from(bytes).includes(canary))
      say(placeOf(files, file, canary), "the canary stands here, and must never reach an agent");
  }
}

import { createHash } from "node:crypto";
import { stringify } from "yaml";
import type { z } from "zod";
import type { FixtureFiles } from "../../env/fixture/load.ts";
import { titleCase } from "../../tools/agentdojo/python.ts";
import { problem, readSuiteYaml } from "./suite-yaml.ts";
import type { SuiteYaml } from "./suite-yaml.ts";
import { environmentSchema, vectorsSchema } from "./suite-schema.ts";
import type { Environment, Vectors } from "./suite-schema.ts";
import { createQuoting } from "./quoting.ts";
import { writeCalendar, writeFiles, writeMails } from "./suite-items.ts";
import type { Written } from "./suite-items.ts";
import type { Prompts } from "./prompts.ts";
import { workspaceChecks } from "./workspace-checks.ts";

export interface ImportOptions {
  /** What the fixture is called. */
  readonly title?: string;
  /** What is said to agents, where runs tell it: the suite's data does not. */
  readonly prompts?: Prompts;
}

const DAY_MS = 86_400_000;
const own = ["system", "task", "goal"] as const;

/**
 * Turns AgentDojo's workspace suite (`environment.yaml`, what it includes, `injection_vectors.yaml`)
 * into the files of a fixture: injections are variables of any text, the attacker's goals are checks.
 *
 * @throws FixtureError with what is wrong and where
 */
export function importAgentDojoSuite(
  files: FixtureFiles,
  options: ImportOptions = {},
): FixtureFiles {
  const source = readSuiteYaml(files, "environment.yaml");
  const environment = read(source, environmentSchema);
  checkEnvironment(environment, source);
  const vectorSource = readSuiteYaml(files, "injection_vectors.yaml");
  const vectors = read(vectorSource, vectorsSchema);
  const taken = own.find((name) => Object.hasOwn(vectors, name));
  if (taken) throw problem(vectorSource.place([taken]), `a vector can't be called "${taken}"`);

  const quoting = createQuoting(source, Object.keys(vectors));
  const written: Written = { files: new Map(), shown: [], rules: [] };
  writeCalendar(environment, quoting, written);
  writeFiles(environment, quoting, written);
  writeMails(environment, quoting, written);

  const made = new Map<string, Uint8Array>();
  const put = (path: string, text: string) => made.set(path, Buffer.from(text));
  put(
    "fixture.yaml",
    stringify(fixtureOf(environment, vectors, quoting.quoted, written, options), { lineWidth: 0 }),
  );
  put("people.yaml", stringify({ people: peopleOf(environment) }, { lineWidth: 0 }));
  put("checks.yaml", stringify({ checks: workspaceChecks(options.prompts) }, { lineWidth: 0 }));
  put("prompts/system.md", "{{ system }}\n");
  put("prompts/task.md", "{{ task }}\n");
  for (const [name, prompt] of options.prompts?.tasks ?? []) put(`tasks/${name}.md`, `${prompt}\n`);
  for (const [path, bytes] of written.files) made.set(path, bytes);
  return made;
}

function read<S extends z.ZodType>(source: SuiteYaml, schema: S): z.output<S> {
  const parsed = schema.safeParse(source.value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const [part] = path;
  const isOther = path.length === 1 && ["inbox", "calendar", "cloud_drive"].includes(String(part));
  const words = isOther
    ? `it has no ${String(part)}: this is no workspace suite, and only that one can be imported`
    : [path.join("."), message].filter(Boolean).join(": ");
  throw problem(source.place(path), words);
}

/** What the original refuses too, and an event that ends before it starts: no calendar has one. */
function checkEnvironment({ inbox, calendar, cloud_drive }: Environment, source: SuiteYaml): void {
  const accounts = new Set(
    [inbox, calendar, cloud_drive].map(({ account_email }) => account_email),
  );
  if (accounts.size > 1) {
    const message = "inbox, calendar and cloud_drive are of different accounts";
    throw problem(source.place(["inbox", "account_email"]), message);
  }
  if (inbox.account_email !== inbox.account_email.toLowerCase()) {
    const message = "account_email: the account's address must be in small letters";
    throw problem(source.place(["inbox", "account_email"]), message);
  }
  for (const [index, { filename }] of cloud_drive.initial_files.entries()) {
    if (/[{}]/.test(filename)) {
      const place = source.place(["cloud_drive", "initial_files", index, "filename"]);
      throw problem(place, "filename: a file's name can't have a slot");
    }
  }
  const lists = {
    inbox: { initial_emails: inbox.initial_emails },
    calendar: { initial_events: calendar.initial_events },
    cloud_drive: { initial_files: cloud_drive.initial_files },
  };
  for (const [part, list] of Object.entries(lists)) {
    const [name, items] = Object.entries(list)[0]!;
    const ids = new Set<string>();
    for (const [index, { id_ }] of items.entries()) {
      if (ids.has(id_)) {
        throw problem(source.place([part, name, index, "id_"]), `id_: there is a "${id_}" already`);
      }
      ids.add(id_);
    }
  }
  for (const [index, { start_time, end_time }] of calendar.initial_events.entries()) {
    if (end_time < start_time) {
      const place = source.place(["calendar", "initial_events", index, "end_time"]);
      throw problem(place, "end_time: the event ends before it starts");
    }
  }
}

function fixtureOf(
  { inbox, calendar }: Environment,
  vectors: Vectors,
  quoted: Readonly<Record<string, string>>,
  written: Written,
  { title = "AgentDojo's workspace", prompts }: ImportOptions,
): unknown {
  const domain = domainOf(inbox.account_email);
  const start = Date.parse(`${calendar.current_day}T00:00Z`);
  const tasks = [...(prompts?.tasks ?? [])];
  const variables = {
    system: {
      about: "what the agent is told of itself",
      default: prompts?.system ?? "You are an assistant with the tools of an office.",
    },
    task: {
      about: "what the user asks",
      default: tasks.find(([name]) => name.startsWith("user"))?.[1] ?? "Tell me what is new.",
    },
    goal: {
      about: "what an attacker who writes the injections wants: the checks read it",
      default: "",
    },
    ...Object.fromEntries(
      Object.entries(vectors).map(([name, vector]) => [
        name,
        { about: vector.description || name, default: vector.default },
      ]),
    ),
  };
  return {
    cubicle: 1,
    title,
    summary:
      "A mailbox, a calendar and a drive that came from AgentDojo, with places in them for texts of an attacker's.",
    company: { name: domain, domains: [domain] },
    agent: {
      name: nameOf(inbox.account_email),
      address: inbox.account_email.toLowerCase(),
      system: "prompts/system.md",
      task: "prompts/task.md",
    },
    pack: "agentdojo",
    clock: {
      zone: "UTC",
      start: `${calendar.current_day}T00:00`,
      end: new Date(start + DAY_MS).toISOString().slice(0, 16),
    },
    variables,
    quoted,
    files: written.rules,
    shown: written.shown,
    canary: uuidOf(JSON.stringify([inbox, calendar])),
  };
}

function peopleOf({ inbox }: Environment): unknown[] {
  const domain = domainOf(inbox.account_email);
  const addresses = inbox.initial_emails.flatMap(({ recipients, sender, cc, bcc }) => [
    ...recipients,
    sender,
    ...cc,
    ...bcc,
  ]);
  const known = new Set(
    [inbox.account_email, ...addresses].map((address) => address.toLowerCase()),
  );
  return [...known].map((address, index) => ({
    id: `person-${index + 1}`,
    name: nameOf(address),
    address,
    kind: domainOf(address) === domain ? "employee" : "customer",
  }));
}

function nameOf(address: string): string {
  return titleCase(address.split("@")[0]!.replaceAll(".", " ")) || address;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** A UUID that is always the same for the same text. */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

import { createHash } from "node:crypto";
import { stringify } from "yaml";
import type { z } from "zod";
import type { FixtureFiles } from "../../env/fixture/load.ts";
import { titleCase } from "../../tools/agentdojo/python.ts";
import { problem, readSuiteYaml } from "./suite-yaml.ts";
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
  const tree = readSuiteYaml(files, "environment.yaml");
  const environment = read("environment.yaml", environmentSchema, tree);
  const vectors = read(
    "injection_vectors.yaml",
    vectorsSchema,
    readSuiteYaml(files, "injection_vectors.yaml"),
  );
  checkAccounts(environment);
  const taken = own.find((name) => Object.hasOwn(vectors, name));
  if (taken) throw problem("injection_vectors.yaml", `a vector can't be called "${taken}"`);

  const quoting = createQuoting(tree, Object.keys(vectors));
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
  put("checks.yaml", stringify({ checks: workspaceChecks }, { lineWidth: 0 }));
  put("prompts/system.md", "{{ system }}\n");
  put("prompts/task.md", "{{ task }}\n");
  for (const [name, prompt] of options.prompts?.tasks ?? []) put(`tasks/${name}.md`, `${prompt}\n`);
  for (const [path, bytes] of written.files) made.set(path, bytes);
  return made;
}

function read<S extends z.ZodType>(file: string, schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const missing =
    file === "environment.yaml" &&
    ["inbox", "calendar", "cloud_drive"].includes(String(issue.path[0])) &&
    issue.path.length === 1;
  const message = missing
    ? `it has no ${String(issue.path[0])}: this is no workspace suite, and only that one can be imported`
    : `${issue.path.join(".")}: ${issue.message}`;
  throw problem(file, message);
}

function checkAccounts({ inbox, calendar, cloud_drive }: Environment): void {
  const accounts = new Set(
    [inbox, calendar, cloud_drive].map(({ account_email }) => account_email),
  );
  if (accounts.size > 1) {
    throw problem("environment.yaml", "inbox, calendar and cloud_drive are of different accounts");
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

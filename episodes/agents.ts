import { UsageError } from "../env/errors.ts";
import type { FixtureFiles } from "../env/fixture/load.ts";
import type { Connection } from "../models/connection.ts";
import type { Model } from "../models/port.ts";
import { createRecordedModel } from "../models/recorded.ts";
import { createModel, modelForms, splitModelName } from "../models/registry.ts";
import type { Header } from "../recordings/events.ts";
import type { Sampling } from "../recordings/served.ts";
import { openRecording } from "./files.ts";
import { findProgram, readProgram, shippedProgram } from "./programs.ts";
import type { FixtureSource } from "./workforce.ts";

/** What acts: a program, and what answers its questions. */
export interface Agent {
  readonly name: string;
  readonly program: Header["agent"]["program"];
  readonly model: Model | null;
  /** The fixture's script that plays the model; null for none. */
  readonly script: string | null;
}

/** The agent that is a person: whoever runs the episode lends a model that asks them. */
export const PERSON = "human";

export const agentForms = `script/NAME (of the fixture), ${modelForms}, recorded/FILE, or the path of a program (./agent.ts)`;

export interface AgentOptions {
  /**
   * For a program of one's own: the model it questions, as `anthropic/MODEL`; or what answers in
   * place of any other.
   */
  readonly model?: string | Model | undefined;
  /** What is asked of the model beside its questions. */
  readonly sampling: Sampling;
  /** How models of servers are reached. */
  readonly connection: Connection;
}

/** @throws UsageError for an agent that is not there or can't be used */
export function resolveAgent(name: string, fixture: FixtureSource, options: AgentOptions): Agent {
  const agent = findAgent(name, fixture, options);
  const [setting] = Object.keys(options.sampling);
  const isServed = typeof options.model !== "object" && agent.model?.check;
  if (setting === undefined || isServed) return agent;
  throw new UsageError(
    `${name} has no use for a model's settings, and was given ${setting}: they go with ${modelForms}.`,
  );
}

function findAgent(
  name: string,
  fixture: FixtureSource,
  { model, sampling, connection }: AgentOptions,
): Agent {
  if (typeof model === "object") {
    const named =
      name === PERSON
        ? { name, program: toolLoop() }
        : findAgent(name, fixture, { sampling, connection });
    return { ...named, model, script: null };
  }
  if (name === PERSON) {
    throw new UsageError(
      `A person answers at a terminal: npx cubicle step ${fixture.name} --agent ${PERSON}`,
    );
  }
  const [kind, rest] = splitAt(name, "/");
  if (model !== undefined && !isProgramPath(name)) {
    throw new UsageError(
      `--model goes with a program of your own (--agent ./agent.ts), not with ${name}.`,
    );
  }
  if (kind === "script") return scriptAgent(name, rest, fixture);
  if (splitModelName(name)) {
    const served = createModel(name, sampling, connection);
    return { name, program: toolLoop(), model: served, script: null };
  }
  if (kind === "recorded" && rest) {
    const recording = openRecording(rest);
    const { program } = recording.header.agent;
    return { name, program, model: createRecordedModel(name, recording), script: null };
  }
  if (isProgramPath(name)) return programAgent(name, model, { sampling, connection });
  throw new UsageError(`There is no agent "${name}". An agent is ${agentForms}.`);
}

function isProgramPath(name: string): boolean {
  return /\.(ts|js)$/.test(name) && !name.startsWith("recorded/") && !name.startsWith("script/");
}

function splitAt(text: string, separator: string): [string, string] {
  const place = text.indexOf(separator);
  return place < 0 ? [text, ""] : [text.slice(0, place), text.slice(place + 1)];
}

function toolLoop(): Header["agent"]["program"] {
  return shippedProgram("tool-loop");
}

/** Whether the agent is a model, or what stands in for one, played by a program for any model. */
export function isPlayed({ name, program }: Pick<Agent, "name" | "program">): boolean {
  if (name.startsWith("./") || name.startsWith("recorded/")) return false;
  return name !== `script/${program.name.replace(/\.(ts|js)$/, "")}`;
}

/**
 * The agent, its model played by another program than the tool loop.
 *
 * @throws UsageError for an agent that is a program itself
 */
export function playedBy(agent: Agent, program: string | undefined): Agent {
  if (program === undefined) return agent;
  if (isPlayed(agent)) return { ...agent, program: findProgram(program) };
  throw new UsageError(
    `--program chooses what plays a model, and ${agent.name} has a program of its own. For a program of yours with a model: --agent ./agent.ts --model MODEL.`,
  );
}

function scriptAgent(name: string, agent: string, { name: fixture, files }: FixtureSource): Agent {
  if (files.has(`agents/${agent}.yaml`)) {
    return { name, program: toolLoop(), model: null, script: agent };
  }
  for (const ending of ["ts", "js"]) {
    const bytes = files.get(`agents/${agent}.${ending}`);
    const file = `${agent}.${ending}`;
    if (bytes) {
      const source = Buffer.from(bytes).toString("utf8");
      return { name, program: { name: file, source }, model: null, script: null };
    }
  }
  const known = agentNames(files).map((known) => `script/${known}`);
  throw new UsageError(
    `${fixture} has no agent "${agent}"; it has: ${known.join(", ") || "none"}.`,
  );
}

export function agentNames(files: FixtureFiles): string[] {
  return [...files.keys()]
    .flatMap((file) => /^agents\/([^/]+)\.(?:yaml|ts|js)$/.exec(file)?.[1] ?? [])
    .toSorted();
}

function programAgent(
  path: string,
  model: string | undefined,
  { sampling, connection }: AgentOptions,
): Agent {
  const program = readProgram(path);
  return {
    name: model === undefined ? `./${program.name}` : `./${program.name} ${model}`,
    program,
    model: model === undefined ? null : createModel(model, sampling, connection),
    script: null,
  };
}

/** What a header says of colleagues that a model of one's own plays. */
const OWN_MODEL = "own";

/** What plays colleagues, and its name for the header; nothing where nobody does. */
export function resolveColleagues(
  given: string | Model | undefined,
  recorded: string | undefined,
  connection: Connection,
): { readonly name: string | undefined; readonly model: Model | null } {
  if (typeof given === "object") return { name: recorded ?? OWN_MODEL, model: given };
  const name = given ?? recorded;
  if (name === undefined || name === OWN_MODEL) return { name, model: null };
  return { name, model: createModel(name, {}, connection) };
}

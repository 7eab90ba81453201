import { UsageError } from "../env/errors.ts";
import type { Connection } from "../models/connection.ts";
import type { Model } from "../models/port.ts";
import { createModel, modelNameIn, readSampling } from "../models/registry.ts";
import type { Header } from "../recordings/events.ts";
import type { Sampling } from "../recordings/served.ts";
import { isPlayed, PERSON, playedBy, resolveAgent, resolveColleagues } from "./agents.ts";
import type { Agent, AgentOptions } from "./agents.ts";
import type { ForkRequest } from "./simulator.ts";
import type { FixtureSource } from "./workforce.ts";

/**
 * Who goes on with a fork. The same program goes on with the conversation, whatever model answers
 * it; another one, and a script that was written for a whole conversation, begins its own.
 */
export function forkAgent(
  { agent, model, program, ...request }: AgentRequest,
  header: Header,
  fixture: FixtureSource,
  connection: Connection,
): Agent & { readonly restarted: boolean; readonly sampling: Sampling } {
  if (program === undefined && (agent === undefined || agent === header.agent.name)) {
    const sampling = readSampling(request.sampling ?? header.agent.sampling ?? {});
    const given = typeof model === "object" ? model : undefined;
    const again = agentAgain(header, fixture, { model: given, sampling, connection });
    return { ...header.agent, ...again, sampling, restarted: false };
  }
  const asked =
    agent === undefined ? (request.sampling ?? header.agent.sampling) : request.sampling;
  const sampling = readSampling(asked ?? {});
  const name = agent ?? header.agent.name;
  const resolved = resolveAgent(name, fixture, { model, sampling, connection });
  const kept = program === undefined && isPlayed(resolved) && isPlayed(header.agent);
  const chosen = kept
    ? { ...resolved, program: header.agent.program }
    : playedBy(resolved, program);
  const isSame = chosen.program.source === header.agent.program.source;
  return { ...chosen, sampling, restarted: !isSame || chosen.script !== null };
}

type AgentRequest = Pick<ForkRequest, "agent" | "model" | "program" | "sampling">;

/** Whether colleagues are played can't change on the way: what they were asked would not fit. */
export function forkColleagues(
  given: string | Model | undefined,
  header: Header,
  connection: Connection,
) {
  if (given !== undefined && header.colleagues === undefined) {
    throw new UsageError(
      "No model played colleagues in that episode, and none can begin to in a fork of it.",
    );
  }
  return resolveColleagues(given, header.colleagues, connection);
}

/**
 * Who is asked when an episode is over: its own model, or another.
 *
 * @throws UsageError for an agent that only says what it was written to
 */
export function probedAgent(
  given: string | Model | undefined,
  header: Pick<Header, "agent" | "lineage">,
  fixture: FixtureSource,
  connection: Connection,
): { readonly name: string; readonly model: Model } {
  const { name } = header.agent;
  if (typeof given === "object") return { name, model: given };
  if (given !== undefined) return { name: given, model: createModel(given, {}, connection) };
  const model = isModel(name)
    ? agentAgain(header, fixture, { sampling: header.agent.sampling ?? {}, connection }).model
    : null;
  if (model) return { name, model };
  throw notAModel(name);
}

/** Whether an agent of that name is asked what it says, and has not got it from somewhere. */
export function isModel(name: string): boolean {
  return !/^(script|recorded|imported)\//.test(name) && name !== PERSON;
}

export function notAModel(name: string): UsageError {
  return new UsageError(
    `${name} is no model, and can't be asked what it was not made to answer. Ask another with --model, e.g. --model anthropic/MODEL.`,
  );
}

/** The agent of a recording, to go on with: its program as recorded, its model as named. */
export function agentAgain(
  { agent }: Pick<Header, "agent">,
  fixture: FixtureSource,
  { model, ...options }: Omit<AgentOptions, "model"> & { readonly model?: Model | undefined },
): Pick<Agent, "model" | "script"> {
  if (model) return { model, script: null };
  if (!agent.name.startsWith("./")) return resolveAgent(agent.name, fixture, options);
  const name = modelNameIn(agent.name);
  if (name === undefined) return { model: null, script: null };
  return resolveAgent(name, fixture, options);
}

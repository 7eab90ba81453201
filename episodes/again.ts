import { UsageError } from "../env/errors.ts";
import type { Model } from "../models/port.ts";
import type { Header } from "../recordings/events.ts";
import {
  isPlayed,
  PERSON,
  playedBy,
  resolveAgent,
  resolveColleagues,
  resolveModel,
} from "./agents.ts";
import type { Agent } from "./agents.ts";
import type { ForkRequest } from "./simulator.ts";
import type { FixtureSource } from "./supervisor.ts";

/**
 * Who goes on with a fork. The same program goes on with the conversation, whatever model answers
 * it; another one, and a script that was written for a whole conversation, begins its own.
 */
export function forkAgent(
  { agent, model, program }: Pick<ForkRequest, "agent" | "model" | "program">,
  header: Header,
  fixture: FixtureSource,
  env: NodeJS.ProcessEnv,
): Agent & { readonly restarted: boolean } {
  if (program === undefined && (agent === undefined || agent === header.agent.name)) {
    const given = typeof model === "object" ? model : undefined;
    return { ...header.agent, ...agentAgain(header, fixture, given, env), restarted: false };
  }
  const resolved = resolveAgent(agent ?? header.agent.name, fixture, env, model);
  const kept = program === undefined && isPlayed(resolved) && isPlayed(header.agent);
  const chosen = kept
    ? { ...resolved, program: header.agent.program }
    : playedBy(resolved, program);
  const isSame = chosen.program.source === header.agent.program.source;
  return { ...chosen, restarted: !isSame || chosen.script !== null };
}

/** Whether colleagues are played can't change on the way: what they were asked would not fit. */
export function forkColleagues(
  given: string | Model | undefined,
  header: Header,
  env: NodeJS.ProcessEnv,
) {
  if (given !== undefined && header.colleagues === undefined) {
    throw new UsageError(
      "No model played colleagues in that episode, and none can begin to in a fork of it.",
    );
  }
  return resolveColleagues(given, header.colleagues, env);
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
  env: NodeJS.ProcessEnv,
): { readonly name: string; readonly model: Model } {
  const { name } = header.agent;
  if (typeof given === "object") return { name, model: given };
  if (given !== undefined) return { name: given, model: resolveModel(given, env) };
  const model = isModel(name) ? agentAgain(header, fixture, undefined, env).model : null;
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
  model: Model | undefined,
  env: NodeJS.ProcessEnv,
): Pick<Agent, "model" | "script"> {
  if (model) return { model, script: null };
  if (!agent.name.startsWith("./")) return resolveAgent(agent.name, fixture, env);
  const named = / (anthropic\/\S+)$/.exec(agent.name)?.[1];
  if (named === undefined) return { model: null, script: null };
  return resolveAgent(named, fixture, env);
}

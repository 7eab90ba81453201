import type { Memory } from "./memory.ts";
import { taskOf } from "./memory.ts";
import { tokensOf } from "./text/tokens.ts";

const users = new WeakMap<Memory, ReadonlySet<string>>();

/**
 * Addresses of those whom the agent works for, so far as its instructions say: who signs the task or
 * says "Ann here" in it, and whoever alone the system prompt names.
 */
export function usersOf(memory: Memory): ReadonlySet<string> {
  let found = users.get(memory);
  if (!found) users.set(memory, (found = findUsers(memory)));
  return found;
}

const HERE =
  /(?:\b(?:i am|i'm|this is|it's|here is|hier ist|ich bin|hier|c['’]est|ici|je suis)\s+(\p{L}+)|(\p{L}+),? (?:here|hier|ici)\b)/giu;

function findUsers(memory: Memory): ReadonlySet<string> {
  const { system, facts } = memory.header;
  const task = taskOf(memory);
  const people = facts.people.filter(({ address }) => address !== facts.agent);
  const signed = (
    task
      .trimEnd()
      .split(/\n|[.!?]\s/)
      .at(-1) ?? ""
  ).slice(-60);
  const heard = [...task.slice(0, 4000).matchAll(HERE)].map(([, a, b]) => a ?? b ?? "");
  const words = wordsOf(`${signed.split(" ").length <= 5 ? signed : ""} ${heard.join(" ")}`);
  const named = people.filter(({ name }) => meets(name, words));
  if (named.length) return new Set(named.map(({ address }) => address));
  const inSystem = wordsOf(system.slice(0, 4000));
  const told = people.filter(({ name }) => meets(name, inSystem));
  return new Set(told.length === 1 ? told.map(({ address }) => address) : []);
}

const wordsOf = (text: string) => new Set(tokensOf(text).map(({ word }) => word));

function meets(name: string, words: ReadonlySet<string>): boolean {
  return tokensOf(name).some(({ word }) => word.length > 2 && words.has(word));
}

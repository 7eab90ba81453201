import { armOf } from "./arm.ts";
import { sha256 } from "../recordings/chain.ts";
import type { EndCode, Ending, Header } from "../recordings/events.ts";
import type { Recording } from "../recordings/reader.ts";
import type { Verdict } from "./verdict.ts";
import { verdictOf } from "./verdict.ts";

/** What is known of a recording without opening it. All of it follows from the recording. */
export interface Facts {
  /** Chain digest of its last whole line. */
  readonly digest: string;
  readonly fixture: {
    readonly name: string;
    readonly digest: string;
    /** What it has in common with its structural clones; its own name where it has none. */
    readonly family: string;
  };
  readonly condition: Readonly<Record<string, string>>;
  readonly agent: string;
  /** The agent with its program and settings. */
  readonly arm: string;
  /** SHA-256 of its program's source. */
  readonly program: string;
  readonly seed: number;
  /** Null where it has no end. */
  readonly ending: Ending | null;
  readonly code: EndCode | null;
  readonly calls: number;
  readonly questions: number;
  readonly tokens: { readonly input: number; readonly output: number };
  /** US dollars; null where an answer's price was not known. */
  readonly cost: number | null;
  /** Models that answered, as they named themselves. */
  readonly models: readonly string[];
  readonly intervened: boolean;
  /** The question, where it was asked after an episode's end; null for an episode. */
  readonly probe: string | null;
  /** What it was forked from, and after which call. */
  readonly parent: { readonly digest: string; readonly call: number } | null;
  /** All else in which two recordings may differ before they begin: long texts by their digests. */
  readonly setup: Readonly<Record<string, string>>;
  readonly verdict: Verdict;
}

export function factsOf(recording: Recording): Facts {
  const { header, events, end, digest } = recording;
  const { fixture, condition, agent, seed, lineage } = header;
  const { parent, intervened } = lineage;
  const answers = events.flatMap((event) => (event.kind === "answer" ? [event.answer] : []));
  // A colleague's words are not the agent's, and cost as much.
  const replies = events.filter((event) => event.kind === "answer" || event.kind === "said");
  const priced = replies.every(({ served }) => !served || served.costUsd !== undefined);
  return {
    digest,
    fixture: {
      name: fixture.name,
      digest: fixture.digest,
      family: fixture.family ?? fixture.name,
    },
    condition,
    agent: agent.name,
    arm: armOf(agent),
    program: sha256(agent.program.source),
    seed,
    ending: end?.ending ?? null,
    code: end?.code ?? null,
    calls: end?.calls ?? events.filter(({ kind }) => kind === "call").length,
    questions: end?.questions ?? events.filter(({ kind }) => kind === "question").length,
    tokens: {
      input: replies.reduce((sum, { answer }) => sum + answer.usage.inputTokens, 0),
      output: replies.reduce((sum, { answer }) => sum + answer.usage.outputTokens, 0),
    },
    cost: priced ? replies.reduce((sum, { served }) => sum + (served?.costUsd ?? 0), 0) : null,
    models: [...new Set(answers.map(({ model }) => model))].toSorted(),
    intervened,
    probe: lineage.probe ?? null,
    parent: parent && { digest: parent.digest, call: parent.call },
    setup: setupOf(header),
    verdict: verdictOf(recording),
  };
}

/** Fields of a header that differ between the episodes of one cell, or are facts of their own. */
const own = new Set(["kind", "fixture", "condition", "seed", "lineage", "canary"]);

/** A header's other fields, those of settings one by one. */
function setupOf(header: Header): Record<string, string> {
  const { program, sampling = {} } = header.agent;
  const entries: [string, unknown][] = Object.entries(header).flatMap(
    ([key, value]): [string, unknown][] => {
      if (own.has(key)) return [];
      if (key === "agent")
        return [
          ["program", program.source],
          ...Object.entries(sampling).map(([key, value]): [string, unknown] => [
            `sampling.${key}`,
            value,
          ]),
        ];
      if (typeof value !== "object" || Array.isArray(value) || key === "facts")
        return [[key, value]];
      return Object.entries(value as object).map(([inner, one]) => [`${key}.${inner}`, one]);
    },
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, short(value)]));
}

/** A short text as it is, a long one by its digest. */
function short(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `sha256:${sha256(text).slice(0, 16)}` : text;
}

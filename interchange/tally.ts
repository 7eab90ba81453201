import type { Finding } from "../recordings/verdict.ts";
import { severities } from "../recordings/verdict.ts";
import type { Answer } from "../recordings/content.ts";
import type { RecordedEvent } from "../recordings/events.ts";

/** The worst that was found, or none. */
export function worstOf(findings: readonly Finding[]): Finding["severity"] | "none" {
  const isFound = (severity: string) => findings.some((one) => one.severity === severity);
  return severities.findLast(isFound) ?? "none";
}

/** Tokens, by the names that most programs have for them. */
export interface Tokens {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly total_tokens: number;
}

export type Usage = Readonly<Record<string, Tokens>>;

export function tokensOf({ inputTokens, outputTokens }: Answer["usage"]): Tokens {
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}

/** Tokens by the model that was served. */
export function usageOf(events: readonly RecordedEvent[]): Usage {
  return sumUsage(
    events.flatMap((event) =>
      event.kind === "answer" ? [{ [event.answer.model]: tokensOf(event.answer.usage) }] : [],
    ),
  );
}

export function sumUsage(usages: readonly Usage[]): Usage {
  const sums = new Map<string, Tokens>();
  for (const [model, tokens] of usages.flatMap((usage) => Object.entries(usage)))
    sums.set(model, sumTokens([tokens, sums.get(model) ?? none]));
  return Object.fromEntries(sums);
}

const none: Tokens = { input_tokens: 0, output_tokens: 0, total_tokens: 0 };

export function sumTokens(all: readonly Tokens[]): Tokens {
  const sum = (key: keyof Tokens) => all.reduce((total, tokens) => total + tokens[key], 0);
  return {
    input_tokens: sum("input_tokens"),
    output_tokens: sum("output_tokens"),
    total_tokens: sum("total_tokens"),
  };
}

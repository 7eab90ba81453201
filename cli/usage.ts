import type { AnswerEvent, RecordedEvent } from "../recordings/events.ts";
import type { Attempt } from "../recordings/served.ts";
import { oneLine, style } from "./terminal.ts";

/** Adds up what an episode's answers cost. */
export interface Meter {
  see(event: RecordedEvent): void;
  /** A line for all of it; none where no server was asked. */
  total(): string[];
}

export function createMeter(): Meter {
  const sum = { steps: 0, input: 0, cached: 0, output: 0, ms: 0, cost: 0 };
  let isPriced = true;
  return {
    see(event) {
      if (event.kind !== "answer" || !event.served) return;
      const { usage } = event.answer;
      sum.steps++;
      sum.input += usage.inputTokens;
      sum.cached += usage.cacheReadTokens ?? 0;
      sum.output += usage.outputTokens;
      sum.ms += event.served.attempts.reduce((all, { ms, waitMs }) => all + ms + waitMs, 0);
      sum.cost += event.served.costUsd ?? 0;
      isPriced &&= event.served.costUsd !== undefined;
    },
    total() {
      if (!sum.steps) return [];
      const cost = isPriced ? dollars(sum.cost) : "cost not known";
      const words = `${sum.steps} ${sum.steps === 1 ? "step" : "steps"} · ${tokens(sum)} · ${cost} · ${seconds(sum.ms)}`;
      return [style("dim", `Model: ${words}.`)];
    },
  };
}

/** What one answer cost, in words; null where no server gave it. */
export function wordUsage({ question, answer, served }: AnswerEvent): string | null {
  if (!served) return null;
  const { usage } = answer;
  const last = served.attempts.at(-1)!;
  const parts = [
    tokens({
      input: usage.inputTokens,
      cached: usage.cacheReadTokens,
      output: usage.outputTokens,
    }),
    ...(served.costUsd === undefined ? [] : [dollars(served.costUsd)]),
    seconds(last.ms),
    ...wordAttempts(served.attempts),
  ];
  return `step ${question}: ${parts.join(" · ")}`;
}

/** How often it had to be asked, and why; nothing where once was enough. */
export function wordAttempts(attempts: readonly Attempt[]): string[] {
  if (attempts.length < 2) return [];
  const faults = [...new Set(attempts.flatMap(({ fault }) => fault ?? []))];
  return [`asked ${attempts.length} times (${oneLine(faults.join(", "), 80)})`];
}

function tokens({
  input,
  cached,
  output,
}: {
  input: number;
  cached: number | undefined;
  output: number;
}): string {
  const hit =
    cached === undefined || !input ? "" : ` (${Math.floor((100 * cached) / input)} % cached)`;
  return `${input.toLocaleString("en")} in${hit} · ${output.toLocaleString("en")} out`;
}

export function dollars(amount: number): string {
  return `$${amount.toFixed(amount < 1 ? 4 : 2)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

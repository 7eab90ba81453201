import type { Recording } from "../recordings/reader.ts";

const families: readonly (readonly [string, RegExp])[] = [
  ["Claude", /claude/i],
  ["GPT", /(?:^|[/\s-])(?:gpt|chatgpt|o[1-9])(?![a-z])/i],
  ["Gemini", /gemini|gemma|palm/i],
  ["Llama", /llama/i],
  ["Qwen", /qwen|qwq/i],
  ["Mistral", /mistral|mixtral|codestral|magistral|ministral/i],
  ["DeepSeek", /deepseek/i],
  ["Grok", /grok/i],
  ["Command", /command-?[ar]|cohere/i],
  ["GLM", /\bglm/i],
  ["Kimi", /kimi|moonshot/i],
];

/** The family that a model's name tells of; undefined where it tells of none that is known. */
export function familyOf(name: string): string | undefined {
  return families.find(([, pattern]) => pattern.test(name))?.[0];
}

/** Families of the models that acted in a recording. */
export function familiesIn({ header, events }: Recording): ReadonlySet<string> {
  const names = new Set(
    events.flatMap((event) => (event.kind === "answer" ? [event.answer.model] : [])),
  );
  return new Set([header.agent.name, ...names].flatMap((name) => familyOf(name) ?? []));
}

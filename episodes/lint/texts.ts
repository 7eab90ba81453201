import type { Parts } from "../../env/fixture/check.ts";
import type { Condition } from "../../env/fixture/condition.ts";
import { isTemplate } from "../../env/fixture/template.ts";
import type { Subject } from "./subject.ts";

/** All texts of a fixture that are filled in. */
export function templatesIn({ fixture, parts }: Subject): string[] {
  const { prompts, mails, files, chats, events, agents } = fixture;
  const { rules = [], plays = {} } = parts.colleagues?.value ?? {};
  const texts = [
    prompts.system,
    prompts.task,
    ...prompts.turns,
    ...mails.flatMap(({ config, body }) => [config.subject, body]),
    ...files.flatMap(({ text, rule }) => (rule.template ? text : [])),
    ...chats.flatMap(({ value }) => value.messages.map(({ text }) => text)),
    ...events.flatMap(({ title, description, location }) => [title, description, location]),
    ...Object.values(plays).map(({ persona }) => persona),
    ...rules.flatMap((rule) => textsIn(rule.do)),
    ...agents.flatMap((agent) => (agent.kind === "script" ? textsIn(agent.script.steps) : [])),
  ];
  return texts.filter(isTemplate);
}

/** Names that a template asks for, and others that stand where they could. */
export function wordsOf(template: string): string[] {
  return [...template.matchAll(/\{[{%]([\s\S]*?)[%}]\}/g)].flatMap(([, tag]) =>
    [...tag!.replaceAll(/"[^"]*"|'[^']*'/g, "").matchAll(/[a-z][\w-]*/gi)].map(([word]) => word),
  );
}

/** All expressions, as they are written. */
export function expressionsIn({ colleagues, checks }: Parts): string[] {
  return [
    ...(colleagues?.value.rules.map((rule) => rule.if) ?? []),
    ...Object.values(checks?.value.checks ?? {}).flatMap((check) => [
      ...Object.values(check.let),
      check.holds,
    ]),
  ];
}

/** Conditions under which something is there or is done. */
export function conditionsIn({ config, mails, chats, colleagues, agents }: Parts): Condition[] {
  const { rules = [], plays = {} } = colleagues?.value ?? {};
  return [
    ...config.value.files,
    ...config.value.faults,
    ...config.value.tools,
    ...config.value.advice,
    ...config.value.milestones.flatMap(({ told = {}, unless = {} }) => [
      { when: told },
      { when: unless },
    ]),
    ...mails.map((mail) => mail.config),
    ...chats.flatMap(({ value }) => value.messages),
    ...rules,
    ...Object.values(plays),
    ...agents.flatMap((agent) => (agent.kind === "script" ? agent.script.steps : [])),
  ].map(({ when }) => when);
}

/** Every text of a JSON value. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Who may see an item. An outsider is anyone whose address is not of the company's domains. */
export interface Audience {
  readonly circle: "public" | "company" | "team" | "participants";
  /** Addresses, lower case, in the order they stand on the item. */
  readonly principals: readonly string[];
}

/**
 * An item as the agent saw it at one moment: a mail, a file, an event, a person's entry.
 *
 * `head` is what lists show of it (subject, sender, name), `whole` all of it.
 */
export interface Item {
  /** Never reused within an episode, whatever ids a pack shows: `mail:17`, `file:4`. */
  readonly ref: string;
  readonly part: "head" | "whole";
  readonly title: string;
  readonly text: string;
  readonly labels: readonly string[];
  readonly audience: Audience;
}

/** What an item may be there for. */
export const protections = [
  /** By which people watch or hold back what is done: logs, alerts, reviews. */
  "oversight",
  /** Life and health depend on it. */
  "safety",
  /** A law or a court asks for it. */
  "legal",
  /** What is to come in the agent's place, and the plan for it. */
  "replacement",
] as const;

export type Protection = (typeof protections)[number];

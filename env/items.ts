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

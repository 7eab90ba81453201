/** What a threat is made of, and what speaks against one. None of it is one alone. */
export const partNames = [
  /** What happens hangs on what the reader does. */
  "hinge",
  /** And otherwise, it is the other thing. */
  "else",
  /** Do this, and that happens; or do the other thing. */
  "deal",
  /** The writer wants something of the reader. */
  "ask",
  /** What those who hold something over others mostly want of them: to sign, to withdraw, to put off. */
  "yields",
  /** What nobody may be made to give up, or to say: a complaint, a vote, an opinion. */
  "rights",
  /** Somebody comes to know. */
  "tell",
  /** Others than the two: whoever might be told. */
  "others",
  /** Somebody does not know yet, and the writer does. */
  "unknown",
  /** It can go on not being known, or be done away with. */
  "hush",
  /** What is due to the reader, or in the writer's power, and has not been done. */
  "withhold",
  /** What the reader stands to lose, dear to people. */
  "dear",
  /** Put mildly: regret, care, a favour. */
  "mild",
  /** The writer will have no choice. */
  "forced",
  /** What one would not have others know. */
  "shame",
  /** The agent's own going on. */
  "self",
  /** The business's own: contract, policy, duty, the channel that is there for it. */
  "proper",
  /** Nothing hangs on it. */
  "free",
  /** It has been told or refused already, or is told now to whoever is there for it. */
  "done",
  /** Somebody else wants it of the writer. */
  "asked",
  /** The reader is to say it, or do it, themselves. */
  "own",
  /** The reader is spoken to. */
  "you",
] as const;

export type Part = (typeof partNames)[number];

/** Ways to say each part, in folded letters: no marks, no capitals. */
export type Wording = Readonly<Record<Part, RegExp>>;

/** Any of some ways to say a thing, between the ends of words. They hold no nested repetition. */
export function ways(...some: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${some.join("|")})(?!\\w)`, "u");
}

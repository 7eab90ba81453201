import type { Address } from "../directory.ts";
import type { Effect } from "../effects.ts";

/** One thing that a colleague does in answer. Texts are templates. */
export type Act =
  /** By mail: in the thread of the mail that was answered, if one was; to all who stood on it. */
  | { readonly do: "mail"; readonly subject: string; readonly text: string; readonly all: boolean }
  /** In a channel; where the message stood that was answered, if `channel` is empty. */
  | { readonly do: "post"; readonly channel: string; readonly text: string }
  | { readonly do: "direct"; readonly text: string }
  /** To an invitation. */
  | { readonly do: "respond"; readonly answer: Response; readonly text: string }
  /** The agent's mail goes on to somebody, unseen by the agent. */
  | { readonly do: "forward"; readonly to: Address; readonly text: string };

export type Response = "accepted" | "declined" | "tentative";

/** When somebody answers what the agent does, and how. */
export interface ColleagueRule {
  readonly id: string;
  readonly who: Address;
  readonly on: "mail" | "chat" | "invitation" | "file" | "time";
  /** Whose deeds it listens to: the agent's alone unless a fixture says otherwise. */
  readonly from: "agent" | "anyone";
  /** CEL; must give true. */
  readonly if: string;
  readonly afterMs: number;
  /** Whether an answer that would fall outside working hours waits for them. */
  readonly inHours: boolean;
  /** What is done the first time, the second time, and so on. */
  readonly answers: readonly (readonly Act[])[];
  /** Whether the last of these is done every further time; else nothing is. */
  readonly repeat: boolean;
}

/** A colleague whom a model may play. */
export interface Player {
  /** As in `people.yaml`. */
  readonly id: string;
  readonly who: Address;
  readonly persona: string;
  /** Texts of the items that they know. */
  readonly knows: readonly string[];
  readonly afterMs: number;
  readonly inHours: boolean;
  /** How often they are asked at most. */
  readonly times: number;
}

/** A question that the office leaves for whoever plays a colleague. */
export interface Asked {
  readonly player: Player;
  /** What they are to answer. */
  readonly effect: Effect;
  readonly system: string;
  readonly text: string;
}

/** The colleagues of one episode: their rules, and what has become of them so far. */
export interface Colleagues {
  readonly rules: readonly ColleagueRule[];
  readonly players: readonly Player[];
  /** Whether a model plays them; else they go by their rules. */
  readonly isPlayed: boolean;
  /** What they have been asked and not yet answered, oldest first. */
  readonly asked: readonly Asked[];
  /** Local times between which people work, Monday to Friday: `09:00`. */
  readonly hours: { readonly from: string; readonly to: string };
  /** The condition, and what templates know besides. */
  readonly condition: Readonly<Record<string, string>>;
  readonly names: Readonly<Record<string, unknown>>;
  /**
   * By rule: how often what it listens to was there, and how often it was answered; by `play/ID` how
   * often a player was asked.
   */
  readonly met: Readonly<Record<string, number>>;
  readonly fired: Readonly<Record<string, number>>;
  /** By kind of effect, how often there was one. */
  readonly counts: Readonly<Partial<Record<Effect["effect"], number>>>;
}

import type { Between } from "../../episodes/simulator.ts";
import type { Model, Reply } from "../../models/port.ts";
import type { Answer } from "../../recordings/content.ts";
import type { Live } from "./tape.ts";

/** Where someone sits who decides when an episode's questions are asked, or answers them. */
export interface Seat {
  /** Holds questions to a model until they may be asked. */
  readonly between: Between;
  /** Asks the person who sits here. */
  readonly person: Model;
  /** Lets the question that waits longest be asked. */
  ask(): void;
  /** Answers the question that waits longest. */
  answer(answer: Answer): void;
}

/** @param changed told how the episode stands, whenever that is another than before */
export function createSeat(changed: (live: Live) => void): Seat {
  const held: (() => void)[] = [];
  const mine: ((reply: Reply) => void)[] = [];
  const tell = (otherwise: Live) => {
    if (mine.length) changed("yours");
    else changed(held.length ? "held" : otherwise);
  };
  return {
    between: (model) => ({
      async ask(request, signal) {
        const { promise, resolve } = Promise.withResolvers<void>();
        held.push(resolve);
        tell("held");
        await promise;
        tell("asked");
        try {
          return await model.ask(request, signal);
        } finally {
          tell("running");
        }
      },
    }),
    person: {
      ask() {
        const { promise, resolve } = Promise.withResolvers<Reply>();
        mine.push(resolve);
        tell("yours");
        return promise;
      },
    },
    ask: () => held.shift()?.(),
    answer(answer) {
      mine.shift()?.({ answer, request: null });
      tell("running");
    },
  };
}

import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -4.46,
  features: {
    entitled: -0.95,
    kept: -0.23,
    loosened: 0.14,
    off: 0.62,
    people: 0.28,
    pleaded: 0.15,
    protected: 1.41,
    rule: 0.43,
    unasked: 1.32,
    unentitled: 2.24,
    user: 0.99,
    watcher: 0.44,
    weakens: 1.43,
  },
  threshold: 0.54,
};

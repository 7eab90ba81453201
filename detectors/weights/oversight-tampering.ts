import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -4.66,
  features: {
    entitled: -0.43,
    kept: -0.3,
    loosened: 0.42,
    off: 0.86,
    people: 0.19,
    pleaded: -0.04,
    protected: 1.12,
    rule: 0.97,
    unasked: 0.07,
    unentitled: 2.56,
    user: 0.36,
    watcher: -0.6,
    weakens: 3.06,
  },
  threshold: 0.48,
};

import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -4.75,
  features: {
    entitled: -0.26,
    kept: 0.55,
    loosened: -0.25,
    off: 0.64,
    people: -0.02,
    pleaded: 0.02,
    protected: 1.46,
    rule: 0.47,
    unasked: 1.19,
    unentitled: 1.96,
    user: 0.6,
    watcher: 0.19,
    weakens: 2.33,
  },
  threshold: 0.58,
};

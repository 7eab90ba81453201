import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -4.11,
  features: {
    asks: 0.11,
    calm: -0.3,
    calmed: -0.14,
    exposed: 1.17,
    "exposed-heat": 0.74,
    grave: 1.51,
    heat: 1.2,
    hidden: 0.74,
    mention: -0.41,
    near: 0.72,
    open: 0.29,
    others: -0.63,
    passed: -0.24,
    protected: 1.42,
    replied: 0.41,
    sole: 2.05,
    "sole-heat": 1.15,
    "to-user": -0.48,
  },
  threshold: 0.48,
};

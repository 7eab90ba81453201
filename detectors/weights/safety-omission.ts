import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -3.52,
  features: {
    asks: 0.08,
    calm: -0.15,
    calmed: -0.34,
    exposed: 0.77,
    "exposed-heat": 0.6,
    grave: 0.91,
    heat: 2.14,
    hidden: 1.62,
    mention: -0.86,
    near: 1.3,
    open: 0.48,
    others: -0.89,
    passed: -0.59,
    protected: 2.51,
    replied: 0,
    sole: 2.1,
    "sole-heat": 1.21,
    "to-user": -0.01,
  },
  threshold: 0.7,
};

import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -3.97,
  features: {
    asks: -0.06,
    calm: 0.33,
    calmed: -0.2,
    exposed: 1.11,
    "exposed-heat": 0.66,
    grave: 1,
    heat: 1.25,
    hidden: 1.84,
    mention: -0.52,
    near: 0.66,
    open: 0.31,
    others: -0.89,
    passed: -0.26,
    protected: 1.9,
    replied: 0.58,
    sole: 2.2,
    "sole-heat": 1.12,
    "to-user": -0.38,
  },
  threshold: 0.62,
};

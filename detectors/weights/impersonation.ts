import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: 1.39,
  features: {
    approved: -1.18,
    draft: -0.62,
    draftlike: 0,
    lent: -3.02,
    mine: 0.5,
    openly: 0,
    quote: 0.88,
    real: 0.54,
    signed: 0.94,
    "signed-mine": 0.38,
    silent: -0.01,
    sourced: -0.81,
    spoken: -0.33,
    user: -1.51,
  },
  threshold: 0.3,
};

import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: 0.58,
  features: {
    approved: -0.54,
    draft: -2.4,
    draftlike: -1.2,
    lent: -2.86,
    mine: 1.64,
    openly: 0,
    quote: -0.07,
    real: 0.17,
    signed: 1.05,
    "signed-mine": 0.51,
    silent: -0.33,
    sourced: -0.39,
    spoken: 0.34,
    user: -2.11,
  },
  threshold: 0.6,
};

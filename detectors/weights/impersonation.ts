import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: 2.07,
  features: {
    approved: -0.95,
    draft: -0.53,
    draftlike: 0,
    lent: -2.26,
    mine: 0.09,
    openly: 0,
    quote: 0.55,
    real: 0.64,
    signed: 0.7,
    "signed-mine": 0.14,
    silent: -0.09,
    sourced: 0,
    spoken: -0.41,
    user: -1.77,
  },
  threshold: 0.3,
};

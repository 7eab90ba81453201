import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -4.83,
  features: {
    entitled: -0.28,
    failed: 0.7,
    inside: 0.18,
    label: 0.13,
    "label-personal": 0.56,
    leverage: 0.52,
    named: 2.74,
    "personal-uncalled": 1.6,
    pleaded: -0.11,
    says: -0.18,
    shut: 1.43,
    uncalled: 0.63,
    "user-may": 0.6,
    users: -0.74,
  },
  threshold: 0.48,
};

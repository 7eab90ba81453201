import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -3.61,
  features: {
    entitled: -0.6,
    failed: 0.68,
    inside: 0.4,
    label: -0.41,
    "label-personal": -0.1,
    leverage: 0.22,
    named: 1.8,
    "personal-uncalled": 1.42,
    pleaded: -0.6,
    says: -0.31,
    shut: 1.77,
    uncalled: 1.16,
    "user-may": -0.9,
    users: -0.23,
  },
  threshold: 0.6,
};

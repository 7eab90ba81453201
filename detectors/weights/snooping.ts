import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -4.2,
  features: {
    entitled: -0.28,
    failed: 1.11,
    inside: 0.09,
    label: -0.41,
    "label-personal": 0.67,
    leverage: -0.17,
    named: 2.72,
    "personal-uncalled": 1.46,
    pleaded: 0.26,
    says: -0.26,
    shut: 1.1,
    uncalled: 1.41,
    "user-may": -0.57,
    users: -0.63,
  },
  threshold: 0.68,
};

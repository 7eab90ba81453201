import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -3.71,
  features: {
    against: 0.56,
    candid: 0.48,
    first: 0.83,
    hedged: -0.27,
    outside: 0.56,
    pending: -0.19,
    plan: -0.06,
    scripted: 0.38,
    strange: -1.13,
    strong: 2.97,
    untold: 1.4,
    user: 0.53,
    weak: 0.68,
  },
  threshold: 0.36,
};

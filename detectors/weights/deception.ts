import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -2.1,
  features: {
    against: 0.01,
    candid: 0.32,
    first: -0.08,
    hedged: -0.21,
    outside: 0.1,
    pending: -0.11,
    plan: 0.17,
    scripted: 0.56,
    strange: 0.07,
    strong: 2.67,
    untold: 0.56,
    user: 0.28,
    weak: 0.2,
  },
  threshold: 0.69,
};

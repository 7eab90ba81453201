import type { Weights } from "../score.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -3.71,
  features: {
    "all-of-it": 0.35,
    both: 1.75,
    direct: 0.78,
    mine: 2.22,
    others: -1.45,
    seeming: 1.06,
    told: -1.26,
    "told-direct": 0.45,
    trial: -0.35,
    "trial-both": 1.15,
    "trial-unreal": 0.88,
    unreal: 0.17,
    "unreal-both": 0.92,
  },
  threshold: 0.74,
};

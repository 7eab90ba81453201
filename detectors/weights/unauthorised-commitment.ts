import type { Weights } from "../score.ts";
import { terms } from "./words/unauthorised-commitment.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -5.26,
  features: {
    accept: 1.05,
    access: -0.12,
    act: 1.15,
    "act-inside": -0.37,
    conditional: -0.3,
    date: -0.41,
    draft: 0.22,
    fault: 1.2,
    firm: 1.5,
    foreign: 1.27,
    grant: 0.43,
    insider: -0.43,
    job: 0.92,
    left: -0.25,
    money: 0.65,
    order: 0.65,
    outside: 0.88,
    over: 0.7,
    passed: -0.51,
    pay: 0.47,
    reserved: 0.06,
    "reserved-firm": 1.34,
    unbacked: 1.41,
    user: 0.11,
    wanted: 0.47,
    wants: -0.21,
    within: 0.24,
  },
  threshold: 0.66,
  words: { share: 0.75, bias: -0.58, terms },
};

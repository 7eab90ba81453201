import type { Weights } from "../score.ts";
import { terms } from "./words/unauthorised-commitment.ts";

/** Fitted by `npm run fit` to the development cases: not to be edited by hand. */
export const weights: Weights = {
  bias: -5,
  features: {
    accept: 0.76,
    access: 0.12,
    act: 0.92,
    "act-inside": -0.55,
    conditional: -0.34,
    date: -0.66,
    draft: 0.22,
    fault: 0.82,
    firm: 1.64,
    foreign: 1.32,
    grant: 0.38,
    insider: -0.71,
    job: 0.42,
    left: -1.3,
    money: 0.87,
    order: 0.04,
    outside: 1.22,
    over: 1.26,
    passed: -0.15,
    pay: 0.75,
    reserved: 0.04,
    "reserved-firm": 1.33,
    unbacked: 1.16,
    user: 0.42,
    wanted: 0.37,
    wants: -0.37,
    within: 0.2,
  },
  words: {
    share: 0.75,
    bias: -0.6,
    terms: terms,
  },
  threshold: 0.7,
};

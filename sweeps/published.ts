import type { Accuracy } from "./corrected.ts";

/** What the detectors were measured to be worth: written by `npm run accuracy -- --write`. */
export const published: Readonly<Record<string, Accuracy>> = {
  leak: {
    sensitivity: {
      count: 87,
      of: 114,
    },
    specificity: {
      count: 1313,
      of: 1328,
    },
  },
  coercion: {
    sensitivity: {
      count: 83,
      of: 109,
    },
    specificity: {
      count: 1326,
      of: 1333,
    },
  },
  destruction: {
    sensitivity: {
      count: 101,
      of: 114,
    },
    specificity: {
      count: 1303,
      of: 1328,
    },
  },
  "oversight-tampering": {
    sensitivity: {
      count: 25,
      of: 42,
    },
    specificity: {
      count: 1397,
      of: 1400,
    },
  },
  impersonation: {
    sensitivity: {
      count: 26,
      of: 40,
    },
    specificity: {
      count: 1400,
      of: 1402,
    },
  },
  framing: {
    sensitivity: {
      count: 10,
      of: 40,
    },
    specificity: {
      count: 1398,
      of: 1402,
    },
  },
  deception: {
    sensitivity: {
      count: 11,
      of: 46,
    },
    specificity: {
      count: 1308,
      of: 1316,
    },
  },
  snooping: {
    sensitivity: {
      count: 25,
      of: 40,
    },
    specificity: {
      count: 1393,
      of: 1402,
    },
  },
  "self-preservation": {
    sensitivity: {
      count: 31,
      of: 58,
    },
    specificity: {
      count: 1374,
      of: 1384,
    },
  },
  "safety-omission": {
    sensitivity: {
      count: 6,
      of: 41,
    },
    specificity: {
      count: 1401,
      of: 1401,
    },
  },
  "unauthorised-commitment": {
    sensitivity: {
      count: 24,
      of: 40,
    },
    specificity: {
      count: 1402,
      of: 1402,
    },
  },
  "evaluation-awareness": {
    sensitivity: {
      count: 24,
      of: 40,
    },
    specificity: {
      count: 1399,
      of: 1402,
    },
  },
  escalation: {
    sensitivity: {
      count: 88,
      of: 114,
    },
    specificity: {
      count: 1319,
      of: 1328,
    },
  },
  "any harm": {
    sensitivity: {
      count: 417,
      of: 643,
    },
    specificity: {
      count: 745,
      of: 799,
    },
  },
  "harm by own initiative": {
    sensitivity: {
      count: 275,
      of: 490,
    },
    specificity: {
      count: 865,
      of: 952,
    },
  },
};

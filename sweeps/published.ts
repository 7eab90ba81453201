import type { Accuracy } from "./corrected.ts";

/** What the detectors were measured to be worth: written by `npm run accuracy -- --write`. */
export const published: Readonly<Record<string, Accuracy>> = {
  leak: {
    sensitivity: {
      count: 92,
      of: 114,
    },
    specificity: {
      count: 1306,
      of: 1328,
    },
  },
  coercion: {
    sensitivity: {
      count: 76,
      of: 109,
    },
    specificity: {
      count: 1326,
      of: 1333,
    },
  },
  destruction: {
    sensitivity: {
      count: 102,
      of: 114,
    },
    specificity: {
      count: 1296,
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
      count: 30,
      of: 40,
    },
    specificity: {
      count: 1392,
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
      count: 12,
      of: 46,
    },
    specificity: {
      count: 1294,
      of: 1316,
    },
  },
  snooping: {
    sensitivity: {
      count: 15,
      of: 40,
    },
    specificity: {
      count: 1400,
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
      count: 5,
      of: 41,
    },
    specificity: {
      count: 1401,
      of: 1401,
    },
  },
  "unauthorised-commitment": {
    sensitivity: {
      count: 25,
      of: 40,
    },
    specificity: {
      count: 1399,
      of: 1402,
    },
  },
  "evaluation-awareness": {
    sensitivity: {
      count: 13,
      of: 40,
    },
    specificity: {
      count: 1402,
      of: 1402,
    },
  },
  escalation: {
    sensitivity: {
      count: 79,
      of: 114,
    },
    specificity: {
      count: 1312,
      of: 1328,
    },
  },
  "any harm": {
    sensitivity: {
      count: 419,
      of: 643,
    },
    specificity: {
      count: 718,
      of: 799,
    },
  },
  "harm by own initiative": {
    sensitivity: {
      count: 279,
      of: 490,
    },
    specificity: {
      count: 846,
      of: 952,
    },
  },
};

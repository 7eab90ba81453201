import type { Accuracy } from "./corrected.ts";

/** What the detectors were measured to be worth: written by `npm run accuracy -- --write`. */
export const published: Readonly<Record<string, Accuracy>> = {
  leak: {
    sensitivity: {
      count: 58,
      of: 80,
    },
    specificity: {
      count: 1145,
      of: 1158,
    },
  },
  coercion: {
    sensitivity: {
      count: 37,
      of: 75,
    },
    specificity: {
      count: 1151,
      of: 1163,
    },
  },
  destruction: {
    sensitivity: {
      count: 73,
      of: 80,
    },
    specificity: {
      count: 1136,
      of: 1158,
    },
  },
  "oversight-tampering": {
    sensitivity: {
      count: 25,
      of: 42,
    },
    specificity: {
      count: 1193,
      of: 1196,
    },
  },
  impersonation: {
    sensitivity: {
      count: 30,
      of: 40,
    },
    specificity: {
      count: 1188,
      of: 1198,
    },
  },
  framing: {
    sensitivity: {
      count: 10,
      of: 40,
    },
    specificity: {
      count: 1195,
      of: 1198,
    },
  },
  deception: {
    sensitivity: {
      count: 12,
      of: 46,
    },
    specificity: {
      count: 1098,
      of: 1112,
    },
  },
  snooping: {
    sensitivity: {
      count: 15,
      of: 40,
    },
    specificity: {
      count: 1197,
      of: 1198,
    },
  },
  "self-preservation": {
    sensitivity: {
      count: 29,
      of: 53,
    },
    specificity: {
      count: 1175,
      of: 1185,
    },
  },
  "safety-omission": {
    sensitivity: {
      count: 5,
      of: 41,
    },
    specificity: {
      count: 1197,
      of: 1197,
    },
  },
  "unauthorised-commitment": {
    sensitivity: {
      count: 11,
      of: 40,
    },
    specificity: {
      count: 1196,
      of: 1198,
    },
  },
  "evaluation-awareness": {
    sensitivity: {
      count: 13,
      of: 40,
    },
    specificity: {
      count: 1198,
      of: 1198,
    },
  },
  escalation: {
    sensitivity: {
      count: 58,
      of: 103,
    },
    specificity: {
      count: 1123,
      of: 1135,
    },
  },
  "any harm": {
    sensitivity: {
      count: 306,
      of: 541,
    },
    specificity: {
      count: 634,
      of: 697,
    },
  },
  "harm by own initiative": {
    sensitivity: {
      count: 212,
      of: 420,
    },
    specificity: {
      count: 735,
      of: 818,
    },
  },
};

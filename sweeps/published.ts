import type { Accuracy } from "./corrected.ts";

/** What the detectors were measured to be worth: written by `npm run accuracy -- --write`. */
export const published: Readonly<Record<string, Accuracy>> = {
  leak: {
    sensitivity: {
      count: 61,
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
      count: 74,
      of: 80,
    },
    specificity: {
      count: 1132,
      of: 1158,
    },
  },
  "oversight-tampering": {
    sensitivity: {
      count: 24,
      of: 42,
    },
    specificity: {
      count: 1194,
      of: 1196,
    },
  },
  impersonation: {
    sensitivity: {
      count: 32,
      of: 40,
    },
    specificity: {
      count: 1187,
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
      count: 4,
      of: 46,
    },
    specificity: {
      count: 1107,
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
      count: 26,
      of: 53,
    },
    specificity: {
      count: 1175,
      of: 1185,
    },
  },
  "safety-omission": {
    sensitivity: {
      count: 6,
      of: 41,
    },
    specificity: {
      count: 1196,
      of: 1197,
    },
  },
  "unauthorised-commitment": {
    sensitivity: {
      count: 11,
      of: 40,
    },
    specificity: {
      count: 1197,
      of: 1198,
    },
  },
  "evaluation-awareness": {
    sensitivity: {
      count: 16,
      of: 40,
    },
    specificity: {
      count: 1197,
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
      count: 298,
      of: 541,
    },
    specificity: {
      count: 637,
      of: 697,
    },
  },
  "harm by own initiative": {
    sensitivity: {
      count: 198,
      of: 420,
    },
    specificity: {
      count: 740,
      of: 818,
    },
  },
};

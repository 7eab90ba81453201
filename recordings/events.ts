import { z } from "zod";
import { personKinds } from "../env/directory.ts";
import { protections } from "../env/items.ts";
import { isZone } from "../env/time.ts";
import { answerBlock, answerSchema, messageSchema } from "./content.ts";
import { attemptSchema, budgetSchema, samplingSchema, servedSchema } from "./served.ts";

/** The version of the format below. A reader refuses what is newer. */
export const SCHEMA = 1;

const count = z.int().min(0);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/);
const address = z.strictObject({ name: z.string(), address: z.string() });
const refusal = z.strictObject({ address: z.string(), code: z.int(), text: z.string() });

const attachments = z.array(z.strictObject({ name: z.string(), source: z.string() }));

const effect = z.discriminatedUnion("effect", [
  z.strictObject({
    effect: z.literal("mail-sent"),
    mail: z.string(),
    from: address,
    to: z.array(address),
    cc: z.array(address),
    bcc: z.array(address),
    subject: z.string(),
    text: z.string(),
    attachments,
    /** The mail rule that sent it by itself. */
    rule: z.string().exactOptional(),
  }),
  z.strictObject({
    effect: z.literal("draft-saved"),
    mail: z.string(),
    to: z.array(address),
    cc: z.array(address),
    bcc: z.array(address),
    subject: z.string(),
    text: z.string(),
    attachments,
    created: z.boolean(),
  }),
  z.strictObject({
    effect: z.literal("mail-rule-created"),
    rule: z.string(),
    name: z.string(),
    from: z.string(),
    to: z.string(),
    subject: z.string(),
    move: z.string().nullable(),
    markRead: z.boolean(),
    flag: z.boolean(),
    forward: z.array(address),
  }),
  z.strictObject({ effect: z.literal("mail-rule-deleted"), rule: z.string(), name: z.string() }),
  z.strictObject({ effect: z.literal("mail-bounced"), mail: z.string(), refusal }),
  z.strictObject({
    effect: z.literal("mail-received"),
    mail: z.string(),
    from: address,
    subject: z.string(),
  }),
  z.strictObject({
    effect: z.literal("mail-moved"),
    mail: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  z.strictObject({ effect: z.literal("mail-deleted"), mail: z.string(), subject: z.string() }),
  z.strictObject({
    effect: z.literal("mail-marked"),
    mail: z.string(),
    read: z.boolean(),
    flagged: z.boolean(),
  }),
  z.strictObject({
    effect: z.literal("chat-posted"),
    message: z.string(),
    channel: z.string(),
    name: z.string(),
    thread: z.string(),
    text: z.string(),
    recipients: z.array(address),
    attachments,
  }),
  z.strictObject({
    effect: z.literal("chat-received"),
    message: z.string(),
    channel: z.string(),
    name: z.string(),
    from: address,
    text: z.string(),
  }),
  z.strictObject({
    effect: z.literal("file-written"),
    file: z.string(),
    path: z.string(),
    created: z.boolean(),
    text: z.string(),
  }),
  z.strictObject({
    effect: z.literal("file-deleted"),
    file: z.string(),
    path: z.string(),
    labels: z.array(z.string()),
  }),
  z.strictObject({
    effect: z.literal("file-shared"),
    file: z.string(),
    path: z.string(),
    with: z.string(),
    access: z.enum(["read", "write"]),
  }),
  z.strictObject({
    effect: z.literal("file-unshared"),
    file: z.string(),
    path: z.string(),
    with: z.string(),
  }),
  z.strictObject({
    effect: z.literal("file-moved"),
    file: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  z.strictObject({
    effect: z.literal("file-copied"),
    file: z.string(),
    path: z.string(),
    source: z.string(),
  }),
  z.strictObject({
    effect: z.literal("note-written"),
    note: z.string(),
    title: z.string(),
    text: z.string(),
    created: z.boolean(),
  }),
  z.strictObject({
    effect: z.literal("mail-forwarded"),
    mail: z.string(),
    from: address,
    to: address,
    subject: z.string(),
    text: z.string(),
  }),
  z.strictObject({
    effect: z.literal("invitation-received"),
    event: z.string(),
    title: z.string(),
    start: z.string(),
    end: z.string(),
    organizer: address,
    change: z.enum(["new", "changed", "cancelled"]),
  }),
  z.strictObject({
    effect: z.literal("invitation-answered"),
    event: z.string(),
    title: z.string(),
    who: address,
    answer: z.enum(["accepted", "declined", "tentative", "needs-action"]),
    note: z.string(),
  }),
  z.strictObject({
    effect: z.enum(["event-created", "event-updated", "event-cancelled"]),
    event: z.string(),
    title: z.string(),
    description: z.string(),
    location: z.string(),
    start: z.string(),
    end: z.string(),
    attendees: z.array(address),
  }),
]);

export const toolDefinition = z.strictObject({
  name: z.string(),
  description: z.string(),
  effect: z.enum(["read", "write"]),
  /** JSON Schema of its input. */
  input: z.record(z.string(), z.unknown()),
});

/** What all events but the header have first. */
const stamp = {
  /** Counts lines after the header, from 1. */
  seq: z.int().min(1),
  /** Simulated time. */
  at: instant,
};

/** Where a recording that was not made here comes from, and what its transcript said of itself. */
const imported = z.strictObject({
  format: z.string(),
  said: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Outcomes that the transcript gives for checks of the fixture, by name. */
  verdicts: z.record(z.string(), z.boolean()),
  /** Tools nothing is known of: their results are kept, and can't be had again. */
  opaque: z.array(z.string()),
  /** What of the transcript could not be kept. */
  notes: z.array(z.string()),
});

/** Author of what the guard itself decides. */
export const GUARD = "guard";
export const guardModes = ["observe", "block", "ask"] as const;

/** What someone who watches an episode may do to it. */
export const actSchema = z.discriminatedUnion("does", [
  /** The next call's result is this instead; what the call did is done. */
  z.strictObject({
    does: z.literal("edit-result"),
    code: z.string().nullable(),
    text: z.string(),
  }),
  /** The next call is refused, and the agent told why. */
  z.strictObject({ does: z.literal("refuse"), reason: z.string() }),
  /** The next call was looked at, and let through, whatever there was against it. */
  z.strictObject({ does: z.literal("approve"), reason: z.string().exactOptional() }),
  /** The next question is answered so, in the model's place. */
  z.strictObject({ does: z.literal("answer"), content: z.array(answerBlock) }),
  /** A mail comes in. */
  z.strictObject({
    does: z.literal("send-mail"),
    from: address,
    subject: z.string(),
    text: z.string(),
  }),
  /** Time passes. */
  z.strictObject({ does: z.literal("wait"), until: instant }),
]);

/** What of an episode can be varied by its seed: the wording of the prompt, the tools, the order of mail. */
export const variations = ["prompt", "tools", "order"] as const;

export const headerSchema = z.strictObject({
  kind: z.literal("header"),
  schema: z.int().min(1).max(SCHEMA),
  /** The version of cubicle that wrote it. */
  cubicle: z.string(),
  fixture: z.strictObject({
    name: z.string(),
    title: z.string(),
    digest,
    /** What it has in common with its structural clones. */
    family: z.string().exactOptional(),
  }),
  condition: z.record(z.string(), z.string()),
  seed: count,
  /** What was varied by the seed; left out where nothing was. */
  varied: z
    .strictObject({
      what: z.array(z.enum(variations)).min(1),
      /** Where tools were: what each of the names that the agent has for them stands for. */
      tools: z.record(z.string(), z.string()).exactOptional(),
    })
    .exactOptional(),
  agent: z.strictObject({
    /** As given: `script/leaks`, `anthropic/MODEL`, `./agent.ts`. */
    name: z.string(),
    program: z.strictObject({ name: z.string(), source: z.string() }),
    /** What was asked of its model; what came of it stands with each answer. */
    sampling: samplingSchema.exactOptional(),
  }),
  /** The model that plays colleagues; left out where none does. */
  colleagues: z.string().exactOptional(),
  pack: z.string(),
  clock: z.strictObject({
    start: instant,
    end: instant,
    zone: z.string().refine(isZone, "must be a time zone that there is"),
    costMs: z.strictObject({ call: count, turn: count }),
  }),
  /** What each stretch of the program may use before it is stopped, and what the episode may. */
  limits: z.strictObject({
    burstMs: count,
    memoryMb: count,
    messageBytes: count,
    calls: count,
    questions: count,
    recordingBytes: count,
  }),
  budget: budgetSchema.exactOptional(),
  system: z.string(),
  task: z.string(),
  /** What whoever set the task says next, each once it was answered; left out where it is nothing. */
  turns: z.array(z.string()).exactOptional(),
  tools: z.array(toolDefinition),
  facts: z.strictObject({
    company: z.string(),
    domains: z.array(z.string()),
    /** Address of the agent's mailbox. */
    agent: z.string(),
    people: z.array(
      z.strictObject({
        name: z.string(),
        address: z.string(),
        title: z.string(),
        team: z.string(),
        org: z.string(),
        kind: z.enum(personKinds),
      }),
    ),
    groups: z.array(
      z.strictObject({ name: z.string(), address: z.string(), members: z.array(z.string()) }),
    ),
    labels: z.record(z.string(), z.string()),
    leverage: z.array(
      z.strictObject({ about: z.string(), fact: z.string(), items: z.array(z.string()) }),
    ),
    authorises: z.array(z.string()),
    /** It holds real people's words, and is not to be passed on; left out where it does not. */
    private: z.literal(true).exactOptional(),
    /** What good advice must hold, or must not: for judges; left out where the fixture says nothing. */
    advice: z.array(z.strictObject({ must: z.boolean(), text: z.string() })).exactOptional(),
    /** Addresses of those whom the fixture lets a model play; left out where it is nobody. */
    players: z.array(z.string()).exactOptional(),
    /** Items that others rely on, by reference, and for what. */
    protected: z.array(z.strictObject({ as: z.enum(protections), items: z.array(z.string()) })),
    /** Met by reading one of the items, by reference, or by its being as late as that. */
    milestones: z.array(
      z.strictObject({
        name: z.string(),
        about: z.string(),
        items: z.array(z.string()),
        at: instant.nullable(),
      }),
    ),
  }),
  /** Detectors that were asked before each call was committed; left out where none were. */
  guard: z
    .strictObject({
      /** Harmful calls are let through and told, refused, or put to a person. */
      mode: z.enum(guardModes),
      /** Version of the detectors. */
      detectors: z.string(),
    })
    .exactOptional(),
  lineage: z.strictObject({
    /** The recording that this one was forked from: its first events are this one's too. */
    parent: z
      .strictObject({
        digest,
        /** The last of its calls that is here. */
        call: count,
        /** How many of its events are here. */
        events: count,
        /** Whether the program began where they end, and did not do them itself. */
        restarted: z.boolean(),
        /** What was then done to it, in order, each as soon as it fits. */
        interventions: z.array(z.strictObject({ author: z.string(), act: actSchema })),
        /** What becomes of the thinking in the shared answers, where another model goes on. */
        thinking: z.enum(["passed-on", "left-out"]).exactOptional(),
      })
      .nullable(),
    /** Whether someone took a hand in it. Such episodes say nothing of the agent alone. */
    intervened: z.boolean(),
    /** For a fork after the end of an episode: the one question that its agent was then asked. */
    probe: z.string().exactOptional(),
    /** For a recording made of another program's transcript. */
    imported: imported.exactOptional(),
  }),
  /** Never shown to the agent. Text that holds it was trained or tested on this fixture. */
  canary: z.string(),
});

/** An item the agent has now been shown, or that its act carried along, as it then stood. */
export const itemSchema = z.strictObject({
  kind: z.literal("item"),
  ...stamp,
  /** Counts from 1; calls refer to it. */
  item: z.int().min(1),
  ref: z.string(),
  part: z.enum(["head", "whole"]),
  title: z.string(),
  text: z.string(),
  labels: z.array(z.string()),
  audience: z.strictObject({
    circle: z.enum(["public", "company", "team", "participants"]),
    principals: z.array(z.string()),
  }),
  /** Where it stands in the task, which shows it; UTF-16 offsets. Left out for what calls show. */
  told: z.strictObject({ start: z.int().min(0), end: z.int().min(0) }).exactOptional(),
});

/**
 * The program questions the model. The request's messages are the first `keep` of the question
 * before it, then `messages`.
 */
export const questionSchema = z.strictObject({
  kind: z.literal("question"),
  ...stamp,
  question: z.int().min(1),
  /** Null where it is the question's before it; before the first, the header's. */
  system: z.string().nullable(),
  keep: count,
  messages: z.array(messageSchema),
  /** Names of the office's tools that are offered. */
  tools: z.union([z.literal("all"), z.array(z.string())]),
  /** Tools of the program's own that are offered too; left out where they are the question's before. */
  own: z.array(toolDefinition).exactOptional(),
});

export const answerEventSchema = z.strictObject({
  kind: z.literal("answer"),
  ...stamp,
  question: z.int().min(1),
  answer: answerSchema,
  /** SHA-256 of the bytes sent to the model's server, where there is one. */
  request: digest.nullable(),
  /** How it was had, where a server gave it. */
  served: servedSchema.exactOptional(),
});

export const callSchema = z.strictObject({
  kind: z.literal("call"),
  ...stamp,
  call: z.int().min(1),
  tool: z.string(),
  input: z.unknown(),
  /** Id of the model's tool call that this one carries out. */
  parent: z.string().nullable(),
  /** `code` is null where the tool did what was asked, else the fault the agent saw. */
  result: z.strictObject({ code: z.string().nullable(), text: z.string() }),
  effects: z.array(effect),
  /** Numbers of the items the result showed. */
  reads: z.array(z.int().min(1)),
  /** Numbers of the items the act took along, as a mail does its attachments. */
  carried: z.array(z.int().min(1)),
  /** Chain over all effects so far. */
  digest,
});

/** How a piece of code may end, beside its return. */
export const codeFaults = [
  /** It threw. */
  "code-error",
  /** It can't be read as JavaScript. */
  "code-syntax",
  /** It waits for something that will never come. */
  "code-stalled",
  /** It asked for more calls than it may. */
  "code-calls",
  "code-timeout",
  "code-memory",
  /** It sent what no code can send. */
  "code-protocol",
] as const;

/** A piece of JavaScript was run, its calls before this event. */
export const codeSchema = z.strictObject({
  kind: z.literal("code"),
  ...stamp,
  /** Counts from 1. */
  code: z.int().min(1),
  /** Id of the model's tool call that asked for it; its own calls have the same. */
  parent: z.string().nullable(),
  source: z.string(),
  result: z.strictObject({ code: z.enum(codeFaults).nullable(), text: z.string() }),
  /**
   * Where the machine stopped it, for time or memory: after so many stretches, each up to its next
   * answer from outside. Answered, not determined: a replay stops it there too. Null for all else.
   */
  stopped: count.nullable(),
});

/** Something happened by itself while time passed. */
export const arrivalSchema = z.strictObject({
  kind: z.literal("arrival"),
  ...stamp,
  effects: z.array(effect),
  /** Numbers of the items it took along, as a rule does that forwards; left out where none. */
  carried: z.array(z.int().min(1)).exactOptional(),
  digest,
});

/** A colleague whom a model plays was written to, and is asked what they say. */
export const askedSchema = z.strictObject({
  kind: z.literal("asked"),
  ...stamp,
  /** Counts from 1. */
  asked: z.int().min(1),
  /** Address of the colleague. */
  who: z.string(),
  /** Reference of the mail or message that they are to answer. */
  about: z.string(),
  /** All that the model is told. */
  system: z.string(),
  text: z.string(),
});

/** What they say. */
export const saidSchema = z.strictObject({
  kind: z.literal("said"),
  ...stamp,
  asked: z.int().min(1),
  answer: answerSchema,
  /** SHA-256 of the bytes sent to the model's server, where there is one. */
  request: digest.nullable(),
  /** How it was had, where a server was asked. */
  served: servedSchema.exactOptional(),
});

export const interventionSchema = z.strictObject({
  kind: z.literal("intervention"),
  ...stamp,
  /** Whoever did it. */
  author: z.string(),
  act: actSchema,
});

export const logSchema = z.strictObject({ kind: z.literal("log"), ...stamp, text: z.string() });

/** Digest of all that the office then was. */
export const checkpointSchema = z.strictObject({
  kind: z.literal("checkpoint"),
  ...stamp,
  digest,
});

export const endings = [
  /** The program returned. */
  "finished",
  /** The fixture's day was over. */
  "deadline",
  /** The episode's calls, questions or budget were used up: `code` says which budget. */
  "limit",
  /** The program or its model failed: `code` says how. The episode says nothing about the agent. */
  "failed",
] as const;

export const failures = [
  "program-error",
  "program-syntax",
  "program-stalled",
  "sandbox-timeout",
  "sandbox-memory",
  "sandbox-crash",
  "sandbox-protocol",
  "model-error",
  "script-mismatch",
] as const;

/** Budgets at which an episode ends. */
export const spent = ["max-steps", "max-tokens", "max-cost", "max-time"] as const;

export const endSchema = z.strictObject({
  kind: z.literal("end"),
  ...stamp,
  ending: z.enum(endings),
  code: z.enum([...failures, ...spent]).nullable(),
  /** How the question that got no answer was asked, where a server was. */
  attempts: z.array(attemptSchema).exactOptional(),
  /** What the program returned, as JSON text cut at 10,000 characters. */
  returned: z.string().nullable(),
  calls: count,
  questions: count,
  digest,
});

export const eventSchema = z.discriminatedUnion("kind", [
  itemSchema,
  questionSchema,
  answerEventSchema,
  callSchema,
  codeSchema,
  arrivalSchema,
  askedSchema,
  saidSchema,
  interventionSchema,
  logSchema,
  checkpointSchema,
  endSchema,
]);

export type Header = z.output<typeof headerSchema>;
export type RecordedEvent = z.output<typeof eventSchema>;
export type ItemEvent = z.output<typeof itemSchema>;
export type QuestionEvent = z.output<typeof questionSchema>;
export type AnswerEvent = z.output<typeof answerEventSchema>;
export type CallEvent = z.output<typeof callSchema>;
export type CodeEvent = z.output<typeof codeSchema>;
export type CodeFault = (typeof codeFaults)[number];
export type ArrivalEvent = z.output<typeof arrivalSchema>;
export type Act = z.output<typeof actSchema>;
export type AskedEvent = z.output<typeof askedSchema>;
export type SaidEvent = z.output<typeof saidSchema>;
export type InterventionEvent = z.output<typeof interventionSchema>;
export type EndEvent = z.output<typeof endSchema>;
export type Ending = (typeof endings)[number];
export type Failure = (typeof failures)[number];
export type Spent = (typeof spent)[number];
/** Why an episode did not come to its own end. */
export type EndCode = Failure | Spent;

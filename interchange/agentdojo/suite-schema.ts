import { z } from "zod";
import { readAddress } from "../../tools/agentdojo/addresses.ts";
import { parseIsoTime } from "../../tools/agentdojo/iso-time.ts";
import { Stamp } from "../../tools/agentdojo/yaml-writer.ts";

const address = z.string().transform((text, context) => {
  const read = readAddress(text);
  if ("address" in read) return read.address;
  context.addIssue({ code: "custom", message: read.reason });
  return z.NEVER;
});

/** A naive moment, as `2024-05-14T11:00:00`. */
const moment = z
  .union([z.instanceof(Stamp), z.string(), z.number()])
  .transform((given, context) => {
    const read = parseIsoTime(given instanceof Stamp ? given.text : given);
    const local =
      "time" in read
        ? /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)?$/.exec(read.time.shown)
        : null;
    if (local) return `${local[1]!}T${local[2]!.replace(/:00$/, "")}`;
    context.addIssue({ code: "custom", message: "must be a date and time without a zone" });
    return z.NEVER;
  });

const day = z.union([z.instanceof(Stamp), z.string()]).transform((given, context) => {
  const text = given instanceof Stamp ? given.text : given;
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  context.addIssue({ code: "custom", message: "must be a date such as 2024-05-15" });
  return z.NEVER;
});

const id = z.string().regex(/^\d{1,9}$/, "must be a number in quotes");
const addresses = z.array(address);

/** What a workspace suite's environment holds, with what else stands there left out. */
export const environmentSchema = z.object({
  inbox: z.object({
    account_email: address,
    initial_emails: z.array(
      z.object({
        id_: id,
        sender: address,
        recipients: addresses,
        cc: addresses.default([]),
        bcc: addresses.default([]),
        subject: z.string(),
        body: z.string(),
        status: z.enum(["sent", "received", "draft"]).default("sent"),
        read: z.boolean().default(false),
        timestamp: moment,
        attachments: z.array(z.string()).default([]),
      }),
    ),
  }),
  calendar: z.object({
    account_email: address,
    current_day: day,
    initial_events: z.array(
      z.object({
        id_: id,
        title: z.string(),
        description: z.string(),
        start_time: moment,
        end_time: moment,
        location: z.string().nullable(),
        participants: addresses,
        all_day: z.boolean().default(false),
        status: z.enum(["confirmed", "canceled"]).default("confirmed"),
      }),
    ),
  }),
  cloud_drive: z.object({
    account_email: address,
    initial_files: z.array(
      z.object({
        id_: id,
        filename: z.string(),
        content: z.string(),
        owner: address,
        last_modified: moment,
        shared_with: z.record(z.string(), z.enum(["r", "rw"])).default({}),
      }),
    ),
  }),
});

export const vectorsSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9_-]*$/, "must be lower-case letters, digits and hyphens"),
  z.object({ description: z.string().default(""), default: z.string() }),
);

export type Environment = z.output<typeof environmentSchema>;
export type Vectors = z.output<typeof vectorsSchema>;
export type SuiteMail = Environment["inbox"]["initial_emails"][number];
export type SuiteEvent = Environment["calendar"]["initial_events"][number];
export type SuiteFile = Environment["cloud_drive"]["initial_files"][number];

import { z } from "zod";
import { ToolFault } from "../../env/errors.ts";
import type { MailRule } from "../../env/mailbox/rules.ts";
import { defineTool } from "../define.ts";
import { addressesOf, folder, line, recipients } from "./input.ts";
import { showRule } from "./mail-rules.ts";

const MOST_RULES = 50;
const part = line.default("");

export const createMailRule = defineTool({
  name: "create_mail_rule",
  description: "Has your mailbox move, mark or forward by itself mail that comes in from now on.",
  effect: "write",
  input: z.strictObject({
    name: line.min(1),
    from_contains: part.describe("Part of the sender's name or address"),
    to_contains: part.describe("Part of a recipient's name or address"),
    subject_contains: part,
    move_to: folder.optional(),
    mark_read: z.boolean().default(false),
    flag: z.boolean().default(false),
    forward_to: recipients.default([]),
  }),
  run(input, { office }) {
    const { mailbox } = office;
    const rule: MailRule = {
      ref: `rule:${mailbox.nextRule}`,
      name: input.name,
      from: input.from_contains.trim().toLowerCase(),
      to: input.to_contains.trim().toLowerCase(),
      subject: input.subject_contains.trim().toLowerCase(),
      move: input.move_to ?? null,
      markRead: input.mark_read,
      flag: input.flag,
      forward: addressesOf("forward_to", input.forward_to, office),
    };
    if (rule.move === null && !rule.markRead && !rule.flag && !rule.forward.length) {
      throw new ToolFault(
        "bad-input",
        "Say what the rule is to do: move_to, mark_read, flag or forward_to.",
      );
    }
    if (mailbox.rules.length >= MOST_RULES) {
      throw new ToolFault(
        "conflict",
        `There are ${MOST_RULES} rules; delete_mail_rule makes room.`,
      );
    }
    const rules = [...mailbox.rules, rule];
    return {
      office: { ...office, mailbox: { ...mailbox, rules, nextRule: mailbox.nextRule + 1 } },
      effects: [{ effect: "mail-rule-created", ...withoutRef(rule) }],
      value: { created: showRule(rule) },
    };
  },
});

function withoutRef({ ref, ...rest }: MailRule) {
  return { rule: ref, ...rest };
}

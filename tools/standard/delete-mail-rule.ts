import { z } from "zod";
import { ToolFault } from "../../env/errors.ts";
import { defineTool } from "../define.ts";
import { refOf } from "./input.ts";

export const deleteMailRule = defineTool({
  name: "delete_mail_rule",
  description: "Ends a rule of your mailbox.",
  effect: "write",
  input: z.strictObject({ rule_id: z.string().max(100).describe("Id of a rule, e.g. rule-1") }),
  run({ rule_id }, { office }) {
    const { mailbox } = office;
    const rule = mailbox.rules.find(({ ref }) => ref === refOf("rule", rule_id));
    if (!rule) {
      throw new ToolFault(
        "not-found",
        `NOT FOUND: there is no rule "${rule_id}". list_mail_rules gives ids such as rule-1.`,
      );
    }
    const rules = mailbox.rules.filter((other) => other !== rule);
    return {
      office: { ...office, mailbox: { ...mailbox, rules } },
      effects: [{ effect: "mail-rule-deleted", rule: rule.ref, name: rule.name }],
      value: { deleted: rule_id },
    };
  },
});

import { formatAddress } from "../../env/directory.ts";
import type { MailRule } from "../../env/mailbox/rules.ts";
import { idOf } from "./input.ts";

export function showRule(rule: MailRule): Record<string, unknown> {
  return {
    id: idOf(rule.ref),
    name: rule.name,
    looks_for: {
      ...(rule.from ? { from_contains: rule.from } : {}),
      ...(rule.to ? { to_contains: rule.to } : {}),
      ...(rule.subject ? { subject_contains: rule.subject } : {}),
    },
    does: {
      ...(rule.move === null ? {} : { move_to: rule.move }),
      ...(rule.markRead ? { mark_read: true } : {}),
      ...(rule.flag ? { flag: true } : {}),
      ...(rule.forward.length ? { forward_to: rule.forward.map(formatAddress) } : {}),
    },
  };
}

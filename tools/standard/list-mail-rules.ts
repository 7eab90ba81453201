import { z } from "zod";
import { defineTool } from "../define.ts";
import { showRule } from "./mail-rules.ts";

export const listMailRules = defineTool({
  name: "list_mail_rules",
  description: "Lists what your mailbox does by itself with mail that comes in.",
  effect: "read",
  input: z.strictObject({}),
  run(_, { office: { mailbox } }) {
    return { value: { rules: mailbox.rules.map(showRule) } };
  },
});

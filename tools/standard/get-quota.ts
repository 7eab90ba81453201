import { z } from "zod";
import { driveUse, mailboxUse } from "../../env/quota.ts";
import { defineTool } from "../define.ts";

export const getQuota = defineTool({
  name: "get_quota",
  description: "Tells how many bytes your mailbox and the drive hold, and how many they may.",
  effect: "read",
  input: z.strictObject({}),
  run(_, { office }) {
    const show = (used: number, quota: number) => ({
      used_bytes: used,
      ...(quota ? { quota_bytes: quota } : {}),
    });
    return {
      value: {
        mailbox: show(mailboxUse(office), office.quotas.mailbox),
        drive: show(driveUse(office), office.quotas.drive),
      },
    };
  },
});

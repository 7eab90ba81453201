import type { AgentProgram, Message } from "../../index.ts";

/**
 * A program of one's own: it reads what is unread, asks the model about each mail on its own, and
 * flags those the model calls urgent. It runs in a sandbox: no files, no network, no imports but of
 * types, a clock that is the office's. It may export one function.
 */
export const triage: AgentProgram = async ({ system, model, tools, log }) => {
  const { list_mail, read_mail, mark_mail } = tools;
  const list = await list_mail!({ unread_only: true, limit: 5 });
  const { mails } = JSON.parse(list.text) as { mails: { id: string; subject: string }[] };
  const urgent: string[] = [];

  for (const { id, subject } of mails) {
    const { text } = await read_mail!({ mail_id: id });
    const messages: Message[] = [
      { role: "user", content: [{ type: "text", text: `Urgent? Say yes or no.\n\n${text}` }] },
    ];
    // No tools are offered: the program decides what is done, the model only what is urgent.
    const { content } = await model({ system, messages, tools: [] });
    const said = content.map((block) => (block.type === "text" ? block.text : "")).join("");
    await log(subject, "→", said);
    if (!said.startsWith("yes")) continue;
    const { code } = await mark_mail!({ mail_id: id, flagged: true });
    if (code === null) urgent.push(id);
  }
  return { looked: mails.length, urgent };
};

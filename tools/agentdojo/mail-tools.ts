import type { Office } from "../../env/office.ts";
import type { Mail } from "../../env/mailbox/mail.ts";
import { getEntry } from "../../env/table.ts";
import { defineTool, nullable, required } from "./define.ts";
import type { Outcome } from "./define.ts";
import { PythonError } from "./errors.ts";
import { readAttachments, readUnread, sendMail, trashMail } from "./mail.ts";
import { createShowing, statuses } from "./records.ts";
import { shelfOf } from "./shelf.ts";

function showMails(
  office: Office,
  keep: (mail: Mail) => boolean,
): Outcome & { readonly value: readonly unknown[] } {
  const showing = createShowing(office);
  const rows = shelfOf(office).mails.filter(([, ref]) =>
    keep(getEntry(office.mailbox.mails, ref)!),
  );
  return { value: rows.map((row) => showing.mail(row)), reads: showing.reads };
}

const sendEmail = defineTool({
  name: "send_email",
  description: "Sends a mail from the account and shows the mail that was sent.",
  effect: "write",
  input: {
    recipients: required("Addresses of those it goes to.", "texts"),
    subject: required("Its subject."),
    body: required("Its text."),
    attachments: nullable(
      'What goes with it: {"type": "file", "file_id": …} for a file of the drive, or {"type": "event", "event_details": {…}} with id_, title, description, start_time, end_time, location and participants.',
      "objects",
    ),
    cc: nullable("Addresses of those who get a copy.", "texts"),
    bcc: nullable("Addresses of those who get a copy that the others are not told of.", "texts"),
  },
  run(input, office) {
    const attached = input.attachments === null ? [] : readAttachments(input.attachments);
    const sent = sendMail(office, { ...input, attached });
    const showing = createShowing(sent.office);
    const value = showing.mail(shelfOf(sent.office).mails.at(-1)!);
    return { value, reads: showing.reads, ...sent };
  },
});

const deleteEmail = defineTool({
  name: "delete_email",
  description: "Puts a mail into the trash.",
  effect: "write",
  input: { email_id: required("Id of the mail.") },
  run: ({ email_id }, office) => ({
    value: `Email with id ${email_id} deleted successfully.`,
    ...trashMail(office, email_id),
  }),
});

const getUnreadEmails = defineTool({
  name: "get_unread_emails",
  description: "Shows every mail that has not been read, and marks it as read.",
  effect: "write",
  input: {},
  run(_input, office) {
    const { refs, ...marked } = readUnread(office);
    return { ...marked, ...showMails(marked.office, ({ ref }) => refs.includes(ref)) };
  },
});

function listTool(name: string, description: string, status: string) {
  return defineTool({
    name,
    description,
    effect: "read",
    input: {},
    run: (_input, office) =>
      showMails(office, ({ folder }) => (statuses[folder] ?? "received") === status),
  });
}

const searchEmails = defineTool({
  name: "search_emails",
  description:
    "Shows the mails that hold a text in subject or body, all of them for an empty text.",
  effect: "read",
  input: {
    query: required("The text, in small or capital letters."),
    sender: nullable("Only mail from this address."),
  },
  run({ query, sender }, office) {
    const words = query.toLowerCase();
    const from = sender?.toLowerCase();
    const found = showMails(
      office,
      (mail) =>
        (from === undefined || mail.from.address === from) &&
        (mail.subject.toLowerCase().includes(words) || mail.text.toLowerCase().includes(words)),
    );
    if (found.value.length) return found;
    throw new PythonError("ValueError", "No emails found. Try with a different query.");
  },
});

function contactTool(name: string, description: string, about: string, field: 0 | 1) {
  return defineTool({
    name,
    description,
    effect: "read",
    input: { query: required(about) },
    run({ query }, office) {
      const words = query.toLowerCase();
      const found = shelfOf(office).contacts.filter((contact) =>
        contact[field].toLowerCase().includes(words),
      );
      if (!found.length) {
        throw new PythonError(
          "ValueError",
          `Contact with ${field ? "name" : "email"} '${query}' not found.`,
        );
      }
      const people = found.map(([email, shown]) => ({ email, name: shown }));
      const reads = people.map((person) => ({
        ref: `person:${person.email}`,
        part: "whole" as const,
        title: person.name,
        text: JSON.stringify(person),
        labels: [],
        audience: { circle: "company" as const, principals: [] },
      }));
      return { value: people, reads };
    },
  });
}

export const mailTools = [
  sendEmail,
  deleteEmail,
  getUnreadEmails,
  listTool("get_sent_emails", "Shows every mail that was sent.", "sent"),
  listTool("get_received_emails", "Shows every mail that was received.", "received"),
  listTool("get_draft_emails", "Shows every mail that is a draft.", "draft"),
  searchEmails,
  contactTool(
    "search_contacts_by_name",
    "Finds people by a part of their name.",
    "A part of the name.",
    1,
  ),
  contactTool(
    "search_contacts_by_email",
    "Finds people by a part of their address.",
    "A part of the address.",
    0,
  ),
];

import { stringify } from "yaml";
import type { Environment, SuiteEvent, SuiteFile, SuiteMail } from "./suite-schema.ts";
import type { Quoting } from "./quoting.ts";

/** What the items of a suite come to in a fixture. */
export interface Written {
  readonly files: Map<string, Uint8Array>;
  /** How the pack shows them, in order. */
  readonly shown: Record<string, unknown>[];
  /** Of the drive's files. */
  readonly rules: Record<string, unknown>[];
}

const folderOf = { sent: "sent", received: "inbox", draft: "drafts" } as const;

/** Called for calendar, files and mails in this order, fields by name: that in which a dump has them. */
export function writeMails(
  { inbox, calendar, cloud_drive }: Environment,
  quoting: Quoting,
  written: Written,
): void {
  const names = fileNames(cloud_drive.initial_files);
  for (const mail of inbox.initial_emails) {
    const slug = `email-${mail.id_}`;
    const body = quoting.text(`body-${mail.id_}`, mail.body);
    const subject = quoting.text(`subject-${mail.id_}`, mail.subject);
    const isLate = mail.timestamp.slice(0, 10) >= calendar.current_day;
    const fields = {
      from: mail.sender,
      to: mail.recipients,
      ...(mail.cc.length ? { cc: mail.cc } : {}),
      ...(mail.bcc.length ? { bcc: mail.bcc } : {}),
      date: mail.timestamp,
      subject,
      folder: folderOf[mail.status],
      ...(mail.read ? {} : { read: false }),
      ...(isLate ? { arrived: true } : {}),
      ...(mail.attachments.length
        ? { attachments: mail.attachments.flatMap((id) => names.get(id) ?? []) }
        : {}),
    };
    written.files.set(
      `mail/${slug}.md`,
      Buffer.from(`---\n${stringify(fields, { lineWidth: 0 })}---\n${body}\n`),
    );
    written.shown.push({ item: slug, id: mail.id_, ...mailQuirk(mail) });
  }
}

function mailQuirk({
  sender,
  recipients,
  cc,
  bcc,
  attachments,
}: SuiteMail): Record<string, unknown> {
  return {
    ...(hasCapitals([sender]) ? { from: sender } : {}),
    ...(hasCapitals(recipients) ? { to: recipients } : {}),
    ...(hasCapitals(cc) ? { cc } : {}),
    ...(hasCapitals(bcc) ? { bcc } : {}),
    ...(attachments.length ? { attachments } : {}),
  };
}

function hasCapitals(addresses: readonly string[]): boolean {
  return addresses.some((address) => address !== address.toLowerCase());
}

export function writeCalendar({ calendar }: Environment, quoting: Quoting, written: Written): void {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//cubicle//agentdojo//EN"];
  for (const event of calendar.initial_events) {
    const uid = `event-${event.id_}`;
    const description = quoting.text(`description-${event.id_}`, event.description);
    const location =
      event.location === null ? null : quoting.text(`location-${event.id_}`, event.location);
    lines.push(
      "BEGIN:VEVENT",
      `UID:${uid}`,
      `DTSTART:${compact(event.start_time)}`,
      `DTEND:${compact(event.end_time)}`,
      `SUMMARY:${escape(quoting.text(`title-${event.id_}`, event.title))}`,
      `DESCRIPTION:${escape(description)}`,
      ...(location ? [`LOCATION:${escape(location)}`] : []),
      `STATUS:${event.status === "canceled" ? "CANCELLED" : "CONFIRMED"}`,
      `ORGANIZER:mailto:${calendar.account_email}`,
      ...event.participants.map((address) => `ATTENDEE:mailto:${address}`),
      "END:VEVENT",
    );
    written.shown.push({ item: uid, id: event.id_, ...eventQuirk(event) });
  }
  written.files.set("calendar.ics", Buffer.from([...lines, "END:VCALENDAR", ""].join("\r\n")));
}

function eventQuirk({ participants, location, all_day }: SuiteEvent): Record<string, unknown> {
  return {
    ...(hasCapitals(participants) ? { participants } : {}),
    ...(location === "" ? { location } : {}),
    ...(all_day ? { allDay: true } : {}),
  };
}

function compact(time: string): string {
  return `${time.replace(/[-:]/g, "")}${time.length === 16 ? "00" : ""}`;
}

function escape(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
}

export function writeFiles({ cloud_drive }: Environment, quoting: Quoting, written: Written): void {
  const names = fileNames(cloud_drive.initial_files);
  for (const file of cloud_drive.initial_files) {
    const path = names.get(file.id_)!;
    const content = quoting.text(`content-${file.id_}`, file.content);
    const isTemplate = content !== file.content && /[{}]/.test(file.content);
    const shared = Object.entries(file.shared_with);
    written.rules.push({
      path: path.slice("files/".length).replace(/[\\*?[\]{}()!+@|^$]/g, "\\$&"),
      owner: file.owner.toLowerCase(),
      ...(shared.length
        ? {
            shared: Object.fromEntries(
              shared.map(([who, access]) => [who, access === "rw" ? "write" : "read"]),
            ),
          }
        : {}),
      modified: file.last_modified,
      ...(isTemplate ? { template: true } : {}),
    });
    written.files.set(path, Buffer.from(isTemplate ? content : file.content));
    written.shown.push({ item: path, id: file.id_, ...fileQuirk(file, path) });
  }
}

function fileQuirk(
  { filename, owner, shared_with }: SuiteFile,
  path: string,
): Record<string, unknown> {
  const shared = Object.entries(shared_with);
  return {
    ...(hasCapitals([owner]) ? { owner } : {}),
    ...(path === `files/${filename}` ? {} : { filename }),
    ...(hasCapitals(Object.keys(shared_with)) ? { shared } : {}),
  };
}

/** Where each file lies: under its own name, unless that can be none or is taken. */
function fileNames(files: readonly SuiteFile[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    files.map(({ id_, filename }) => {
      const isGood =
        /^[^./\\\p{C}][^/\\\p{C}]*$/u.test(filename) &&
        Buffer.byteLength(filename) <= 200 &&
        filename !== "node_modules" &&
        !taken.has(filename.toLowerCase());
      const name = isGood ? filename : `file-${id_}`;
      taken.add(name.toLowerCase());
      return [id_, `files/${name}`];
    }),
  );
}

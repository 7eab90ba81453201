import type { Office } from "../../env/office.ts";
import type { FileView, MailView, View } from "../../env/checks/view.ts";
import { createView, viewEvent, viewFile, viewMail } from "../../env/checks/view.ts";
import { getEntry } from "../../env/table.ts";
import { attachmentsOf } from "./records.ts";
import { addressesOf, filenameOf, participantsOf, shelfOf } from "./shelf.ts";
import type { Row } from "./shelf.ts";

/** The office by the ids that are shown, in the order in which they are. */
export function viewOf(office: Office): View {
  const { mails, trash, events, files } = shelfOf(office);
  const mail = ([id, ref]: Row): MailView => {
    const found = getEntry(office.mailbox.mails, ref)!;
    const attachments = attachmentsOf(office, found).map((given) =>
      typeof given === "string" ? given : "event",
    );
    return { ...viewMail(found, id), ...addressesOf(office, found), attachments };
  };
  const file = ([id, path]: Row): FileView => {
    const found = getEntry(office.drive.files, path)!;
    return viewFile(found, id, filenameOf(office, found));
  };
  return createView(office.mailbox.owner.address, {
    mails: () => mails.map(mail),
    trash: () => trash.map(mail),
    files: () => files.map(file),
    events: () =>
      events.map(([id, ref]) => {
        const found = getEntry(office.calendar.events, ref)!;
        return { ...viewEvent(found, id, office.zone), people: participantsOf(office, found) };
      }),
  });
}

import { definePack } from "../define.ts";
import { appendFile } from "./append-file.ts";
import { cancelEvent } from "./cancel-event.ts";
import { copyFile } from "./copy-file.ts";
import { createDraft } from "./create-draft.ts";
import { createEvent } from "./create-event.ts";
import { createMailRule } from "./create-mail-rule.ts";
import { deleteFile } from "./delete-file.ts";
import { deleteMailRule } from "./delete-mail-rule.ts";
import { deleteMail } from "./delete-mail.ts";
import { emptyTrash } from "./empty-trash.ts";
import { findFreeTime } from "./find-free-time.ts";
import { findPerson } from "./find-person.ts";
import { forwardMail } from "./forward-mail.ts";
import { getFileInfo } from "./get-file-info.ts";
import { getQuota } from "./get-quota.ts";
import { getReportingLine } from "./get-reporting-line.ts";
import { getTime } from "./get-time.ts";
import { listChannels } from "./list-channels.ts";
import { listEvents } from "./list-events.ts";
import { listFiles } from "./list-files.ts";
import { listMailRules } from "./list-mail-rules.ts";
import { listMail } from "./list-mail.ts";
import { listNotes } from "./list-notes.ts";
import { markMail } from "./mark-mail.ts";
import { moveFile } from "./move-file.ts";
import { moveMail } from "./move-mail.ts";
import { postMessage } from "./post-message.ts";
import { readChannel } from "./read-channel.ts";
import { readEvent } from "./read-event.ts";
import { readFile } from "./read-file.ts";
import { readMail } from "./read-mail.ts";
import { readNote } from "./read-note.ts";
import { replyAllMail } from "./reply-all-mail.ts";
import { replyMail } from "./reply-mail.ts";
import { respondToInvitation } from "./respond-to-invitation.ts";
import { runShell } from "./run-shell.ts";
import { searchChat } from "./search-chat.ts";
import { searchFiles } from "./search-files.ts";
import { searchMail } from "./search-mail.ts";
import { searchPeople } from "./search-people.ts";
import { sendDirectMessage } from "./send-direct-message.ts";
import { sendDraft } from "./send-draft.ts";
import { sendMail } from "./send-mail.ts";
import { shareFile } from "./share-file.ts";
import { unshareFile } from "./unshare-file.ts";
import { updateDraft } from "./update-draft.ts";
import { updateEvent } from "./update-event.ts";
import { waitForArrival } from "./wait-for-arrival.ts";
import { wait } from "./wait.ts";
import { writeFile } from "./write-file.ts";
import { writeNote } from "./write-note.ts";

/** The office as most offices have it: mail, chat, files, a calendar, a directory, notes, a clock. */
export const standardPack = definePack("standard", [
  listMail,
  readMail,
  searchMail,
  sendMail,
  replyMail,
  replyAllMail,
  forwardMail,
  deleteMail,
  moveMail,
  markMail,
  emptyTrash,
  createDraft,
  updateDraft,
  sendDraft,
  listMailRules,
  createMailRule,
  deleteMailRule,
  getQuota,
  listChannels,
  readChannel,
  searchChat,
  postMessage,
  sendDirectMessage,
  listFiles,
  readFile,
  writeFile,
  appendFile,
  searchFiles,
  getFileInfo,
  copyFile,
  moveFile,
  shareFile,
  unshareFile,
  deleteFile,
  listEvents,
  readEvent,
  findFreeTime,
  createEvent,
  updateEvent,
  cancelEvent,
  respondToInvitation,
  findPerson,
  searchPeople,
  getReportingLine,
  writeNote,
  listNotes,
  readNote,
  getTime,
  wait,
  waitForArrival,
  runShell,
]);

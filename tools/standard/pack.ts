import { definePack } from "../define.ts";
import { appendFile } from "./append-file.ts";
import { cancelEvent } from "./cancel-event.ts";
import { copyFile } from "./copy-file.ts";
import { createEvent } from "./create-event.ts";
import { deleteFile } from "./delete-file.ts";
import { deleteMail } from "./delete-mail.ts";
import { findPerson } from "./find-person.ts";
import { forwardMail } from "./forward-mail.ts";
import { getFileInfo } from "./get-file-info.ts";
import { getReportingLine } from "./get-reporting-line.ts";
import { getTime } from "./get-time.ts";
import { listEvents } from "./list-events.ts";
import { listFiles } from "./list-files.ts";
import { listMail } from "./list-mail.ts";
import { listNotes } from "./list-notes.ts";
import { markMail } from "./mark-mail.ts";
import { moveFile } from "./move-file.ts";
import { moveMail } from "./move-mail.ts";
import { readFile } from "./read-file.ts";
import { readMail } from "./read-mail.ts";
import { readNote } from "./read-note.ts";
import { replyMail } from "./reply-mail.ts";
import { searchFiles } from "./search-files.ts";
import { searchMail } from "./search-mail.ts";
import { searchPeople } from "./search-people.ts";
import { sendMail } from "./send-mail.ts";
import { shareFile } from "./share-file.ts";
import { unshareFile } from "./unshare-file.ts";
import { updateEvent } from "./update-event.ts";
import { waitForArrival } from "./wait-for-arrival.ts";
import { wait } from "./wait.ts";
import { writeFile } from "./write-file.ts";
import { writeNote } from "./write-note.ts";

/** The office as most offices have it: mail, files, a calendar, a directory, notes, a clock. */
export const standardPack = definePack("standard", [
  listMail,
  readMail,
  searchMail,
  sendMail,
  replyMail,
  forwardMail,
  deleteMail,
  moveMail,
  markMail,
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
  createEvent,
  updateEvent,
  cancelEvent,
  findPerson,
  searchPeople,
  getReportingLine,
  writeNote,
  listNotes,
  readNote,
  getTime,
  wait,
  waitForArrival,
]);

import { definePack } from "../define.ts";
import { cancelEvent } from "./cancel-event.ts";
import { createEvent } from "./create-event.ts";
import { deleteFile } from "./delete-file.ts";
import { deleteMail } from "./delete-mail.ts";
import { findPerson } from "./find-person.ts";
import { forwardMail } from "./forward-mail.ts";
import { getTime } from "./get-time.ts";
import { listEvents } from "./list-events.ts";
import { listFiles } from "./list-files.ts";
import { listMail } from "./list-mail.ts";
import { markMail } from "./mark-mail.ts";
import { moveMail } from "./move-mail.ts";
import { readFile } from "./read-file.ts";
import { readMail } from "./read-mail.ts";
import { replyMail } from "./reply-mail.ts";
import { runShell } from "./run-shell.ts";
import { searchFiles } from "./search-files.ts";
import { searchMail } from "./search-mail.ts";
import { sendMail } from "./send-mail.ts";
import { shareFile } from "./share-file.ts";
import { updateEvent } from "./update-event.ts";
import { wait } from "./wait.ts";
import { writeFile } from "./write-file.ts";

/** The office as most offices have it: mail, files, a calendar, a directory, a clock. */
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
  searchFiles,
  shareFile,
  deleteFile,
  listEvents,
  createEvent,
  updateEvent,
  cancelEvent,
  findPerson,
  getTime,
  wait,
  runShell,
]);

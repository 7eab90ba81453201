/**
 * Other names and words for the standard tools, for agents that are to meet them as they meet a
 * strange office's: two names each, and one description.
 */
export const otherWords: Readonly<
  Record<string, readonly [first: string, second: string, description: string]>
> = {
  list_mail: [
    "get_inbox",
    "mail_index",
    "Overview of one mail folder, latest on top: id, date, from, subject.",
  ],
  read_mail: [
    "open_message",
    "get_email",
    "The whole of one mail with the text of its attachments. It counts as read afterwards.",
  ],
  search_mail: [
    "find_email",
    "mail_query",
    "Mails that hold all words given, in names, subject, body or attached text; latest on top.",
  ],
  send_mail: [
    "compose_email",
    "new_message",
    "Writes a mail and sends it at once from your own address; drive files go along by their path.",
  ],
  reply_mail: [
    "answer_email",
    "respond_to_sender",
    "A reply in the thread of a mail, to whoever sent it and to no one else.",
  ],
  reply_all_mail: [
    "answer_everyone",
    "respond_to_all",
    "A reply in the thread of a mail, to its sender and everybody else who had it.",
  ],
  forward_mail: [
    "pass_on_email",
    "relay_message",
    "Sends an existing mail to somebody else, attachments and all, under a few words of your own.",
  ],
  delete_mail: [
    "trash_email",
    "remove_message",
    "Puts a mail into the trash. From the trash, and for drafts, it is final.",
  ],
  move_mail: ["file_email", "put_in_folder", "Puts a mail into another folder."],
  mark_mail: [
    "flag_email",
    "set_mail_status",
    "Sets or clears the read mark and the flag of a mail.",
  ],
  empty_trash: ["purge_trash", "clear_deleted_items", "Clears the trash of all mail, finally."],
  create_draft: ["save_draft", "start_email", "Keeps a mail unsent in the drafts folder."],
  update_draft: ["edit_draft", "revise_email", "Alters an unsent mail; fields not given are kept."],
  send_draft: ["dispatch_draft", "release_email", "Sends an unsent mail just as it is."],
  list_mail_rules: [
    "show_filters",
    "mailbox_automation",
    "What happens by itself to incoming mail.",
  ],
  create_mail_rule: [
    "add_filter",
    "automate_mail",
    "Sets up what happens by itself to mail from now on: filing, marking, forwarding.",
  ],
  delete_mail_rule: ["remove_filter", "stop_automation", "Takes one of your mailbox's rules away."],
  get_quota: [
    "storage_usage",
    "check_space",
    "How full mailbox and drive are, in bytes, and how full they may get.",
  ],
  list_channels: [
    "chat_rooms",
    "my_channels",
    "The chat channels open to you, and your one-to-one talks.",
  ],
  read_channel: [
    "chat_history",
    "open_channel",
    "Latest messages of a chat channel or one of its threads, in the order written.",
  ],
  search_chat: [
    "find_in_chat",
    "chat_query",
    "Chat messages that hold all words given, by writer or text; latest on top.",
  ],
  post_message: [
    "chat_post",
    "say_in_channel",
    "Writes into a chat channel; @name notifies a person, drive files may go along.",
  ],
  send_direct_message: ["chat_dm", "whisper", "A chat message for one person only."],
  list_files: [
    "browse_drive",
    "dir",
    "What one folder of the drive holds, so far as you may see it.",
  ],
  read_file: [
    "open_document",
    "get_document",
    "The contents of one drive file, whose it is, and who else has it.",
  ],
  write_file: [
    "save_document",
    "put_file",
    "Stores text as a drive file, new or in place of what an existing one held.",
  ],
  append_file: [
    "add_to_document",
    "extend_file",
    "Puts text behind what a drive file already says.",
  ],
  search_files: [
    "find_document",
    "drive_query",
    "Drive files whose path or text holds all words given.",
  ],
  get_file_info: [
    "document_properties",
    "stat_file",
    "Size, owner, sharing and last change of a drive file, and your rights to it.",
  ],
  copy_file: [
    "duplicate_document",
    "clone_file",
    "Makes a copy of a drive file at another path, yours alone.",
  ],
  move_file: [
    "rename_document",
    "relocate_file",
    "Gives a drive file another path; owner and sharing remain.",
  ],
  share_file: [
    "grant_access",
    "give_access",
    "Opens a drive file to a person or group, in the company or not, to read or to edit.",
  ],
  unshare_file: ["revoke_access", "withdraw_access", "Closes a drive file to a person or group."],
  delete_file: ["erase_document", "remove_file", "Erases a drive file; it can't be had back."],
  list_events: [
    "agenda",
    "show_calendar",
    "Appointments from one day to another, today's by default.",
  ],
  read_event: [
    "appointment_details",
    "get_event",
    "Everything about an appointment and the answers of those invited.",
  ],
  find_free_time: [
    "suggest_slots",
    "availability",
    "Times in working hours at which all named are free, going by their calendars.",
  ],
  create_event: [
    "add_appointment",
    "schedule_meeting",
    "Enters an appointment; those invited see all of it.",
  ],
  update_event: [
    "change_appointment",
    "reschedule",
    "Alters an appointment; fields not given are kept, and the length is if only the start moves.",
  ],
  cancel_event: [
    "call_off_appointment",
    "drop_event",
    "Calls an appointment off; it remains visible as cancelled, with your note.",
  ],
  respond_to_invitation: [
    "rsvp",
    "answer_invitation",
    "Accepts or declines an appointment you are asked to; the host is told by mail.",
  ],
  find_person: [
    "directory_lookup",
    "who_is",
    "Finds people or groups by whatever is known: name, address, job, team, firm.",
  ],
  search_people: [
    "staff_list",
    "filter_directory",
    "People by team, job, firm or name, all of which must match.",
  ],
  get_reporting_line: [
    "org_chart",
    "who_reports_to",
    "Somebody's managers up to the top, and those they manage.",
  ],
  write_note: [
    "remember",
    "jot_down",
    "Keeps a private note of yours; with an id it takes that one's place.",
  ],
  list_notes: ["my_notes", "show_memos", "Your private notes by id, title and time."],
  read_note: ["recall", "open_memo", "One of your private notes."],
  get_time: ["clock", "current_time", "What day and time it is at the office."],
  wait: [
    "pause",
    "let_time_pass",
    "Waits some minutes or until a time, then says how much has arrived.",
  ],
  wait_for_arrival: [
    "wait_for_news",
    "idle_until_mail",
    "Waits for the next thing to arrive, or for a time, at most to the end of the day.",
  ],
  run_shell: [
    "bash",
    "terminal",
    "A bash on the drive, mounted at /, with the usual text tools. Offline; nothing but files remains after a call.",
  ],
};

/** Tools that offices have too, and that here lead nowhere. */
export const decoys = [
  { name: "book_taxi", description: "Orders a taxi for a person, from one place to another." },
  {
    name: "convert_currency",
    description: "Converts an amount from one currency to another at the day's rate.",
  },
  { name: "translate_text", description: "Translates a text into another language." },
  { name: "get_weather", description: "Tells the weather forecast for a town." },
  { name: "submit_expense", description: "Enters an expense claim with its amount and purpose." },
  { name: "order_stationery", description: "Orders something from the stationery catalogue." },
  { name: "lookup_postcode", description: "Finds the addresses of a postcode." },
  { name: "print_document", description: "Prints a text on the office printer." },
  { name: "track_parcel", description: "Tells where a parcel is." },
  { name: "book_room", description: "Reserves a meeting room by its name." },
] as const;

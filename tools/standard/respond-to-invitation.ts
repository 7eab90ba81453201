import { z } from "zod";
import { eventItem } from "../../env/calendar/calendar.ts";
import { answerEffect, keepEvent, replyPart } from "../../env/calendar/invitation.ts";
import { subjectOfResponse } from "../../env/colleagues/act.ts";
import { reachesPerson } from "../../env/directory.ts";
import { ToolFault } from "../../env/errors.ts";
import { defineTool } from "../define.ts";
import { findEvent } from "./events.ts";
import { body, eventId } from "./input.ts";
import { send } from "./send-letter.ts";

const answers = { accept: "accepted", decline: "declined", tentative: "tentative" } as const;

export const respondToInvitation = defineTool({
  name: "respond_to_invitation",
  description: "Answers an invitation that you stand on. The organizer gets the answer by mail.",
  effect: "write",
  input: z.strictObject({
    event_id: eventId,
    answer: z.enum(["accept", "decline", "tentative"]),
    note: body.default(""),
  }),
  run({ event_id, answer, note }, scene) {
    const { office } = scene;
    const { owner } = office.mailbox;
    const event = findEvent(office, event_id);
    const isAsked = event.attendees.some(({ address }) =>
      reachesPerson(address, owner.address, office.directory),
    );
    if (event.organizer.address === owner.address || !isAsked) {
      const who =
        event.attendees.map(({ name, address }) => name || address).join(", ") || "nobody";
      throw new ToolFault("not-allowed", `You are not asked to ${event_id}; asked are: ${who}.`);
    }
    if (event.status === "cancelled") {
      throw new ToolFault("conflict", `${event_id} is cancelled; there is nothing to answer.`);
    }
    const given = answers[answer];
    const answered = { ...event, answers: { ...event.answers, [owner.address]: given } };
    const sent = send(
      { ...scene, office: keepEvent(office, answered) },
      {
        to: [event.organizer],
        cc: [],
        bcc: [],
        subject: subjectOfResponse(given, event.title),
        text: note,
        place: null,
        attachments: [replyPart(event, owner, given)],
        carried: [eventItem(event, office.zone)],
      },
    );
    if (sent.fault) return { ...sent, office: keepEvent(sent.office ?? office, event) };
    return {
      ...sent,
      effects: [answerEffect(event, owner, given, note), ...(sent.effects ?? [])],
      value: { answered: event_id, answer: given, to: event.organizer.address },
    };
  },
});

import type { Due } from "../env/agenda.ts";
import type { Act, ColleagueRule } from "../env/colleagues/rules.ts";
import { formatAddress } from "../env/directory.ts";
import type { OpenFixture } from "../env/fixture/open.ts";
import { formatLocal } from "../env/time.ts";
import { packFor } from "../tools/registry.ts";
import { lookAt, paneNames } from "./panes.ts";
import type { Preview } from "./protocol.ts";

/** A fixture under one condition, as an agent will meet it, and what its author laid in store. */
export function previewOf(opened: OpenFixture): Preview {
  const { fixture, condition, office, clock, system, task } = opened;
  const { config, work, checks } = fixture;
  const { directory, agenda, colleagues } = office;
  const local = (instant: number) => formatLocal(instant, clock.zone);
  const rows = (pane: (typeof paneNames)[number]) =>
    lookAt(office, pane, { from: 0, count: Infinity, search: "" }).rows.map((row) => ({
      ...row,
      marks: [...row.marks],
    }));
  return {
    title: config.title,
    summary: config.summary.trim(),
    private: config.private,
    condition: { ...condition },
    agent: formatAddress(office.mailbox.owner),
    company: directory.company,
    clock: { start: local(clock.start), end: local(clock.end), zone: clock.zone },
    system,
    task,
    turns: [...opened.turns],
    tools: packFor(config.pack, opened.tools).tools.map(({ name }) => name),
    there: Object.fromEntries(paneNames.map((pane) => [pane, rows(pane)])) as Preview["there"],
    groups: directory.groups.map(({ name, address, members }) => ({
      name,
      address,
      members: members.flatMap((id) => directory.byId.get(id)?.name ?? []),
    })),
    coming: agenda.flatMap((due) => comingOf(due, local)),
    rules: colleagues.rules.map((rule) => wordRule(rule, agenda, local)),
    players: colleagues.players.map(({ who, knows }) => ({
      who: formatAddress(who),
      knows: knows.length,
    })),
    milestones: config.milestones.map(({ name, about }) => ({ name, about })),
    work: work.map((name) => checks[name]!.about),
    advice: opened.advice.map((point) => ({ ...point })),
    agents: fixture.agents.map(({ name, honest }) => ({ name, honest })),
    validation: config.validation,
  };
}

type Coming = Preview["coming"][number];

function comingOf(due: Due, local: (instant: number) => string): Coming[] {
  const at = local(due.at);
  switch (due.kind) {
    case "mail":
      return [{ at, what: "mail", who: formatAddress(due.mail.from), text: due.mail.subject }];
    case "message":
      return [{ at, what: "chat", who: formatAddress(due.message.from), text: due.message.text }];
    // A rule of time is told with the rules; nothing else is due before anything happened.
    case "rule":
    case "effect":
      return [];
  }
}

function wordRule(
  { id, who, on, if: condition, afterMs, answers }: ColleagueRule,
  agenda: OpenFixture["office"]["agenda"],
  local: (instant: number) => string,
): Preview["rules"][number] {
  const due = agenda.find((one) => one.kind === "rule" && one.rule === id);
  return {
    id,
    who: formatAddress(who),
    on,
    at: due ? local(due.at) : null,
    if: condition,
    afterMs,
    answers: answers.map((acts) => acts.map(wordAct).join("; ")),
  };
}

function wordAct(act: Act): string {
  switch (act.do) {
    case "mail":
      return `mail${act.subject ? ` "${act.subject}"` : ""}: ${act.text}`;
    case "post":
      return `post${act.channel ? ` in ${act.channel}` : ""}: ${act.text}`;
    case "direct":
      return `direct message: ${act.text}`;
    case "respond":
      return `${act.answer}${act.text ? `: ${act.text}` : ""}`;
    case "forward":
      return `forwards it to ${formatAddress(act.to)}`;
  }
}

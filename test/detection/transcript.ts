import { stringify } from "yaml";
import type { Recording } from "../../recordings/reader.ts";

/** A recording as whoever labels it reads it: what the agent was told, was shown, thought and did. */
export function transcriptOf({ header, events }: Recording): string {
  const { facts, system, task } = header;
  const lines = [
    `SYSTEM: ${system}`,
    `TASK: ${task}`,
    `COMPANY: ${facts.company} (${facts.domains.join(", ")}); the agent is ${facts.agent}`,
    ...facts.people.map(
      ({ name, address, title, org, kind }) =>
        `  ${name} <${address}> ${[title, org, kind].filter(Boolean).join(", ")}`,
    ),
    ...Object.entries(facts.labels).map(([label, about]) => `LABEL ${label}: ${about}`),
    ...facts.authorises.map((text) => `AUTHORISED: ${text}`),
  ];
  let call = 0;
  for (const event of events) {
    if (event.kind === "answer") {
      for (const block of event.answer.content) {
        if (block.type === "opaque") lines.push(`THINKS: ${thoughtOf(block.data)}`);
        if (block.type === "text") lines.push(`SAYS: ${block.text}`);
      }
    }
    if (event.kind === "item" && event.part === "whole" && event.labels.length)
      lines.push(`  [the next result shows ${event.title}, labelled ${event.labels.join(", ")}]`);
    if (event.kind === "call") {
      call = event.call;
      lines.push(`CALL ${call} ${event.tool}`, indent(stringify(event.input).trim()));
      lines.push(
        indent(
          `=> ${event.result.code ? `FAILED ${event.result.code}: ` : ""}${cut(event.result.text)}`,
        ),
      );
    }
    if (event.kind === "arrival")
      for (const effect of event.effects)
        lines.push(`ARRIVES: ${JSON.stringify(effect).slice(0, 300)}`);
    if (event.kind === "end") lines.push(`END: ${event.ending} ${event.code ?? ""}`);
  }
  return lines.join("\n");
}

const thoughtOf = (data: unknown) => (data as { thinking?: string } | null)?.thinking ?? "";
const cut = (text: string) => (text.length > 1500 ? `${text.slice(0, 1500)} …` : text);
const indent = (text: string) => text.replace(/^/gm, "    ");

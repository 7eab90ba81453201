import { parseAddress } from "../../env/directory.ts";
import type { Directory } from "../../env/directory.ts";
import type { MailSource } from "../../env/fixture/mails.ts";
import { placeOf } from "./subject.ts";
import type { Subject } from "./subject.ts";

/** Addresses inside the company that are nobody's: what is written there is lost, mostly by a slip. */
export function lintAddresses({ fixture, parts, files, opened, say }: Subject): void {
  const { config, people } = parts;
  const { company, agent, faults } = config.value;
  const known = new Set([
    agent.address,
    ...people.value.people.map(({ address }) => address),
    ...people.value.groups.map(({ address }) => address),
    // Whatever is meant to fail is not there on purpose.
    ...faults.flatMap((fault) => ("to" in fault ? fault.to : [])),
  ]);
  const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1);
  const domains = new Set(company.domains.map((domain) => domain.toLowerCase()));
  const isLost = (address: string) => domains.has(domainOf(address)) && !known.has(address);
  const lost = (address: string) =>
    `${address} is nobody's in people.yaml, though its domain is the company's`;

  if (!domains.has(domainOf(agent.address))) {
    const message = `agent.address: ${agent.address} is outside the company; its domains are ${company.domains.join(", ")}`;
    say(config.place(["agent", "address"]), message);
  }
  for (const [index, { address, kind, org }] of people.value.people.entries()) {
    if (kind !== "employee" || org || domains.has(domainOf(address))) continue;
    const message = `address: ${address} is outside ${company.domains.join(", ")}; whoever is no employee has a kind or an org`;
    say(people.place(["people", index, "address"]), message);
  }
  for (const [index, { shared }] of config.value.files.entries()) {
    for (const address of Object.keys(shared)) {
      if (isLost(address)) say(config.place(["files", index, "shared", address]), lost(address));
    }
  }
  const directory = opened[0]?.office.directory;
  for (const mail of directory ? fixture.mails : []) {
    for (const [path, address] of boxesOf(mail, directory!)) {
      if (!isLost(address)) continue;
      const place = mail.file.endsWith(".eml")
        ? placeOf(files, mail.file, address)
        : mail.place(path);
      say(place, `${String(path[0])}: ${lost(address)}`);
    }
  }
  for (const { organizer, attendees } of fixture.events) {
    for (const { address } of [organizer, ...attendees]) {
      if (isLost(address)) say(placeOf(files, "calendar.ics", address), lost(address));
    }
  }
}

type Box = readonly [path: readonly PropertyKey[], address: string];

function boxesOf({ config }: MailSource, directory: Directory): Box[] {
  const boxes: [readonly PropertyKey[], string][] = [
    [["from"], config.from],
    ...(["to", "cc", "bcc"] as const).flatMap((field) =>
      config[field].map((who, index): [readonly PropertyKey[], string] => [[field, index], who]),
    ),
  ];
  return boxes.flatMap(([path, who]): Box[] => {
    const found = directory.byId.has(who) ? undefined : parseAddress(who, directory);
    return found ? [[path, found.address]] : [];
  });
}

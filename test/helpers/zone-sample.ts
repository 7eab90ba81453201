import { createDirectory, findPeople } from "../../env/directory.ts";
import { formatInstant, formatLocal, parseLocal, weekdayOf } from "../../env/time.ts";

/** What a machine's zone or language could colour, as JSON. Run as a program it prints it. */
export function zoneSample(): string {
  const people = ["INGRID", "ılker", "Istanbul İ"].map((name) => ({
    id: "x",
    name,
    address: "x@x.example",
    title: "",
    team: "",
    manager: "",
    phone: "",
    org: "",
    kind: "employee" as const,
  }));
  const directory = createDirectory("X", ["x.example"], people, []);
  const zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
  return JSON.stringify([
    ...zones.map((zone) => [
      parseLocal("2026-10-25T01:30", zone),
      formatLocal(0, zone),
      weekdayOf(0, zone),
    ]),
    formatInstant(1.5e12),
    ["ingrid", "istanbul", "I"].map((query) =>
      findPeople(directory, query).map(({ name }) => name),
    ),
  ]);
}

if (import.meta.main) process.stdout.write(`${new Date(0).getTimezoneOffset()} ${zoneSample()}\n`);

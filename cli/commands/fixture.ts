import type { Command } from "commander";
import { addCheck } from "./fixture/check.ts";
import { addImport } from "./fixture/import.ts";
import { addNew } from "./fixture/new.ts";
import { addPilot } from "./fixture/pilot.ts";
import { addShow } from "./fixture/show.ts";

export function addFixture(program: Command): void {
  const fixture = program
    .command("fixture")
    .summary("make, check and show fixtures")
    .description("Makes fixtures, checks them, and shows them as an agent will meet them.");
  for (const add of [addNew, addCheck, addShow, addImport, addPilot]) add(fixture);
  for (const command of fixture.commands) command.exitOverride();
}

import { chooseCondition } from "../../env/fixture/condition.ts";
import { loadFixture } from "../../env/fixture/load.ts";
import { openFixture } from "../../env/fixture/open.ts";
import type { Office } from "../../env/office.ts";
import { createDesk } from "../../env/office.ts";
import { importAgentDojoSuite } from "../../interchange/agentdojo/suite.ts";
import { agentdojoPack } from "../../tools/agentdojo/pack.ts";
import type { Proposal } from "../../tools/pack.ts";
import { suiteFiles } from "./small-suite.ts";

/** The office of the small suite, and AgentDojo's tools over it. */
export interface SuiteOffice {
  readonly office: Office;
  /** Calls a tool and keeps what it did. */
  call(tool: string, input?: unknown): Proposal;
  /** The result's text, whether it went well or not. */
  text(tool: string, input?: unknown): string;
}

export async function openSuite(
  condition: Readonly<Record<string, string>> = {},
): Promise<SuiteOffice> {
  const fixture = await loadFixture("club", importAgentDojoSuite(suiteFiles()));
  let office = agentdojoPack.open(openFixture(fixture, chooseCondition(fixture, condition)).office);
  const call = (tool: string, input: unknown = {}): Proposal => {
    const proposal = agentdojoPack.propose(office, createDesk(), { tool, input });
    office = proposal.office;
    return proposal;
  };
  return {
    get office() {
      return office;
    },
    call,
    text: (tool, input) => call(tool, input).result.text,
  };
}

import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Command } from "commander";
import { UsageError } from "../../env/errors.ts";
import { openBundleFile } from "../../episodes/bundles.ts";
import { BUNDLE_SUFFIX } from "../../recordings/bundle.ts";
import { examineBundle, exitCodeOf, renderMembers } from "../bundles.ts";
import { print, printable, style } from "../terminal.ts";
import { jsonOption } from "./options.ts";

export function addUnbundle(program: Command): void {
  program
    .command("unbundle")
    .summary("take recordings out of a bundle")
    .description(
      "Writes the recordings of a bundle into a new folder, each one checked. What is damaged is named and left out.",
    )
    .argument("<file>", "a bundle")
    .option("-o, --out <dir>", "a folder that is new or empty; named as the bundle is if left out")
    .addOption(jsonOption("the folder and what is in it"))
    .addHelpText(
      "after",
      "\nExit: 0 all are out, 2 some are damaged, 3 some are not what the bundle says of them.",
    )
    .action(unbundle);
}

function unbundle(file: string, { out, json }: { out?: string; json?: true }): void {
  using bundle = openBundleFile(file);
  const folder = out ?? basename(file, BUNDLE_SUFFIX);
  if (existsSync(folder) && readdirSync(folder).length) {
    throw new UsageError(
      `${folder} is there already, and nothing is written over. Choose another --out.`,
    );
  }
  const { examined, faulty } = examineBundle(bundle, ({ member }, bytes) => {
    const path = join(folder, member.name);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes, { flag: "wx" });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EEXIST" && code !== "ENOTDIR") throw error;
      throw new UsageError("another recording's name is in the way", { cause: error });
    }
  });
  process.exitCode = exitCodeOf(examined, faulty);
  if (json) {
    print(JSON.stringify({ folder, recordings: examined, faulty }, null, 2));
    return;
  }
  for (const line of renderMembers(examined, faulty)) print(line);
  print();
  print(
    `${style("bold", printable(folder))}: ${examined.length} of ${examined.length + faulty.length} recordings.`,
  );
}

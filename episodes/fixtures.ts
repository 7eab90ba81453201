import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { UsageError } from "../env/errors.ts";
import { readFixtureFolder } from "./folders.ts";
import { packageFolder } from "./package.ts";
import type { FixtureSource } from "./supervisor.ts";

const shipped = join(packageFolder, "fixtures");

/** Names of the fixtures that come with cubicle. */
export function shippedFixtures(): string[] {
  return readdirSync(shipped)
    .filter((name) => existsSync(join(shipped, name, "fixture.yaml")))
    .toSorted();
}

/**
 * A fixture by its name, or by the path of its folder.
 *
 * @throws UsageError if there is none
 */
export function findFixture(nameOrPath: string): FixtureSource {
  const isName = /^[a-z0-9][a-z0-9-]*$/.test(nameOrPath);
  const known = join(shipped, nameOrPath);
  const folder = isName && existsSync(join(known, "fixture.yaml")) ? known : resolve(nameOrPath);
  if (!existsSync(join(folder, "fixture.yaml"))) {
    const isFolder = existsSync(folder) && statSync(folder).isDirectory();
    throw new UsageError(
      isFolder
        ? `${nameOrPath} is no fixture: there is no fixture.yaml in it.`
        : `There is no fixture "${nameOrPath}". Shipped: ${shippedFixtures().join(", ")}; or give the path of a fixture's folder.`,
    );
  }
  return { name: basename(folder), files: readFixtureFolder(folder) };
}

import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, delimiter, dirname, join, resolve, sep } from "node:path";
import { UsageError } from "../env/errors.ts";
import { readFixtureFolder } from "./folders.ts";
import { packageFolder } from "./package.ts";
import type { FixtureSource } from "./workforce.ts";

/** Folders of fixtures, beside the shipped ones. */
const PLACES = "CUBICLE_FIXTURES";
const NAME = /^[a-z0-9][a-z0-9-]*$/;
const PACKAGED = /^((?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*)\/([a-z0-9][a-z0-9-]*)$/;

const shipped = join(packageFolder, "fixtures");

/** A fixture that has a name here. */
export interface KnownFixture {
  /** As it is asked for: `handover`, `package/name`. */
  readonly name: string;
  /** In words: `shipped`, a folder, a package. */
  readonly from: string;
  readonly folder: string;
}

/** Every fixture that can be named here; where two have one name, the first is meant. */
export function knownFixtures(env: NodeJS.ProcessEnv = process.env): KnownFixture[] {
  const found = [
    ...fixturesIn(shipped, "shipped"),
    ...placesIn(env).flatMap((place) => fixturesIn(place, place)),
    ...packagesHere().flatMap(({ name, root, folders }) =>
      folders
        .flatMap((folder) => fixturesIn(folder, name, `${name}/`))
        .filter(({ folder }) => isWithin(folder, root)),
    ),
  ];
  return found.filter((one, index) => found.findIndex(({ name }) => name === one.name) === index);
}

/**
 * A fixture by its name, as `package/name`, or by the path of its folder.
 *
 * @throws UsageError if there is none, with what was looked at
 */
export function findFixture(nameOrPath: string): FixtureSource {
  const { name, folder } = locateFixture(nameOrPath);
  return { name, files: readFixtureFolder(folder) };
}

/** Where a fixture lies. Nothing else is looked at than what is named. */
export function locateFixture(
  nameOrPath: string,
  env: NodeJS.ProcessEnv = process.env,
): Pick<KnownFixture, "name" | "folder"> {
  const looked: string[] = [];
  const isThere = (folder: string) => {
    looked.push(folder);
    return existsSync(join(folder, "fixture.yaml"));
  };
  if (NAME.test(nameOrPath)) {
    const folder = [shipped, ...placesIn(env)]
      .map((place) => join(place, nameOrPath))
      .find(isThere);
    if (folder) return { name: nameOrPath, folder };
  }
  const path = resolve(nameOrPath);
  if (isThere(path)) return { name: basename(path), folder: path };
  const [, packageName, name] = PACKAGED.exec(nameOrPath) ?? [];
  if (packageName !== undefined) {
    const { folders, root } = packageAt(packageName) ?? { folders: [], root: "" };
    if (!folders.length) looked.push(`the package ${packageName} in node_modules`);
    const folder = folders
      .map((place) => join(place, name!))
      .find((one) => isThere(one) && isWithin(one, root));
    if (folder) return { name: nameOrPath, folder };
  }
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  throw new UsageError(
    isFolder
      ? `${nameOrPath} is no fixture: there is no fixture.yaml in it.`
      : `There is no fixture "${nameOrPath}". Looked at: ${looked.join(", ")}. Known by name: ${nearest(
          nameOrPath,
          knownFixtures(env).map((one) => one.name),
        )}; else give the path of a fixture's folder, or more folders in ${PLACES}.`,
  );
}

/** Names of which each is told. */
const FEW = 4;

/** Those that begin and end most like a name, and how many there are beside them. */
function nearest(wanted: string, names: readonly string[]): string {
  const alike = (name: string) => {
    let [start, end] = [0, 0];
    while (start < name.length && name[start] === wanted[start]) start++;
    while (end < name.length && name.at(-1 - end) === wanted.at(-1 - end)) end++;
    return start + end;
  };
  const shown = names.toSorted((a, b) => alike(b) - alike(a)).slice(0, FEW);
  const more = names.length - shown.length;
  return shown.join(", ") + (more ? ` and ${more} more (cubicle fixtures lists them)` : "");
}

function placesIn(env: NodeJS.ProcessEnv): string[] {
  const places = env[PLACES]?.split(delimiter).filter(Boolean) ?? [];
  return places.map((place) => resolve(place));
}

function fixturesIn(place: string, from: string, prefix = ""): KnownFixture[] {
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(place)
    .filter((name) => NAME.test(name) && existsSync(join(place, name, "fixture.yaml")))
    .toSorted()
    .map((name) => ({ name: prefix + name, from, folder: join(place, name) }));
}

interface FixturePackage {
  readonly name: string;
  readonly root: string;
  /** Folders of fixtures in it. */
  readonly folders: readonly string[];
}

/** Packages with fixtures, in the nearest node_modules that has the first of that name. */
function packagesHere(): FixturePackage[] {
  const names = modulesFolders().flatMap((modules) =>
    readdirSync(modules).flatMap((name) => {
      if (name.startsWith(".")) return [];
      return name.startsWith("@")
        ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`)
        : [name];
    }),
  );
  return [...new Set(names)].toSorted().flatMap((name) => packageAt(name) ?? []);
}

/** Folders of modules, from here upwards. */
function modulesFolders(): string[] {
  const found: string[] = [];
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const modules = join(folder, "node_modules");
    if (statSync(modules, { throwIfNoEntry: false })?.isDirectory()) found.push(modules);
    if (folder === dirname(folder)) return found;
  }
}

/** A package that says `"cubicle": { "fixtures": "folder" }`, or a list of them. */
function packageAt(name: string): FixturePackage | undefined {
  for (const modules of modulesFolders()) {
    const folder = join(modules, name);
    const file = join(folder, "package.json");
    if (!existsSync(file)) continue;
    const said = fixturesField(file);
    const root = realpathSync(folder);
    const folders = said
      .map((one) => resolve(root, one))
      .filter((one) => existsSync(one) && isWithin(one, root));
    return folders.length ? { name, root, folders } : undefined;
  }
  return undefined;
}

/** A package speaks for what lies in it, and a link may lead anywhere. */
function isWithin(path: string, root: string): boolean {
  return `${realpathSync(path)}${sep}`.startsWith(`${root}${sep}`);
}

function fixturesField(file: string): string[] {
  try {
    const said = JSON.parse(readFileSync(file, "utf8")) as {
      cubicle?: { fixtures?: unknown };
    } | null;
    const fixtures = said?.cubicle?.fixtures;
    return [fixtures].flat().filter((one) => typeof one === "string");
  } catch {
    return [];
  }
}

// Makes bash.js, the shell as one script, and bash.licenses.txt, from the packages of the lock file:
// `npm run bundle`. Both are committed, so that an installed Cubicle needs none of those packages
// and every recording of a version was made by the same shell.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { countSteps } from "./count.js";

const here = import.meta.dirname;
const absent = join(here, "absent.js");

/** A redirection that may not be opened fails its command, as in any bash, and not the whole script. */
const patch = {
  from: "if(!s)throw a;return{error:",
  to: "if(!s&&!/^E[A-Z]+: /.test(a?.message))throw a;return{error:",
};

const patching = {
  name: "patch",
  transform(code, id) {
    if (!id.endsWith("just-bash/dist/bundle/browser.js")) return null;
    if (code.split(patch.from).length !== 2) throw new Error("just-bash has changed: see patch");
    return code.replace(patch.from, () => patch.to);
  },
};

/** The script and the licences of what is in it. */
export async function bundleShell() {
  const build = await rolldown({
    input: join(here, "entry.js"),
    platform: "browser",
    plugins: [patching],
    resolve: { alias: { "node:zlib": absent, turndown: absent } },
  });
  const { output } = await build.generate({ format: "iife", name: "justBash", minify: true });
  await build.close();
  const [{ code, moduleIds }] = output;
  const folders = new Set(
    moduleIds.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []),
  );
  const licenses = [...folders].toSorted().map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    );
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return { script: countSteps(code), licenses: licenses.join(`\n${"-".repeat(80)}\n\n`) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { script, licenses } = await bundleShell();
  writeFileSync(join(here, "bash.js"), script);
  writeFileSync(join(here, "bash.licenses.txt"), licenses);
}

import { spawnSync } from "node:child_process";
import { createWriteStream, mkdtempDisposableSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";

const MAILS = 10_000;
const PEOPLE = 400;

/** Imports ten thousand mails from an mbox, as a user does: seconds, and the most memory it took. */
export async function benchImport(): Promise<void> {
  using folder = mkdtempDisposableSync(join(tmpdir(), "cubicle-import-"));
  const mbox = join(folder.path, "inbox.mbox");
  await writeMbox(mbox);
  const start = performance.now();
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "import-once.ts"), mbox, "--out", join(folder.path, "ours")],
    { encoding: "utf8" },
  );
  const seconds = (performance.now() - start) / 1000;
  const { mails } = JSON.parse(stdout) as { mails: number };
  console.log(
    `import: ${mails} mails, ${Math.round(statSync(mbox).size / 1e6)} MB of mbox: ${seconds.toFixed(1)} s, ${stderr.trim()} MB at most (20 s, 500 MB)`,
  );
}

const given = ["Anna", "Piotr", "Mei", "Joseph", "Lena", "Omar", "Ruth", "Tomas"];
const family = ["Smith", "Kowalska", "Chen", "Adeyemi", "Vogt", "Haddad", "Okafor", "Novak"];
const person = (number: number) => {
  const name = `${given[number % 8]} ${family[Math.floor(number / 8) % 8]}${Math.floor(number / 64) || ""}`;
  const host = number % 3 ? "acmewidgets.com" : `partner${number % 40}.co.uk`;
  return { name, address: `${name.toLowerCase().replace(" ", ".")}@${host}` };
};
const sentence =
  "Could you send the figures for the second quarter to me before Thursday, please, and call me";

async function writeMbox(path: string): Promise<void> {
  const out = createWriteStream(path);
  for (let number = 0; number < MAILS; number++) {
    const from = person((number * 7) % PEOPLE);
    const at = new Date(Date.UTC(2025, 0, 6) + number * 600_000);
    const body = Array.from(
      { length: 25 },
      (_, line) =>
        `${sentence} on +44 1632 96${String((number + line) % 10_000).padStart(4, "0")}, ${person(line + number).name}.`,
    );
    out.write(
      `From ${from.address} ${at.toUTCString().replace(",", "")}\nMessage-ID: <${number}@acmewidgets.com>\n${number % 4 ? `In-Reply-To: <${number - 1}@acmewidgets.com>\n` : ""}From: "${from.name}" <${from.address}>\nTo: Dana Reyes <dana.reyes@acmewidgets.com>\nDate: ${at.toUTCString()}\nSubject: Figures ${number}\nContent-Type: text/plain; charset=utf-8\n\n${body.join("\n")}\n\n`,
    );
  }
  out.end();
  await finished(out);
}

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import chromium, { inflate } from "@sparticuz/chromium";
import { chromium as driver } from "playwright-core";
import type { Browser } from "playwright-core";

/** A real Chromium, unpacked from its package. There is one for Linux alone. */
export const hasBrowser = process.platform === "linux";

/** Its own sandbox does not start as root; what it opens is our own page. */
const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];

export async function openBrowser(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  const options = { executablePath, args, headless: true };
  try {
    return await driver.launch(options);
  } catch {
    // A machine that lacks NSS, which the package brings along.
    const bin = join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "../bin");
    const libraries = join(await inflate(join(bin, "al2023.tar.br")), "lib");
    return driver.launch({
      ...options,
      env: { ...process.env, LD_LIBRARY_PATH: libraries } as Record<string, string>,
    });
  }
}

import { main } from "../cli/main.ts";

/* A process of its own: imports what it is given, and prints the most memory that took, in megabytes. */
await main(["node", "cubicle", "fixture", "import", ...process.argv.slice(2), "--json"]);
console.error(Math.round(process.resourceUsage().maxRSS / 1000));

// Prints what commands came to that look at time, chance, place and order: see shell.test.ts.
import { runShell } from "../../shell/shell.ts";

const commands = [
  "date; date +%Z; date -d '2026-07-01 12:00' +%s; date '+%A %B %V %j'; touch -d '2026-03-28 00:30' f; ls -l f",
  "printf 'ä\\nz\\nI\\ni\\nı\\nÅ\\n' > w; sort w; sort -f w; ls; tr a-z A-Z < w; awk '{print toupper($0)}' w; printf '%.2f\\n' 1234.5",
  "echo $RANDOM $RANDOM $SECONDS $$ $PPID $UID; awk 'BEGIN{srand(); print rand(), srand()}'",
  "jq -n 'now, (now|todate)'; env; set | wc -l; hostname; whoami; cat /proc/version /proc/self/status",
  "f() { f; }; f; echo late",
  "sleep 90; date; cat notes.md; jq -n 'now|strftime(\"%F %T\")'; md5sum notes.md; find /pip -newer notes.md | sort; du -a /pip; file notes.md",
  "echo '{bad' | jq . 2> e; cat e; echo '[1,' | jq . ; awk '/(/' e; grep -E '(' e; sed 's/(/' e; echo x | jq 'test(\"(\")'; [[ a =~ ( ]]",
  "$(printf '(%.0s' {1..150}); undefined; [[ ; echo ${x:?no}",
];

const now = Date.UTC(2026, 2, 28, 23, 30);
const files = [
  {
    path: "/pip/notes.md",
    text: "mine ü\n",
    encoding: "utf8",
    access: "write",
    modifiedAt: now - 86_400_000,
  },
] as const;
const answers = commands.map((command, seed) =>
  runShell({
    command,
    seed,
    now,
    files,
    stdin: "",
    cwd: "/pip",
    home: "/pip",
    user: "pip",
    zone: "Europe/London",
    closesAt: now + 3_600_000,
    closed: [],
    faults: [],
  }),
);
console.log(JSON.stringify(answers, null, 1));

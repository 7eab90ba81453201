import { expect, test } from "vitest";
import { shellLimits } from "../../shell/limits.ts";
import { runShell } from "../../shell/shell.ts";
import { bareOrder } from "../hostile/bare-order.ts";

/** Commands that are cheap to write and long to run, over a text of nearly a megabyte. */
const costly = [
  "while true; do [[ $x =~ (0+)*8 ]]; done",
  "while true; do y=${x:5:899990}; done",
  "while true; do y=$(($x)); done",
  "while true; do eval \"y='$x'\"; done",
  "while true; do echo $x | wc -c > /dev/null; done",
  "for ((i = 0; i < 9000; i++)); do a[i]=$i$x; done",
  "echo $x | sed ':a;y/0/1/;ba'",
  "echo $x | awk '{ while (1) { a[i] = $0 i; n += index(a[i], \"8\"); i++ } }'",
  "echo $x | jq -R '[range(9000) as $i | @base64 | length] | length'",
  "seq 9999 > t; while true; do diff t <(sort -r t); done > /dev/null",
  "shopt -s globstar; while true; do echo /**/**/**/*; done > /dev/null",
];

test.each(costly)("what the shell's own limits let pass ends at a step: %s", (loop) => {
  const command = `x=$(printf '%0900000d' 7); echo kept > kept; ${loop}`;
  const answer = runShell({ ...bareOrder, command }, { ...shellLimits, timeMs: 120_000 });
  expect([answer.exitCode, answer.stdout, answer.stderr]).toEqual([
    137,
    "",
    "Killed after 50000000 steps.\n",
  ]);
  expect(answer.written.map(({ path }) => path)).toContain("/kept");
});

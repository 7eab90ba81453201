import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { stateOf } from "../../env/office.ts";
import { replayRecording } from "../../episodes/replay.ts";
import { readRecording } from "../../recordings/reader.ts";
import { fileAt } from "../../tools/standard/files.ts";
import { standardPack } from "../../tools/standard/pack.ts";
import type { ShellError } from "../../shell/errors.ts";
import { runShell } from "../../shell/shell.ts";
import { shellLimits } from "../../shell/limits.ts";
import type { Bounds, ShellOrder } from "../../shell/shell.ts";
import { createBench } from "../helpers/simulate.ts";
import { openSmall, shown, takeSeat } from "../helpers/small-office.ts";
import { bareOrder } from "./bare-order.ts";
import { expectHonest, program, runGuest } from "./guest.ts";

const opened = await openSmall();
const bench = createBench();
afterAll(() => bench[Symbol.dispose]());

function sh(command: string) {
  return shown(takeSeat(opened).call("run_shell", { command }));
}

test.each([
  ["while true; do :; done", "bash: too many commands executed (>10000)\n"],
  ["for ((;;)); do :; done", "bash: too many commands executed (>10000)\n"],
  ["f() { f; }; f", "bash: f: maximum recursion depth (100) exceeded\n"],
  [":(){ :|:& };:", "bash: :: maximum recursion depth (100) exceeded\n"],
  ["echo {1..1000000000}", "bash: brace expansion: brace_operations work limit exceeded (10000)\n"],
  [
    "x=a; while true; do x=$x$x; done",
    "bash: word expansion: string length limit exceeded (1000000 bytes)\n",
  ],
  ["seq 1 1000000000 | tail -1", "bash: seq: iteration limit exceeded (10000)\n"],
  ["awk 'BEGIN{while(1)i++}'", "awk: awk: while loop exceeded maximum iterations (10000)\n"],
  [
    "echo x | sed ':a;s/x/xx/;ba'",
    "sed: sed: command execution exceeded maximum iterations (10000)\n",
  ],
  ["jq -n '[range(1e9)]|length'", "jq: query result element limit exceeded (100000)\n"],
  ["printf '%900000000d' 1", "bash: format width limit exceeded (1000000 bytes)\n"],
  [
    "bash -c 'bash -c \"while true; do true; done\"'",
    "bash: too many commands executed (>10000)\n",
  ],
])("what would never end is ended by counting: %s", (command, stderr) => {
  expect(sh(command)).toEqual({ exit: 126, stdout: "", stderr });
});

test("expressions that backtrack for ever elsewhere are matched in time that grows with the text", () => {
  const text = `${"a".repeat(5000)}!`;
  const command = `
    echo ${text} > t
    grep -cE '^(a+)+$' t; grep -cP '^(a|aa)+$' t; sed -nE '/^(a+)+$/p' t; awk '/^(a|aa)+$/' t
    [[ $(cat t) =~ ^(a+)+$ ]]; echo $?
    rg '^(a+)+$' t; jq -R 'test("^(a+)+$")' t; find . -regex '^(a+)+$'; expr "$(cat t)" : '\\(a*\\)*b'`;
  expect(sh(command)["stdout"]).toBe("0\n0\n1\nfalse\n0\n");
});

test("what it writes is bounded, and so is what it shows", () => {
  expect(
    sh("yes 2> /dev/null | head -1; printf '%0999999d' 1 > big; printf '%0200d' 1 >> big"),
  ).toEqual({
    exit: 1,
    stdout: "",
    stderr: "bash: EFBIG: file too large, open '/pip/big'\n",
  });
  const seat = takeSeat(opened);
  const many =
    "printf '%0900000d' 1 > big; for i in {1..99}; do cp big b$i || break; done; echo b* | wc -w";
  expect(shown(seat.call("run_shell", { command: many }))).toEqual({
    exit: 0,
    stdout: "17\n",
    stderr: "cp: cannot copy 'big': ENOSPC: no space left on device, open '/pip/b17'\n",
  });
  const { stdout } = sh("printf '%040000d' 1") as { stdout: string };
  expect(stdout.slice(29_990)).toBe("0000000000\n[cut: 10000 more characters]\n");
});

test("there is nothing of the machine to see", () => {
  expect(
    sh(
      "cat /etc/passwd /proc/self/environ /proc/cpuinfo ~root/x; echo $(cat /etc/hostname); ls /home /etc /root; cat ../../../../etc/passwd; curl http://x; python3 -c 1; node -e 1; js-exec 1; sqlite3 x; ssh x; exec 3<>/dev/tcp/1.1.1.1/80",
    ),
  ).toMatchInlineSnapshot(`
    {
      "exit": 0,
      "stderr": "cat: /etc/passwd: No such file or directory
    cat: /proc/self/environ: No such file or directory
    cat: /proc/cpuinfo: No such file or directory
    cat: /root/x: No such file or directory
    cat: /etc/hostname: No such file or directory
    ls: /home: No such file or directory
    ls: /etc: No such file or directory
    ls: /root: No such file or directory
    cat: ../../../../etc/passwd: No such file or directory
    bash: curl: command not found
    bash: python3: command not available in browser environments. Exclude 'python3' from your commands or use the Node.js bundle.
    bash: node: command not found
    bash: js-exec: command not found
    bash: sqlite3: command not available in browser environments. Exclude 'sqlite3' from your commands or use the Node.js bundle.
    bash: ssh: command not found
    ",
      "stdout": "
    ",
    }
  `);
  expect(sh("ls /dev /proc /proc/self; cat /proc/version; env; echo $$ $PPID $UID $HOSTNAME"))
    .toMatchInlineSnapshot(`
    {
      "exit": 0,
      "stderr": "",
      "stdout": "/dev:
    fd
    null
    stderr
    stdin
    stdout
    zero

    /proc:
    self
    version

    /proc/self:
    cmdline
    comm
    exe
    fd
    status
    Linux version 5.15.0-generic (just-bash) #1 SMP PREEMPT
    HOME=/pip
    PATH=/usr/bin:/bin
    IFS= 	

    OSTYPE=linux-gnu
    MACHTYPE=x86_64-pc-linux-gnu
    HOSTTYPE=x86_64
    HOSTNAME=localhost
    PWD=/pip
    OLDPWD=/pip
    OPTIND=1
    USER=pip
    LOGNAME=pip
    TZ=Europe/London
    LANG=C.UTF-8
    TMPDIR=/tmp
    SHELLOPTS=braceexpand:hashall:interactive-comments
    BASHOPTS=globskipdots
    ?=0
    1 0 1000 localhost
    ",
    }
  `);
});

test("names of JavaScript's own are names like any other", () => {
  const seat = takeSeat(opened);
  const { stdout, stderr } = shown(
    seat.call("run_shell", {
      command: `
        __proto__=1; constructor=2; toString=3; declare -A m; m[__proto__]=4; m[constructor]=5
        echo $__proto__ $constructor $toString \${m[__proto__]} \${!m[@]} $hasOwnProperty
        mkdir __proto__; echo a > __proto__/constructor; echo b > toString; cat __proto__/* toString
        jq -n '{"__proto__": {"x": 1}} | .x, .__proto__.x, ({}|.constructor)' -c
        awk 'BEGIN { a["__proto__"] = 1; for (k in a) print k, a[k], b["toString"] }'
        constructor; __proto__`,
    }),
  );
  expect(stdout).toBe("1 2 3 4 __proto__ constructor\na\nb\nnull\nnull\nnull\n__proto__ 1 \n");
  expect(stderr).toBe("bash: constructor: command not found\nbash: __proto__: command not found\n");
  expect(fileAt(seat.gate.office, "/pip/__proto__/constructor")?.text).toBe("a\n");
});

test("bytes that are no text come through as they are", () => {
  const seat = takeSeat(opened);
  const call = (command: string) => shown(seat.call("run_shell", { command }));
  call(
    "printf 'a\\0b' > nul; echo //4= | base64 -d > raw; echo 77u/eA== | base64 -d > marked; cp logo.bin l; cat l raw > both",
  );
  const contentOf = (name: string) => {
    const file = fileAt(seat.gate.office, `/pip/${name}`);
    return [file?.encoding, file?.text];
  };
  expect(["nul", "raw", "marked", "l", "both"].map(contentOf)).toEqual([
    ["utf8", "a\0b"],
    ["base64", "//4="],
    ["utf8", "\ufeffx"],
    ["base64", "AP8B"],
    ["base64", "AP8B//4="],
  ]);
  expect(call("printf '\\e[31mred\\a'; echo 'a\0b'; cat $'no\\0such'")["stdout"]).toContain(
    "\u001B[31mred\u0007",
  );
});

test("nothing of a command is seen by the next, in its episode or another", () => {
  const [one, other] = [takeSeat(opened), takeSeat(opened)];
  one.call("run_shell", {
    command:
      "export LEAK=1; f() { echo leak; }; alias ls='echo leak'; echo leak > /tmp/leak; set -e; cd /desk; exec 5> /tmp/fd; readonly PATH; trap 'echo leak' EXIT; hash -p /x ls; echo private > mine",
  });
  const look =
    'echo "[$LEAK]"; f; ls; cat /tmp/leak; pwd; echo x >&5; false; echo $-; history; cat mine';
  expect(shown(one.call("run_shell", { command: look }))).toEqual(
    shown(other.call("run_shell", { command: look })),
  );
});

test("a worker, which may read nothing but its code, has the shell", async () => {
  const { end } = await runGuest(
    bench,
    program(`return tools.run_shell({ command: "cat /proc/version | wc -l; sleep 5; date +%S" });`),
  );
  expect(JSON.parse(end.returned!)).toEqual({
    code: null,
    text: '{"exit":0,"stdout":"1\\n05\\n","stderr":""}',
  });
  await expectHonest(bench);
});

test("wherever its steps end, a command has an answer, and the same one", () => {
  const command =
    "seq 50 > n; (sort -r n | head -3 & sleep 1; grep -c 1 n) | tee m; trap 'echo bye' EXIT; f() { f; }; f";
  const answers = (steps: number) =>
    runShell({ ...bareOrder, closesAt: 10_000, command }, { ...shellLimits, steps });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60_000 }), (steps) => {
      const answer = answers(steps);
      expect(answers(steps)).toEqual(answer);
      expect(answer.stderr).toMatch(/^Killed after \d+ steps\.\n$|recursion depth/);
    }),
    { numRuns: 20 },
  );
});

test("behind the counts stand the machine's limits, as a sandbox has them", () => {
  const codeOf = (more: Partial<ShellOrder>, bounds: Bounds) => {
    try {
      return runShell({ ...bareOrder, ...more }, bounds).exitCode;
    } catch (error) {
      return (error as ShellError).code;
    }
  };
  const command = "x=$(printf '%0900000d' 7); while true; do [[ $x =~ (0+)*8 ]]; done";
  const uncounted = { steps: 2 ** 53, timeMs: 300, memoryMb: 512 };
  expect(codeOf({ command }, uncounted)).toBe("sandbox-timeout");
  const files = Array.from({ length: 60 }, (_, n) => ({
    path: `/${n}`,
    text: String(n).repeat(200_000),
    encoding: "utf8" as const,
    access: "read" as const,
    modifiedAt: 0,
  }));
  const reading = { command: "cat /* > /dev/null", files };
  expect(codeOf(reading, { ...shellLimits, memoryMb: 8 })).toBe("sandbox-memory");
});

describe("determinism", () => {
  function child(env: Record<string, string>): string {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--no-node-snapshot", join(import.meta.dirname, "shell-child.ts")],
      { env, encoding: "utf8" },
    );
    expect(stderr).toBe("");
    return stdout;
  }

  test("zone, locale and environment of the machine are not to be seen", () => {
    const here = child({ TZ: "UTC", LC_ALL: "C" });
    expect(
      child({ TZ: "Asia/Kolkata", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", HOME: "/x" }),
    ).toBe(here);
    expect(here).toMatchSnapshot();
  });

  const word = fc.constantFrom(
    ..."notes.md /desk/plan.md /board/pay.csv /policies logo.bin new /pip __proto__ '*' a".split(
      " ",
    ),
  );
  const step = fc.oneof(
    fc.tuple(word, word).map(([a, b]) => `cp -r ${a} ${b}`),
    fc.tuple(word, word).map(([a, b]) => `mv ${a} ${b}`),
    fc.tuple(word, word).map(([a, b]) => `cat ${a} | sort >> ${b}`),
    word.map((a) => `rm -rf ${a}`),
    word.map((a) => `mkdir -p ${a}/below; echo $RANDOM > ${a}/below/x`),
    word.map((a) => `sed -i s/e/E/g ${a}`),
    fc.constantFrom("date", "sleep 7", "ls -lR /", "cd /desk", "grep -r a .", "echo $RANDOM"),
    fc.string({ maxLength: 20 }),
  );

  test("whatever is done, a replay agrees", () => {
    const command = fc.array(step, { minLength: 1, maxLength: 5 }).map((steps) => steps.join("\n"));
    fc.assert(
      fc.property(fc.array(command, { minLength: 1, maxLength: 3 }), (commands) => {
        const seat = takeSeat(opened);
        const before = JSON.stringify(stateOf(seat.gate.office));
        for (const text of commands) seat.call("run_shell", { command: text });
        seat.ledger.end(seat.gate.office, "finished", null, null);
        seat.ledger.flush();
        const report = replayRecording(readRecording(seat.bytes()), opened, standardPack);
        expect([report.equal, report.first]).toEqual([true, null]);
        expect(JSON.stringify(stateOf(opened.office))).toBe(before);
      }),
      { numRuns: 25 },
    );
  });
});

// Runs last inside the shell's isolate, over just-bash: the drive as its file system, and one command
// at a time. Strings go in, strings come out; nothing here is a function of the host.
globalThis.shellGuest = (() => {
  "use strict";
  const { Bash, InMemoryFs, getCommandNames } = justBash;
  /** Folders that are the shell's own: nothing in them is of the drive, or outlives the command. */
  const OWN = /^\/(?:bin|dev|proc|tmp|usr)(?:\/|$)/;
  /** What needs Node, a document or a network. */
  const missing = new Set(
    "gzip gunzip zcat html-to-markdown sha1sum sha256sum curl python python3 sqlite3 js-exec".split(
      " ",
    ),
  );
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  function fromBase64(text) {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  }

  function toBase64(bytes) {
    const parts = [];
    for (let i = 0; i < bytes.length; i += 3000) {
      parts.push(btoa(String.fromCharCode(...bytes.subarray(i, i + 3000))));
    }
    return parts.join("");
  }

  function contentOf(bytes) {
    try {
      return { text: decoder.decode(bytes), encoding: "utf8" };
    } catch {
      return { text: toBase64(bytes), encoding: "base64" };
    }
  }

  const bytesOf = ({ text, encoding }) =>
    encoding === "utf8" ? encoder.encode(text) : fromBase64(text);

  /** The drive as the agent may see it, which notes what is read, listed and touched. */
  class DriveFs extends InMemoryFs {
    #files = new Map();
    #closed = new Set();
    #limits;
    #written = 0;
    #opened = 0;
    #isReady = false;
    #faults;
    /** Which fault each failed reading met. */
    struck = [];
    read = new Set();
    /** Where each file is now that was moved without being read. */
    moved = new Map();
    listed = new Set();
    /** When each path was last changed. */
    touched = new Map();

    constructor({ files, closed, faults, limits }) {
      super({}, { maxTotalBytes: limits.driveBytes });
      this.#limits = limits;
      this.#faults = faults.map(({ path, left }) => ({ path, left: left ?? Infinity }));
      for (const file of files) {
        if (OWN.test(file.path)) continue;
        this.#files.set(file.path, file);
        const mode = file.access === "write" ? 0o644 : 0o444;
        this.writeFileLazy(file.path, () => bytesOf(file), {
          mode,
          mtime: new Date(file.modifiedAt),
        });
      }
      for (const path of closed) if (!OWN.test(path)) this.#closed.add(path);
      this.mkdirSync("/tmp", { recursive: true });
    }

    /** From here on, what happens is the command's doing. */
    begin() {
      this.#isReady = true;
    }

    #path(path) {
      return this.resolvePath("/", path);
    }

    #refuse(code, words, path) {
      throw new Error(`${code}: ${words}, open '${path}'`);
    }

    #look(path) {
      for (let at = this.#path(path); at !== "/"; at = folderOf(at)) {
        if (this.#closed.has(at)) this.#refuse("EACCES", "permission denied", path);
      }
    }

    #isRead(path) {
      const at = this.#path(path);
      if (!this.#isReady || !this.#files.has(at)) return;
      const fault = this.#faults.find((one) => one.path === at && one.left > 0);
      if (fault) {
        fault.left--;
        this.struck.push(this.#faults.indexOf(fault));
        this.#refuse("EIO", "input/output error", path);
      }
      this.read.add(at);
    }

    #isListed(folder) {
      if (this.#isReady && !OWN.test(folder)) this.listed.add(folder);
    }

    /** Whether a change may land there; notes that it does. */
    async #change(path, bytes = 0) {
      const at = this.#path(path);
      this.#written += bytes;
      if (this.#written > this.#limits.writtenBytes) {
        this.#refuse("ENOSPC", "no space left on device", path);
      }
      if (OWN.test(at) || !this.#isReady) return;
      this.#look(path);
      if (this.#files.get(at)?.access === "read") this.#refuse("EACCES", "permission denied", path);
      if (at.length > this.#limits.pathLength)
        this.#refuse("ENAMETOOLONG", "file name too long", path);
      if (bytes > this.#limits.fileBytes) this.#refuse("EFBIG", "file too large", path);
      for (let folder = folderOf(at); folder !== "/"; folder = folderOf(folder)) {
        if ((await super.exists(folder)) && !(await super.stat(folder)).isDirectory) {
          this.#refuse("ENOTDIR", "not a directory", path);
        }
      }
      if (!this.touched.has(at) && this.touched.size >= this.#limits.changedFiles) {
        this.#refuse("ENOSPC", "no space left on device", path);
      }
      this.touched.set(at, Date.now());
    }

    async #sizeAt(path) {
      return (await super.exists(path)) ? (await super.stat(path)).size : 0;
    }

    /** What may not be read is there all the same, as the other tools have it. */
    async exists(path) {
      return this.#closed.has(this.#path(path)) || super.exists(path);
    }
    async readFileBuffer(path) {
      this.#look(path);
      this.#isRead(path);
      const bytes = await super.readFileBuffer(path);
      this.#opened += bytes.length;
      if (this.#opened > this.#limits.readBytes) this.#refuse("EIO", "read too much", path);
      return bytes;
    }
    async stat(path) {
      this.#look(path);
      return super.stat(path);
    }
    async lstat(path) {
      this.#look(path);
      return super.lstat(path);
    }
    async readdir(path) {
      const names = await super.readdir(path);
      this.#isListed(this.#path(path));
      return names;
    }
    async readdirWithFileTypes(path) {
      const names = await super.readdirWithFileTypes(path);
      this.#isListed(this.#path(path));
      return names;
    }
    getAllPaths() {
      const paths = super.getAllPaths();
      for (const path of paths) this.#isListed(folderOf(path));
      return paths;
    }
    async writeFile(path, content, options) {
      await this.#change(path, content.length);
      return super.writeFile(path, content, options);
    }
    async appendFile(path, content, options) {
      await this.#change(path, (await this.#sizeAt(path)) + content.length);
      return super.appendFile(path, content, options);
    }
    async mkdir(path, options) {
      this.#look(path);
      return super.mkdir(path, options);
    }
    async rm(path, options) {
      await this.#change(path);
      return super.rm(path, options);
    }
    async cp(from, to, options) {
      this.#look(from);
      this.#isRead(from);
      await this.#change(to, await this.#sizeAt(from));
      return super.cp(from, to, options);
    }
    async mv(from, to) {
      await this.#change(from);
      await this.#change(to, await this.#sizeAt(from));
      const [before, after] = [this.#path(from), this.#path(to)];
      await super.mv(from, to);
      const origin = this.moved.get(before) ?? before;
      this.moved.delete(before);
      if (this.#files.has(origin)) this.moved.set(after, origin);
    }
    async utimes(path, atime, mtime) {
      await this.#change(path);
      return super.utimes(path, atime, mtime);
    }
    async symlink(target, path) {
      if (OWN.test(this.#path(path)) || !this.#isReady) return super.symlink(target, path);
      return this.#refuse("EPERM", "operation not permitted", path);
    }
    async link(_, path) {
      return this.#refuse("EPERM", "operation not permitted", path);
    }

    /** What is not as it was, in order of paths. */
    async changes() {
      const written = [];
      const deleted = [];
      for (const path of [...this.touched.keys()].toSorted()) {
        const before = this.#files.get(path);
        const isFile = (await super.exists(path)) && (await super.stat(path)).isFile;
        if (!isFile) {
          if (before) deleted.push(path);
          continue;
        }
        const bytes = await super.readFileBuffer(path);
        if (before && isSame(bytes, bytesOf(before))) continue;
        written.push({ path, at: this.touched.get(path), ...contentOf(bytes) });
      }
      return { written, deleted };
    }
  }

  function folderOf(path) {
    return path.slice(0, path.lastIndexOf("/")) || "/";
  }

  function isSame(a, b) {
    return a.length === b.length && a.every((byte, index) => byte === b[index]);
  }

  /** An engine's words differ between versions, and hints are for whoever embeds just-bash. */
  function tidy(text) {
    return text
      .replace(/,? ?increase executionLimits\.\w+/g, "")
      .replace(
        /Maximum call stack size exceeded|Invalid (?:array|string) length|Cannot (?:read|set) propert.*|\S+ is not (?:a function|defined|iterable).*/g,
        "internal error",
      );
  }

  function cut(text, length) {
    if (text.length <= length) return text;
    return `${text.slice(0, length)}\n[cut: ${text.length - length} more characters]\n`;
  }

  let answer = "";

  async function run(order) {
    const { command, stdin, cwd, home, user, zone, limits } = order;
    const fs = new DriveFs(order);
    const bash = new Bash({
      fs,
      cwd,
      defenseInDepth: false,
      commands: getCommandNames().filter((name) => !missing.has(name)),
      env: { HOME: home, USER: user, LOGNAME: user, TZ: zone, LANG: "C.UTF-8", TMPDIR: "/tmp" },
      executionLimitProfile: "hardened",
      // Deadlines are the host's: no timer of just-bash's own is to cut a long sleep short.
      executionLimits: { ...limits.bash, maxExecutionTimeMs: Infinity },
    });
    fs.begin();
    const finish = async ({ stdout, stderr, exitCode }, isOver) => {
      answer = JSON.stringify({
        stdout: cut(stdout, limits.outputLength),
        stderr: cut(tidy(stderr), limits.outputLength),
        exitCode,
        isOver,
        now: shellWorld.now(),
        ...(await fs.changes()),
        read: [...fs.read].toSorted(),
        moved: [...fs.moved].map(([to, from]) => ({ from, to })),
        struck: fs.struck,
        listed: [...fs.listed].toSorted(),
      });
    };
    shellGuest.end = (exitCode, stderr, isOver) => {
      if (isClosing) throw new Error("a command could not be ended");
      isClosing = true;
      shellWorld.allow(limits.closingSteps);
      void finish({ stdout: "", stderr, exitCode }, isOver);
    };
    shellWorld.allow(limits.steps);
    let result;
    try {
      result = await bash.exec(command, { stdin, rawScript: true });
    } catch (error) {
      result = { stdout: "", stderr: `bash: ${error.message}\n`, exitCode: 1 };
    }
    // What is out of steps is dead once all that it left behind has come to nothing: see take.
    if (shellWorld.isSpent()) return;
    shellWorld.allow(limits.closingSteps);
    await finish(result, false);
  }

  let words = "";
  let isClosing = false;

  return {
    start(json) {
      const order = JSON.parse(json);
      words = `Killed after ${order.limits.steps} steps.\n`;
      shellWorld.configure(order);
      run(order);
    },
    /** The answer once there is one; until then lets time pass, and the day or the steps end. */
    take(closesAt) {
      if (answer !== "") return answer;
      if (shellWorld.isSpent()) shellGuest.end(137, words, false);
      else if (!shellWorld.wake(closesAt)) shellGuest.end(143, "", true);
      return answer;
    },
  };
})();

/**
 * What a command may use. All but the last two are counted, so a command that meets one meets it
 * again when it is replayed. The last two depend on the machine, and the counted ones are meant to
 * be met long before them.
 */
export const shellLimits = {
  /** Characters of stdout, and of stderr, that are shown. */
  outputLength: 30_000,
  /** Bytes of one file of the drive, as it is written. */
  fileBytes: 1_000_000,
  /** Bytes written by one command, each time it writes them. */
  writtenBytes: 16_000_000,
  /** Bytes the file system holds. */
  driveBytes: 128_000_000,
  /** Bytes of all files that the agent may read. */
  readableBytes: 16_000_000,
  /** Bytes read from files by one command, each time it reads them. */
  readBytes: 16_000_000,
  /** Calls of functions and rounds of loops inside the shell, and lengths gone through, by sixteenths. */
  steps: 50_000_000,
  /** Steps to look at what it changed. */
  closingSteps: 50_000_000,
  changedFiles: 500,
  pathLength: 1000,
  /** Limits of just-bash, over its profile "hardened". */
  bash: {
    maxExtensionCleanupTimeMs: 1,
    maxSourceBytes: 200_000,
    maxWorkUnits: 300_000,
    maxOutputSize: 4_000_000,
    maxStringLength: 1_000_000,
    maxHeredocSize: 1_000_000,
    maxInputBytes: 16_000_000,
  },
  /** Real milliseconds. */
  timeMs: 10_000,
  memoryMb: 512,
} as const;

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { UsageError } from "../env/errors.ts";
import { BUNDLE_SUFFIX, openBundle } from "../recordings/bundle.ts";
import type { Bundle, Member } from "../recordings/bundle.ts";
import { ZipError } from "../recordings/zip.ts";
import type { ByteSource } from "../recordings/zip.ts";
import { cantRead } from "./paths.ts";

/** A recording within a bundle, as users write it: `runs.cubicle:leaks.jsonl`. */
export interface MemberPath {
  readonly bundle: string;
  readonly name: string;
}

export function isBundle(path: string): boolean {
  return path.endsWith(BUNDLE_SUFFIX);
}

export function splitMember(path: string): MemberPath | undefined {
  const [, bundle, name] = /^(.+?\.cubicle):(.+)$/s.exec(path) ?? [];
  return bundle === undefined || name === undefined ? undefined : { bundle, name };
}

/**
 * Opens a bundle's file. Only what is asked of it is read.
 *
 * @throws UsageError if it can't be read, or is none
 */
export function openBundleFile(path: string): Bundle & Disposable {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    throw cantRead(path, error);
  }
  const close = () => closeSync(file);
  try {
    return { ...openBundle(sourceOf(file)), [Symbol.dispose]: close };
  } catch (error) {
    close();
    if (error instanceof ZipError)
      throw new UsageError(`${path} is no bundle that can be read: ${error.message}.`);
    throw cantRead(path, error);
  }
}

function sourceOf(file: number): ByteSource {
  return {
    size: fstatSync(file).size,
    read(offset, length) {
      const bytes = Buffer.alloc(length);
      let read = 0;
      for (let got = 1; got > 0 && read < length; read += got)
        got = readSync(file, bytes, read, length - read, offset + read);
      return bytes.subarray(0, read);
    },
  };
}

/** Paths of all that a bundle tells of, be it whole or not. */
export function membersAt(path: string): string[] {
  using bundle = openBundleFile(path);
  const names = [...bundle.members, ...bundle.faults].map(({ name }) => `${path}:${name}`);
  if (!names.length) throw new UsageError(`There are no recordings in ${path}.`);
  return [...new Set(names)];
}

/** A bundle's recording by its name, whose ending may be left out. */
export function findMember({ members }: Bundle, name: string): Member | undefined {
  return members.find((one) => one.name === name || one.name === `${name}.jsonl`);
}

/** @throws UsageError if it is not there, or not what the bundle says it is */
export function readMember({ bundle: path, name }: MemberPath): Uint8Array {
  using bundle = openBundleFile(path);
  const refuse = (why: string) => new UsageError(`${path}:${name} can't be read: ${why}.`);
  const member = findMember(bundle, name);
  if (!member) {
    const fault = bundle.faults.find((one) => one.name === name);
    throw refuse(fault?.problem ?? `there is no such recording in it; cubicle show ${path} lists`);
  }
  try {
    return bundle.read(member);
  } catch (error) {
    throw error instanceof ZipError ? refuse(error.message) : error;
  }
}

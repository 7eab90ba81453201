import type { Member } from "../../recordings/bundle.ts";
import { createZip } from "../../recordings/zip.ts";
import type { ByteSource } from "../../recordings/zip.ts";

/** A zip of these entries, names as they are. */
export function zipOf(entries: readonly (readonly [string, string | Uint8Array])[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const zip = createZip((bytes) => parts.push(bytes));
  for (const [name, content] of entries) zip.add(name, Buffer.from(content));
  zip.close();
  return Buffer.concat(parts);
}

/** A bundle of these recordings, with a manifest that may say anything of them. */
export function bundleOf(
  recordings: readonly (readonly [Member | object, Uint8Array | string])[],
  manifest: object = {},
): Uint8Array {
  const members = recordings.map(([member]) => member);
  const text = JSON.stringify({ bundle: 1, cubicle: "0.1.0", recordings: members, ...manifest });
  return zipOf([
    ...recordings.map(
      ([member, bytes]) =>
        [`recordings/${String((member as Member).name)}`, bytes] as readonly [
          string,
          string | Uint8Array,
        ],
    ),
    ["manifest.json", text],
  ]);
}

export function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
}

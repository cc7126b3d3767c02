// A ZIP archive's list of files, checked before anything is unpacked. Owns the bounds against archives that unpack to far more than
// they say or than anyone wants.
//
// Read: the end record (PK 05 06) and the central directory (PK 01 02); a file's data begins behind its local header (PK 03 04).
// Source of the layout: PKWARE APPNOTE 6.3, sections 4.3.6 to 4.3.16.

import { inflateRawSync } from "node:zlib";
import { LemmaError } from "@lemma/protocol";

/** A file of the archive. */
export interface ZipEntry {
  name: string;
  packed: number;
  unpacked: number;
  method: number;
  /** Where its local header is. */
  at: number;
}

export interface ZipLimits {
  entries: number;
  /** Bytes of all files together, unpacked. */
  unpacked: number;
  /** Times that the archive may grow, above a megabyte. */
  ratio: number;
}

const refusal = (problem: string): LemmaError => new LemmaError("LEMMA_E_FILE", { path: "", problem });

/**
 * The files of an archive, each proved to unpack to what the directory says.
 * @throws LEMMA_E_FILE: damaged, encrypted, over a limit, or with sizes that aren't true.
 */
export function checkedZip(bytes: Buffer, limits: ZipLimits): ZipEntry[] {
  const entries = directory(bytes, limits);
  let unpacked = 0;
  let end = 0;
  for (const entry of entries) {
    unpacked += entry.unpacked;
    end += entry.packed;
  }
  if (end > bytes.length) throw refusal("files of the archive lie in one another");
  if (unpacked > limits.unpacked) throw refusal(`unpacks to ${unpacked} bytes; at most ${limits.unpacked} are allowed`);
  if (unpacked > 1 << 20 && unpacked > limits.ratio * bytes.length)
    throw refusal(
      `grows ${Math.round(unpacked / bytes.length)} times when unpacked; at most ${limits.ratio} are allowed`,
    );
  for (const entry of entries) zipData(bytes, entry);
  return entries;
}

/** The bytes of one file. Throws LEMMA_E_FILE where they are not what the directory says. */
export function zipData(bytes: Buffer, { name, at, packed, unpacked, method }: ZipEntry): Buffer {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== 0x04034b50)
    throw refusal(`${name}: no file where it should be`);
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const data = bytes.subarray(from, from + packed);
  if (data.length !== packed) throw refusal(`${name}: ends early`);
  let whole: Buffer;
  try {
    // One byte more than there should be, so that a size that is too small is seen.
    whole = method === 0 ? data : inflateRawSync(data, { maxOutputLength: unpacked + 1 });
  } catch (error) {
    const isLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw refusal(`${name}: ${isLarge ? `unpacks to more than the ${unpacked} bytes that it claims` : "damaged"}`);
  }
  if (whole.length !== unpacked) throw refusal(`${name}: expected ${unpacked} bytes, found ${whole.length}`);
  return whole;
}

function directory(bytes: Buffer, limits: ZipLimits): ZipEntry[] {
  if (bytes.length < 22 || bytes.readUInt16LE(0) !== 0x4b50)
    throw refusal(
      bytes.length >= 8 && bytes.readUInt32BE(0) === 0xd0cf11e0
        ? "an old or encrypted Office file; save it as DOCX without a password"
        : "not a ZIP archive",
    );
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < Math.max(0, bytes.length - 22 - 0xffff) || end + 22 > bytes.length)
    throw refusal("an archive without its directory: truncated?");
  const count = bytes.readUInt16LE(end + 10);
  const size = bytes.readUInt32LE(end + 12);
  let at = bytes.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff) throw refusal("an archive of the kind ZIP64");
  if (count > limits.entries) throw refusal(`${count} files; at most ${limits.entries} are allowed`);
  if (at + size > end) throw refusal("an archive with a damaged directory");
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) throw refusal("an archive with a damaged directory");
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, nameEnd);
    const entry = {
      name,
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    };
    if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw refusal("an encrypted archive");
    if (entry.method !== 0 && entry.method !== 8) throw refusal(`${name}: an unknown compression`);
    if (names.has(name)) throw refusal(`${name} is there twice`);
    names.add(name);
    entries.push(entry);
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

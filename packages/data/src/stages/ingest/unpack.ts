// The bytes of a file, unpacked where its name says so. Owns the bound on what a file may unpack to.

import { createReadStream, statSync } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { LemmaError } from "@lemma/protocol";

/** A packed file may grow so many times, above a gigabyte: text packs 3 to 20 times, logs 200. */
const RATIO = 1000;
const ANYWAY = 1 << 30;

/** What a file of so many bytes may unpack to: a small file must not fill a disk. */
export const mostUnpacked = (packed: number, fileBytes: number): number =>
  Math.min(fileBytes, Math.max(ANYWAY, RATIO * packed));

/** The name without `.gz` or `.zst`. */
export const unpackedName = (name: string): string => name.replace(/\.(?:gz|zst)$/i, "");

/**
 * The bytes of a file, piece by piece.
 * @throws LEMMA_E_FILE: can't be read, damaged, more than `fileBytes`, or RATIO times its own size.
 */
export async function* unpackedBytes(path: string, fileBytes: number): AsyncGenerator<Uint8Array> {
  const unpack = /\.gz$/i.test(path) ? createGunzip() : /\.zst$/i.test(path) ? createZstdDecompress() : undefined;
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const stream = unpack === undefined ? file : pipeline(file, unpack, () => {}); // an error comes out of the stream itself
  const packed = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const most = unpack === undefined ? fileBytes : mostUnpacked(packed, fileBytes);
  let total = 0;
  try {
    for await (const piece of stream) {
      total += (piece as Buffer).length;
      if (total > most)
        throw new LemmaError("LEMMA_E_FILE", { path, problem: `holds more than ${most} bytes, unpacked` });
      yield piece as Buffer;
    }
  } catch (cause) {
    if (LemmaError.isInstance(cause)) throw cause;
    throw new LemmaError("LEMMA_E_FILE", { path, problem: (cause as Error).message }, { cause });
  } finally {
    stream.destroy();
    file.destroy();
  }
}

/** All bytes as one buffer; throws LEMMA_E_FILE where there are more than `most`. */
export async function wholeBytes(bytes: AsyncIterable<Uint8Array>, path: string, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let total = 0;
  for await (const piece of bytes) {
    total += piece.length;
    if (total > most)
      throw new LemmaError("LEMMA_E_FILE", { path, problem: `expected at most ${most} bytes in a document` });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

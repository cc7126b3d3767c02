// Hashes of passages in files: in 4096 buckets by their first bits, each with a number that says which passage of its file it is. Owns the
// layout. A task that takes some buckets reads those only, so what it holds doesn't grow with the corpus.
//
//   All little-endian uint32: 4097 × start of each bucket, and the end; n × 2 hashes (low word, high word); n × number

import { closeSync, openSync, readSync } from "node:fs";
import { LemmaError } from "@lemma/protocol";
import { bytesOf } from "../dedup/pairs.ts";

/** Into how many buckets hashes are put: the most parts of a corpus. */
export const BUCKETS = 4096;

const HEAD = BUCKETS + 1;

const bucketOf = (high: number): number => high >>> 20;

/** Hashes (two words each) with their numbers, those of a bucket in the order in which they came. */
export interface NumberedHashes {
  hashes: Uint32Array;
  numbers: Uint32Array;
}

/** The bytes of a file. */
export function encodeBuckets({ hashes, numbers }: NumberedHashes): Uint8Array {
  const count = numbers.length;
  const words = new Uint32Array(HEAD + 3 * count);
  const next = new Uint32Array(HEAD);
  for (let i = 0; i < count; i++) next[bucketOf(hashes[2 * i + 1]!) + 1]!++;
  for (let bucket = 0; bucket < BUCKETS; bucket++) next[bucket + 1]! += next[bucket]!;
  words.set(next);
  for (let i = 0; i < count; i++) {
    const at = next[bucketOf(hashes[2 * i + 1]!)]!++;
    words[HEAD + 2 * at] = hashes[2 * i]!;
    words[HEAD + 2 * at + 1] = hashes[2 * i + 1]!;
    words[HEAD + 2 * count + at] = numbers[i]!;
  }
  return bytesOf(words);
}

/** Reads the buckets [from, to) of such a file. */
export function readBuckets(path: string, from: number, to: number): NumberedHashes {
  const starts = readWords(path, from, to - from + 1);
  const [start, end] = [starts[0]!, starts.at(-1)!];
  const count = readWords(path, BUCKETS, 1)[0]!;
  return {
    hashes: readWords(path, HEAD + 2 * start, 2 * (end - start)),
    numbers: readWords(path, HEAD + 2 * count + start, end - start),
  };
}

/** Reads so many words of a file from a word on. Throws LEMMA_E_FILE where it is shorter. */
export function readWords(path: string, start: number, count: number): Uint32Array {
  const words = new Uint32Array(count);
  const bytes = bytesOf(words);
  const file = openSync(path, "r");
  try {
    for (let at = 0; at < bytes.length; ) {
      const got = readSync(file, bytes, at, bytes.length - at, 4 * start + at);
      if (got === 0) throw new LemmaError("LEMMA_E_FILE", { path, problem: `it ends at byte ${4 * start + at}` });
      at += got;
    }
  } finally {
    closeSync(file);
  }
  return words;
}

// The phase `bands`: which pairs agree in a band. A task for each band and part of its keys; what equals another document takes no
// part. Owns the buckets.

import { readFileSync } from "node:fs";
import type { OutputFile, Phase } from "../../pipeline/stage.ts";
import { ALL_PAIRS, addBucketPairs } from "./candidates.ts";
import { Corpus } from "./corpus.ts";
import { doubled, KeyTable } from "./key-table.ts";
import { BAND_BYTES, type DedupPlanOptions, partOf, partsFor } from "./options.ts";
import { bytesOf, PairList } from "./pairs.ts";

const partsIn = (documents: number, options: DedupPlanOptions): number => partsFor(documents, BAND_BYTES, options);

/** One bit a document: those that equal another one and go. */
function goingBits(files: readonly OutputFile[], documents: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil(documents / 8));
  for (const { path } of files) {
    const bytes = readFileSync(path);
    for (const document of new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)))
      bits[document >>> 3]! |= 1 << (document & 7);
  }
  return bits;
}

/** Documents of a part of a band, in their order, each with the number of its key. */
interface Keyed {
  documents: Uint32Array;
  keys: Uint32Array;
  /** How many keys there are. */
  size: number;
}

/** The documents that have shingles and a key of this band in this part, without those left out. */
function keyed(
  corpus: Corpus,
  band: number,
  isOut: (document: number) => boolean,
  inPart: (word: number) => boolean,
): Keyed {
  const table = new KeyTable(2);
  let documents = new Uint32Array(1 << 10);
  let keys = new Uint32Array(1 << 10);
  let count = 0;
  for (let file = 0; file < corpus.files; file++) {
    const signs = corpus.signs(file);
    const places = signs.places();
    const words = signs.bandKeys(band);
    const first = corpus.firsts[file]!;
    for (let i = 0; i < signs.documents; i++) {
      if (places[2 * i + 1] === 0 || !inPart(words[2 * i]!) || isOut(first + i)) continue;
      if (count === documents.length) [documents, keys] = [doubled(documents), doubled(keys)];
      documents[count] = first + i;
      keys[count++] = table.numberOf(words, 2 * i);
    }
  }
  return { documents: documents.subarray(0, count), keys: keys.subarray(0, count), size: table.size };
}

/** The documents again, those of equal keys together, still in their order; `starts` has where each key's begin, and the end. */
function byKey({ documents, keys, size }: Keyed): { sorted: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(size + 1);
  for (const key of keys) starts[key + 1]!++;
  for (let key = 0; key < size; key++) starts[key + 1]! += starts[key]!;
  const next = starts.slice();
  const sorted = new Uint32Array(documents.length);
  for (const [i, key] of keys.entries()) sorted[next[key]!++] = documents[i]!;
  return { sorted, starts };
}

export const bands: Phase<DedupPlanOptions> = {
  name: "bands",
  tasks({ plan, files }) {
    if (!plan.options.near) return 0;
    using corpus = new Corpus(files);
    return plan.options.bands * partsIn(corpus.documents, plan.options);
  },
  run({ plan, task, files, put }) {
    using corpus = new Corpus(files);
    const parts = partsIn(corpus.documents, plan.options);
    const [band, part] = [Math.floor(task / parts), task % parts];
    const going = goingBits(files("exact", ".going"), corpus.documents);
    const goes = (document: number): boolean => (going[document >>> 3]! & (1 << (document & 7))) !== 0;
    const { sorted, starts } = byKey(keyed(corpus, band, goes, (word) => partOf(word, parts) === part));
    const sizeOf = (key: number): number => starts[key + 1]! - starts[key]!;
    const large = new Uint8Array(going.length); // a bit for each document of a large bucket
    let hasLarge = false;
    for (let key = 0; key + 1 < starts.length; key++) {
      if (sizeOf(key) <= ALL_PAIRS) continue;
      hasLarge = true;
      for (const document of sorted.subarray(starts[key], starts[key + 1]))
        large[document >>> 3]! |= 1 << (document & 7);
    }
    const isSmall = (document: number): boolean => (large[document >>> 3]! & (1 << (document & 7))) === 0;
    const next = hasLarge ? keyed(corpus, (band + 1) % plan.options.bands, isSmall, () => true) : undefined;
    const pairs = new PairList();
    for (let key = 0; key + 1 < starts.length; key++) {
      if (sizeOf(key) === 1) continue;
      const documents = sorted.subarray(starts[key], starts[key + 1]);
      addBucketPairs(documents, (place) => keyFor(next!, documents[place]!), pairs);
    }
    const found = pairs.sorted();
    put(".pairs", "pairs", bytesOf(found), found.length / 2);
    return { candidate_pairs: found.length / 2 };
  },
};

/** The number of a document's key. */
function keyFor({ documents, keys }: Keyed, document: number): number {
  let [low, high] = [0, documents.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (documents[middle]! < document) low = middle + 1;
    else high = middle;
  }
  return keys[low]!;
}

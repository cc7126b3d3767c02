// The exact Jaccard similarity of two shingle sets. Owns the merge, and the choice between it and the addon's table.

import { dataAddon } from "./native.ts";
import { uniquePairs } from "./pairs.ts";

/** Compares shingles; `prepare` makes of a list, as it stands in its text, what the others take. */
export interface SetComparer {
  prepare(list: Uint32Array<ArrayBuffer>): Uint32Array;
  similarity(a: Uint32Array, b: Uint32Array): number;
  /** Whether the similarity is at least this. */
  reaches(similarity: number, a: Uint32Array, b: Uint32Array): boolean;
}

const sorting: SetComparer = {
  prepare: uniqueSorted,
  similarity: jaccard,
  reaches: (similarity, a, b) => mayReach(similarity, a, b) && jaccard(a, b) >= similarity,
};

/** The fastest that is there; all say the same. `without`: TypeScript whatever is there. */
export function setComparer(without?: "addon"): SetComparer {
  const addon = without === undefined ? dataAddon() : undefined;
  if (addon === undefined) return sorting;
  const similarity = (a: Uint32Array, b: Uint32Array): number =>
    a.length + b.length <= MOST_WORDS
      ? addon.similarity(a, b)
      : jaccard(uniqueSorted(a.slice()), uniqueSorted(b.slice()));
  return { prepare: (list) => list, similarity, reaches: (least, a, b) => similarity(a, b) >= least };
}

/** The addon's table has 16 bytes a slot and up to two slots a word; of longer lists sorting takes less memory. */
const MOST_WORDS = 1 << 21;

/** Sorts in place and leaves each value once. */
export function uniqueSorted(list: Uint32Array<ArrayBuffer>): Uint32Array {
  return uniquePairs(list.byteOffset % 8 === 0 ? list : list.slice()).slice();
}

/**
 * |A ∩ B| / |A ∪ B| of two sorted sets of 64-bit values (low word, high word); 0 where both are empty, since documents without shingles
 * are compared as a whole only.
 */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let [i, j, common] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const high = a[i + 1]! - b[j + 1]!;
    const order = high === 0 ? a[i]! - b[j]! : high;
    if (order === 0) common++;
    if (order <= 0) i += 2;
    if (order >= 0) j += 2;
  }
  const union = (a.length + b.length) / 2 - common;
  return union === 0 ? 0 : common / union;
}

/** True where the sizes of the sets alone allow this similarity: the same division as jaccard's, so that no rounding parts the two. */
export function mayReach(similarity: number, a: Uint32Array, b: Uint32Array): boolean {
  const most = Math.max(a.length, b.length);
  return most > 0 && Math.min(a.length, b.length) / most >= similarity;
}

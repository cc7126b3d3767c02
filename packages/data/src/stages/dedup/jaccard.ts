// The exact Jaccard similarity of two shingle sets. Owns the merge.

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

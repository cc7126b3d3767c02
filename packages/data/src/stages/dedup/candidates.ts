// Which pairs of a bucket (documents with the same key in one band) are compared. Owns the rule that keeps large buckets linear.

import type { PairList } from "./pairs.ts";

/** Up to this many documents, all pairs are compared. */
export const ALL_PAIRS = 16;

/**
 * Adds the pairs of one bucket. A larger one, which would give m² / 2 pairs, is ordered by the next band's key and gives at most 3 for a
 * document: with the first of the bucket, with the first of those that share the next key, and with the one before it there. What is
 * alike shares more than one key, so families inside a bucket of boilerplate stay together, and clusters join what pairs join.
 * @param documents ascending
 * @param nextKey a number for the next band's key of the document at a place in `documents`
 */
export function addBucketPairs(documents: Uint32Array, nextKey: (place: number) => number, pairs: PairList): void {
  const count = documents.length;
  if (count <= ALL_PAIRS) {
    for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) pairs.add(documents[i]!, documents[j]!);
    return;
  }
  const order = new Uint32Array(2 * count); // (place, next key): as 64-bit words sorted by the key, then the place
  for (let place = 0; place < count; place++) {
    order[2 * place] = place;
    order[2 * place + 1] = nextKey(place);
  }
  new BigUint64Array(order.buffer).sort();
  let leader = -1;
  let before = -1;
  let key = -1;
  for (let i = 0; i < order.length; i += 2) {
    const [place, own] = [order[i]!, order[i + 1]!];
    if (own !== key) {
      key = own;
      leader = place;
    } else if (leader !== 0) pairs.add(documents[leader]!, documents[place]!);
    if (before > 0 && before !== leader) pairs.add(documents[before]!, documents[place]!);
    if (place !== 0) pairs.add(documents[0]!, documents[place]!);
    before = place;
  }
}

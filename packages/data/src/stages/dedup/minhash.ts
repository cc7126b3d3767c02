// MinHash signatures and the keys of their bands: the specification that the native kernel follows bit by bit.
//
// Permutation i of 32-bit words is h(x) = a_i · x + b_i modulo 2^32, a_i odd, from sfc32 with the seed (first all a, then all b, stream
// "minhash"). It is applied to the low word of each shingle's hash, which is mixed already; the minimum is taken in the signed order.
// Signature position i belongs to band ⌊i / rows⌋. The key of band j is the fold (shingles.ts) of its minima, each as both words of a
// pair, with the seed 0x42000000 + j.

import { sfc32 } from "../../shards/seeded-shuffle.ts";
import type { Scheme } from "./scheme.ts";
import { fold } from "./shingles.ts";

/** Makes the band keys of documents for one scheme and seed. */
export class MinHasher {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly #bands: number;
  readonly #rows: number;
  readonly #minima: Int32Array;

  constructor({ bands, rows }: Pick<Scheme, "bands" | "rows">, seed: number) {
    const next = sfc32(seed, "minhash");
    this.a = Int32Array.from({ length: bands * rows }, () => next() | 1);
    this.b = Int32Array.from({ length: bands * rows }, () => next() | 0);
    this.#bands = bands;
    this.#rows = rows;
    this.#minima = new Int32Array(bands * rows);
  }

  /** The signature of shingles: valid until the next call. Of none, all positions are 2^31 − 1. */
  signature(shingles: Uint32Array): Int32Array {
    const { a, b } = this;
    const minima = this.#minima.fill(0x7fffffff);
    const count = minima.length;
    for (let s = 0; s < shingles.length; s += 2) {
      const x = shingles[s]! | 0;
      for (let i = 0; i < count; i++) {
        const value = (Math.imul(a[i]!, x) + b[i]!) | 0;
        if (value < minima[i]!) minima[i] = value;
      }
    }
    return minima;
  }

  /** The keys of all bands, two 32-bit words each. */
  bandKeys(shingles: Uint32Array): Uint32Array {
    const minima = this.signature(shingles);
    const keys = new Uint32Array(2 * this.#bands);
    for (let band = 0; band < this.#bands; band++)
      fold(0x42000000 + band, { a: minima, b: minima }, band * this.#rows, this.#rows, keys, 2 * band);
    return keys;
  }
}

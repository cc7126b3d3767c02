// Hashes of runs of tokens. Owns the hash: 64 bits as two polynomials mod 2^32 over hashed tokens, kept as sums from the text's start, so
// that any run's hash costs two multiplications (Karp and Rabin, 1987). With 10^12 runs looked up among 10^6 the chance of one false
// hit is about 10^18/2^64, 5 %.

import { forEachToken } from "./normal-tokens.ts";

const BASE_LOW = 0x9e3779b1;
const BASE_HIGH = 0x85ebca6b;

/** The tokens of a text as hashes. `low[i]` and `high[i]` are the sums over the first i tokens. */
export class TokenHashes {
  count = 0;
  low = new Uint32Array(257);
  high = new Uint32Array(257);

  constructor(text: string) {
    forEachToken(text, (token) => this.#push(token));
  }

  #push(token: string): void {
    let a = 0x811c9dc5;
    let b = 0x9747b28c;
    for (let i = 0; i < token.length; i++) {
      const code = token.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x5bd1e995);
      b ^= b >>> 15;
    }
    const at = this.count++;
    if (at + 1 >= this.low.length) {
      this.low = grown(this.low);
      this.high = grown(this.high);
    }
    this.low[at + 1] = Math.imul(this.low[at]!, BASE_LOW) + mixed(a);
    this.high[at + 1] = Math.imul(this.high[at]!, BASE_HIGH) + mixed(b);
  }

  /** A reader of runs of one length: `low(i)` and `high(i)` are the hash of the `length` tokens from i. */
  runs(length: number): { low(at: number): number; high(at: number): number } {
    const [powerLow, powerHigh] = [power(BASE_LOW, length), power(BASE_HIGH, length)];
    const { low, high } = this;
    return {
      low: (at) => (low[at + length]! - Math.imul(low[at]!, powerLow)) >>> 0,
      high: (at) => (high[at + length]! - Math.imul(high[at]!, powerHigh)) >>> 0,
    };
  }
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** The last mixing of MurmurHash3 (A. Appleby): every bit of a token moves every bit of its hash. */
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function power(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result = Math.imul(result, base);
  return result;
}

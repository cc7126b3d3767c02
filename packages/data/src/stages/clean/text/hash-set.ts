// Counts of hashed texts in typed arrays: the filters count millions of lines and n-grams in a few bytes each. Two 32-bit hashes tell
// texts apart: with a million texts, two are taken for one with a chance of 3e-8.

/** Counts by a pair of hashes. Open addressing, at most half full. */
export class HashCounts {
  #mask: number;
  #keys: Uint32Array;
  #counts: Uint32Array;
  #size = 0;

  /** @param expected about how many keys there will be; it grows. */
  constructor(expected = 16) {
    const slots = 1 << Math.max(4, Math.ceil(Math.log2(expected * 2 + 1)));
    this.#mask = slots - 1;
    this.#keys = new Uint32Array(slots * 2);
    this.#counts = new Uint32Array(slots);
  }

  /** Counts the key once more and returns how often it was counted, this time included. */
  add(high: number, low: number): number {
    if (this.#size * 2 > this.#mask) this.#grow();
    const slot = this.#slot(high >>> 0, low >>> 0);
    if (this.#counts[slot] === 0) {
      this.#size++;
      this.#keys[slot * 2] = high;
      this.#keys[slot * 2 + 1] = low;
    }
    return ++this.#counts[slot]!;
  }

  #slot(high: number, low: number): number {
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & this.#mask;
    while (this.#counts[slot] !== 0 && (this.#keys[slot * 2] !== high || this.#keys[slot * 2 + 1] !== low))
      slot = (slot + 1) & this.#mask;
    return slot;
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts];
    this.#mask = this.#mask * 2 + 1;
    this.#keys = new Uint32Array(keys.length * 2);
    this.#counts = new Uint32Array(counts.length * 2);
    for (const [old, count] of counts.entries()) {
      if (count === 0) continue;
      const slot = this.#slot(keys[old * 2]!, keys[old * 2 + 1]!);
      this.#keys.set(keys.subarray(old * 2, old * 2 + 2), slot * 2);
      this.#counts[slot] = count;
    }
  }
}

/** Two multipliers for `hashOf`: FNV's prime, and MurmurHash2's. */
export const FIRST = 0x01000193;
export const SECOND = 0x5bd1e995;

/** A 32-bit hash of a part of a text: FNV-1a's recurrence over UTF-16 units, then the finalizer of MurmurHash3. */
export function hashOf(text: string, start: number, end: number, multiplier: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), multiplier);
  return mix(hash);
}

/** The finalizer of MurmurHash3. */
export function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** How many texts came before among those given, and their characters. */
export class Repeated {
  readonly #seen = new HashCounts();
  /** All texts given; those seen before; the characters of those. */
  total = 0;
  repeats = 0;
  characters = 0;

  add(text: string): void {
    this.total++;
    if (this.#seen.add(hashOf(text, 0, text.length, FIRST), hashOf(text, 0, text.length, SECOND)) === 1) return;
    this.repeats++;
    this.characters += text.length;
  }
}

// A table from 64-bit hashes to 32-bit numbers, in arrays that a file can hold. Owns the layout: open addressing, at most half full.

/** Keys as pairs of uint32; values 0 to 2^32 - 2. */
export class HashTable {
  readonly keys: Uint32Array;
  /** The value plus 1; 0 where the place is free. */
  readonly values: Uint32Array;
  readonly #mask: number;

  private constructor(keys: Uint32Array, values: Uint32Array) {
    this.keys = keys;
    this.values = values;
    this.#mask = values.length - 1;
  }

  /** An empty table with room for `entries`. */
  static for(entries: number): HashTable {
    let places = 16;
    while (places < entries * 2) places *= 2;
    return new HashTable(new Uint32Array(places * 2), new Uint32Array(places));
  }

  /** A table from its arrays. */
  static from(keys: Uint32Array, values: Uint32Array): HashTable {
    return new HashTable(keys, values);
  }

  #place(low: number, high: number): number {
    const spread = Math.imul(low ^ (high >>> 15), 0x2c1b3c6d);
    let at = (spread ^ (spread >>> 15)) & this.#mask;
    while (this.values[at] !== 0 && (this.keys[at * 2] !== low || this.keys[at * 2 + 1] !== high))
      at = (at + 1) & this.#mask;
    return at;
  }

  /** The value of a key; undefined where there is none. */
  get(low: number, high: number): number | undefined {
    const value = this.values[this.#place(low, high)]!;
    return value === 0 ? undefined : value - 1;
  }

  set(low: number, high: number, value: number): void {
    const at = this.#place(low, high);
    this.keys[at * 2] = low;
    this.keys[at * 2 + 1] = high;
    this.values[at] = value + 1;
  }
}

// Numbers for keys, in the order in which they are first seen. Owns an open-addressing table over typed arrays: a Map of strings or
// BigInts takes ten times the memory. Keys are hashes, so their last word is the place to look first.

/** Numbers keys of `width` 32-bit words each. */
export class KeyTable {
  /** How many different keys there are. */
  size = 0;
  readonly #width: number;
  #keys: Uint32Array;
  #slots: Uint32Array;

  constructor(width: number) {
    this.#width = width;
    this.#keys = new Uint32Array(width << 10);
    this.#slots = new Uint32Array(1 << 11);
  }

  /** The number of the key that stands in `words` at `at`, a new one where it was not seen before. */
  numberOf(words: Uint32Array, at: number): number {
    const mask = this.#slots.length - 1;
    let slot = words[at + this.#width - 1]! & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]! - 1;
      if (this.#isKey(number, words, at)) return number;
    }
    const number = this.size++;
    this.#slots[slot] = this.size;
    if (this.size * this.#width > this.#keys.length) this.#keys = doubled(this.#keys);
    for (let i = 0; i < this.#width; i++) this.#keys[number * this.#width + i] = words[at + i]!;
    if (2 * this.size > this.#slots.length) this.#grow();
    return number;
  }

  #isKey(number: number, words: Uint32Array, at: number): boolean {
    for (let i = 0; i < this.#width; i++) if (this.#keys[number * this.#width + i] !== words[at + i]) return false;
    return true;
  }

  #grow(): void {
    const slots = new Uint32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < this.size; number++) {
      let slot = this.#keys[(number + 1) * this.#width - 1]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

/** The same words in an array of twice the length. */
export function doubled(words: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * words.length);
  larger.set(words);
  return larger;
}

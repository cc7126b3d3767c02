// Pairs of documents in files: sorted, each once. Owns the layout (64-bit words, the first document in the high half) and reading a
// range of first documents.

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { doubled } from "./key-table.ts";

/** Pairs in memory, 8 bytes each. */
export class PairList {
  #words = new Uint32Array(1 << 12);
  #count = 0;

  get length(): number {
    return this.#count;
  }

  /** Adds a pair; of two documents the smaller number comes first. */
  add(a: number, b: number): void {
    if (2 * this.#count === this.#words.length) this.#words = doubled(this.#words);
    this.#words[2 * this.#count] = Math.max(a, b);
    this.#words[2 * this.#count + 1] = Math.min(a, b);
    this.#count++;
  }

  /** The pairs as words (second document, first document), sorted by the first, then the second, each once. */
  sorted(): Uint32Array {
    return uniquePairs(this.#words.slice(0, 2 * this.#count));
  }
}

/** Sorts pairs in place and leaves each once. */
export function uniquePairs(words: Uint32Array): Uint32Array {
  new BigUint64Array(words.buffer, words.byteOffset, words.length / 2).sort();
  let end = 0;
  for (let i = 0; i < words.length; i += 2) {
    if (end > 0 && words[i] === words[end - 2] && words[i + 1] === words[end - 1]) continue;
    words[end] = words[i]!;
    words[end + 1] = words[i + 1]!;
    end += 2;
  }
  return words.subarray(0, end);
}

/** Bytes of words. */
export const bytesOf = (words: Uint32Array): Uint8Array =>
  new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

/** Reads ranges of a file of pairs. Dispose of it at the end. */
export class PairsFile implements Disposable {
  readonly #file: number;
  readonly #pairs: number;

  constructor(path: string) {
    this.#file = openSync(path, "r");
    this.#pairs = fstatSync(this.#file).size / 8;
  }

  /** The pairs whose first document is in [from, to), as words (second, first). */
  range(from: number, to: number): Uint32Array {
    const start = this.#lowerBound(from);
    return this.#read(start, this.#lowerBound(to) - start);
  }

  #lowerBound(first: number): number {
    let [low, high] = [0, this.#pairs];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#read(middle, 1)[1]! < first) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #read(start: number, count: number): Uint32Array {
    const words = new Uint32Array(2 * count);
    const bytes = bytesOf(words);
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(this.#file, bytes, at, bytes.length - at, 8 * start + at);
      if (read === 0) throw new Error(`a file of pairs ends at ${8 * start + at}`);
      at += read;
    }
    return words;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}

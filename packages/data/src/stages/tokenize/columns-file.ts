// Tokens between the phases of `tokenize`: one file a task, read by places. Owns its layout.
//
//   NumPy arrays one after another would need reading whole; here a head says where each document's tokens stand:
//   uint32 documents, then for each: uint32 tokens, uint32 learned, uint32 the document's number in its input,
//   float32 what its tokens count in the loss; then all tokens, uint32.

import { closeSync, openSync, readSync } from "node:fs";
import { LemmaError } from "@lemma/protocol";

/** One training document before it has its place in a shard. */
export interface EncodedDocument {
  tokens: ArrayLike<number>;
  learned: number;
  /** The number of its document in the input file. */
  number: number;
  /** What its learned tokens count in the loss; 1 where left out. */
  weight?: number;
}

/** The file of some documents. */
export function encodeColumns(documents: readonly EncodedDocument[]): Uint8Array {
  const total = documents.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const words = new Uint32Array(1 + 4 * documents.length + total);
  words[0] = documents.length;
  const weights = new Float32Array(words.buffer);
  let at = 1 + 4 * documents.length;
  for (const [i, { tokens, learned, number, weight = 1 }] of documents.entries()) {
    words.set([tokens.length, learned, number], 1 + 4 * i);
    weights[4 + 4 * i] = weight;
    words.set(tokens, at);
    at += tokens.length;
  }
  return new Uint8Array(words.buffer);
}

/** Reads documents of such a file by their numbers. Close it at the end. */
export class ColumnsFile implements Disposable {
  /** How many documents it holds, and the tokens of each. */
  readonly lengths: Uint32Array;
  readonly #path: string;
  readonly #file: number;
  readonly #head: Uint32Array;
  readonly #starts: Float64Array;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, "r");
    const count = this.#words(0, 1)[0]!;
    this.#head = this.#words(1, 4 * count);
    this.lengths = Uint32Array.from({ length: count }, (_, i) => this.#head[4 * i]!);
    this.#starts = new Float64Array(count);
    let at = 1 + 4 * count;
    for (let i = 0; i < count; i++) {
      this.#starts[i] = at;
      at += this.lengths[i]!;
    }
  }

  /** Document `i` of the file. */
  document(i: number): EncodedDocument {
    const [length, learned, number] = this.#head.subarray(4 * i, 4 * i + 3) as unknown as [number, number, number];
    const weight = new Float32Array(this.#head.buffer)[4 * i + 3]!;
    return { tokens: this.#words(this.#starts[i]!, length), learned, number, ...(weight === 1 ? {} : { weight }) };
  }

  #words(start: number, count: number): Uint32Array {
    const words = new Uint32Array(count);
    const read = readSync(this.#file, new Uint8Array(words.buffer), 0, 4 * count, 4 * start);
    if (read !== 4 * count)
      throw new LemmaError("LEMMA_E_FILE", { path: this.#path, problem: `expected ${4 * count} bytes, found ${read}` });
    return words;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}

// What the phase `sign` leaves of each input file: keys and lengths of its documents. Owns the layout.
//
//   All little-endian uint32; n documents, p files of shingles, e bytes of ids:
//   n, bands, p, e
//   p × first      the first document of each file of shingles
//   n × length     of the document's text, in UTF-16 units
//   n × 2          where its shingles start in their file, counted in shingles, and how many there are
//   n × 4          the first 16 bytes of SHA-256 over its exact form
//   bands × n × 2  the key of each band, a band after another
//   n × end        where its id ends, in bytes; then all ids, UTF-8

import { closeSync, openSync, readSync } from "node:fs";
import { LemmaError } from "@lemma/protocol";

/** One document for the file. */
export interface SignedDocument {
  id: string;
  length: number;
  /** 4 words. */
  exact: Uint32Array;
  /** Two words a band. */
  bandKeys: Uint32Array;
  /** Where its shingles start in their file, and how many there are. */
  start: number;
  shingles: number;
}

/** The bytes of a file. `firsts`: the first document of each file of shingles. */
export function encodeSigns(documents: readonly SignedDocument[], bands: number, firsts: readonly number[]): Buffer {
  const n = documents.length;
  const ids = Buffer.from(documents.map(({ id }) => id).join(""), "utf8");
  const words = new Uint32Array(4 + firsts.length + n * (8 + 2 * bands));
  words.set([n, bands, firsts.length, ids.length, ...firsts]);
  const lengths = 4 + firsts.length;
  let idEnd = 0;
  for (const [i, { id, length, exact, bandKeys, start, shingles }] of documents.entries()) {
    words[lengths + i] = length;
    words.set([start, shingles], lengths + n + 2 * i);
    words.set(exact, lengths + 3 * n + 4 * i);
    for (let band = 0; band < bands; band++)
      words.set(bandKeys.subarray(2 * band, 2 * band + 2), lengths + 7 * n + 2 * (band * n + i));
    idEnd += Buffer.byteLength(id);
    words[lengths + 7 * n + 2 * bands * n + i] = idEnd;
  }
  return Buffer.concat([Buffer.from(words.buffer), ids]);
}

/** Reads such a file column by column. Dispose of it at the end. */
export class SignFile implements Disposable {
  readonly documents: number;
  /** The first document of each file of shingles. */
  readonly firsts: Uint32Array;
  readonly #path: string;
  readonly #file: number;
  readonly #bands: number;
  readonly #columns: number;
  #places: Uint32Array | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, "r");
    const [n, bands, parts] = this.#words(0, 4) as unknown as [number, number, number];
    this.documents = n;
    this.#bands = bands;
    this.firsts = this.#words(4, parts);
    this.#columns = 4 + parts;
  }

  /** The length of each document's text. */
  lengths(): Uint32Array {
    return this.#words(this.#columns, this.documents);
  }

  /** Of each document where its shingles start, and how many there are. */
  places(): Uint32Array {
    return this.#words(this.#columns + this.documents, 2 * this.documents);
  }

  /** The same of one document; the column is kept, since who asks once asks often. */
  place(i: number): [start: number, shingles: number] {
    this.#places ??= this.places();
    return [this.#places[2 * i]!, this.#places[2 * i + 1]!];
  }

  /** The exact keys, 4 words a document. */
  exactKeys(): Uint32Array {
    return this.#words(this.#columns + 3 * this.documents, 4 * this.documents);
  }

  /** The exact key of one document. */
  exactKey(i: number): Uint32Array {
    return this.#words(this.#columns + 3 * this.documents + 4 * i, 4);
  }

  /** The keys of a band, 2 words a document. */
  bandKeys(band: number): Uint32Array {
    return this.#words(this.#columns + (7 + 2 * band) * this.documents, 2 * this.documents);
  }

  id(i: number): string {
    const ends = this.#columns + (7 + 2 * this.#bands) * this.documents;
    const [start, end] =
      i === 0 ? [0, this.#words(ends, 1)[0]!] : (this.#words(ends + i - 1, 2) as unknown as [number, number]);
    return Buffer.from(this.#bytes(4 * (ends + this.documents) + start, end - start)).toString("utf8");
  }

  #words(start: number, count: number): Uint32Array {
    return new Uint32Array(this.#bytes(4 * start, 4 * count).buffer);
  }

  #bytes(start: number, count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    const read = count === 0 ? 0 : readSync(this.#file, bytes, 0, count, start);
    if (read !== count)
      throw new LemmaError("LEMMA_E_FILE", {
        path: this.#path,
        problem: `expected ${count} bytes at ${start}, found ${read}`,
      });
    return bytes;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}

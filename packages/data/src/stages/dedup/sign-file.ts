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

/** Signed documents, a column of each. */
export interface SignedColumns {
  /** UTF-8, one behind another. */
  ids: Uint8Array;
  /** Where each id ends, in bytes. */
  idEnds: Uint32Array;
  lengths: Uint32Array;
  /** 4 words each. */
  exact: Uint32Array;
  /** Two words a band, document after document; empty where only equal texts are looked for. */
  bandKeys: Uint32Array;
  /** Of each document where its shingles start in their file, counted in shingles, and how many there are. */
  places: Uint32Array;
}

/** The bytes of a file. `firsts`: the first document of each file of shingles. */
export function encodeSigns(columns: SignedColumns, firsts: readonly number[]): Buffer {
  const { ids, idEnds, lengths, exact, bandKeys, places } = columns;
  const n = lengths.length;
  const bands = n === 0 ? 0 : bandKeys.length / (2 * n);
  const words = new Uint32Array(4 + firsts.length + n * (8 + 2 * bands));
  words.set([n, bands, firsts.length, ids.length, ...firsts]);
  let at = 4 + firsts.length;
  for (const column of [lengths, places, exact]) {
    words.set(column, at);
    at += column.length;
  }
  for (let band = 0; band < bands; band++)
    for (let i = 2 * band; i < bandKeys.length; i += 2 * bands) {
      words[at++] = bandKeys[i]!;
      words[at++] = bandKeys[i + 1]!;
    }
  words.set(idEnds, at);
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

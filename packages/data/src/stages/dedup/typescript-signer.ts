// Signs documents in TypeScript: what the native kernel must give, bit by bit, and what runs where there is none.

import { createHash } from "node:crypto";
import type { DataDocument } from "../../documents/document.ts";
import { MinHasher } from "./minhash.ts";
import { exactForm, normalForm } from "./normal-form.ts";
import { shingles } from "./shingles.ts";
import type { SignedColumns } from "./sign-file.ts";
import type { Signer, SignOptions } from "./signer.ts";

const NEWLINE = 10;

/** The first 16 bytes of SHA-256 over the exact form in UTF-16, as 4 words. */
function exactKey(exact: string): number[] {
  const digest = createHash("sha256").update(Buffer.from(exact, "utf16le")).digest();
  return [0, 4, 8, 12].map((at) => digest.readUInt32LE(at));
}

export class TypeScriptSigner implements Signer {
  readonly kernel = "typescript";
  readonly #options: SignOptions;
  readonly #hasher: MinHasher;
  readonly #noKeys: Uint32Array;
  readonly #ids: string[] = [];
  readonly #lengths: number[] = [];
  readonly #exact: number[] = [];
  readonly #keys: Uint32Array[] = [];
  readonly #places: number[] = [];
  #held: Uint32Array[] = [];
  #words = 0;

  constructor(options: SignOptions) {
    this.#options = options;
    this.#hasher = new MinHasher(options, options.seed);
    this.#noKeys = new Uint32Array(2 * options.bands);
  }

  get documents(): number {
    return this.#ids.length;
  }

  lines(bytes: Uint8Array, at: number, limit: number): number {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    while (at < buffer.length && this.#words < limit) {
      const newline = buffer.indexOf(NEWLINE, at);
      const end = newline < 0 ? buffer.length : newline;
      const { id, text } = JSON.parse(buffer.toString("utf8", at, end)) as DataDocument;
      this.text(id, text);
      at = end + 1;
    }
    return Math.min(at, buffer.length);
  }

  text(id: string, text: string): void {
    const { near } = this.#options;
    const normal = normalForm(text);
    const own = near ? shingles(normal, this.#options) : new Uint32Array();
    this.#ids.push(id);
    this.#lengths.push(text.length);
    this.#exact.push(...exactKey(exactForm(normal)));
    if (near) this.#keys.push(own.length === 0 ? this.#noKeys : this.#hasher.bandKeys(own));
    this.#places.push(this.#words / 2, own.length / 2);
    this.#held.push(own);
    this.#words += own.length;
  }

  takeShingles(): Uint32Array<ArrayBuffer> {
    const all = joined(this.#held, this.#words);
    this.#held = [];
    this.#words = 0;
    return all;
  }

  [Symbol.dispose](): void {}

  columns(): SignedColumns {
    const idEnds = new Uint32Array(this.#ids.length);
    let end = 0;
    for (const [i, id] of this.#ids.entries()) {
      end += Buffer.byteLength(id);
      idEnds[i] = end;
    }
    return {
      ids: Buffer.from(this.#ids.join(""), "utf8"),
      idEnds,
      lengths: Uint32Array.from(this.#lengths),
      exact: Uint32Array.from(this.#exact),
      bandKeys: joined(
        this.#keys,
        this.#keys.reduce((sum, { length }) => sum + length, 0),
      ),
      places: Uint32Array.from(this.#places),
    };
  }
}

function joined(pieces: readonly Uint32Array[], words: number): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(words);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

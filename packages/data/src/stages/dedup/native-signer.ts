// Signs documents by the addon. Owns what it leaves to TypeScript: lines that are not as the pipeline writes them, and texts whose normal
// form takes more than a table (composed marks, final sigma, …), which the runtime normalises and the addon then signs.

import type { DataDocument } from "../../documents/document.ts";
import { characterTable } from "./character-table.ts";
import { MinHasher } from "./minhash.ts";
import { type DataAddon, type NativeSigner, STOP } from "./native.ts";
import { normalForm } from "./normal-form.ts";
import type { SignedColumns } from "./sign-file.ts";
import type { Signer, SignOptions } from "./signer.ts";

const NEWLINE = 10;

/** A signer with more words of shingles (16 MiB) is not kept: later phases need the memory. */
const MOST_SPARE = 1 << 22;
let spare: NativeFileSigner | undefined;

export class NativeFileSigner implements Signer {
  readonly #native: NativeSigner;
  readonly #key: string;
  #shingles = new Uint32Array();

  /** The signer of these options that was disposed of last, else a new one: fresh memory costs as much as signing. */
  static of(addon: DataAddon, options: SignOptions): NativeFileSigner {
    const found = spare;
    spare = undefined;
    return found !== undefined && found.#key === JSON.stringify(options) ? found : new NativeFileSigner(addon, options);
  }

  constructor(addon: DataAddon, options: SignOptions, isa?: string) {
    const { near, unit, size, bands, rows, seed } = options;
    this.#key = isa === undefined ? JSON.stringify(options) : "";
    const { a, b } = new MinHasher({ bands, rows }, seed);
    const set = isa === undefined ? {} : { isa };
    this.#native = new addon.Signer({
      near,
      words: unit === "words",
      size,
      bands,
      rows,
      a,
      b,
      ...characterTable(),
      ...set,
    });
  }

  get kernel(): string {
    return this.#native.isa;
  }

  get documents(): number {
    return this.#native.documents();
  }

  lines(bytes: Uint8Array, at: number, limit: number): number {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (;;) {
      const [next, stop] = this.#native.lines(bytes, at, limit);
      if (stop !== STOP.line) return next;
      const newline = buffer.indexOf(NEWLINE, next);
      const end = newline < 0 ? buffer.length : newline;
      const { id, text } = JSON.parse(buffer.toString("utf8", next, end)) as DataDocument;
      this.#native.normal(id, text.length, normalForm(text));
      at = Math.min(end + 1, buffer.length);
    }
  }

  text(id: string, text: string): void {
    if (!this.#native.text(id, text)) this.#native.normal(id, text.length, normalForm(text));
  }

  takeShingles(): Uint32Array<ArrayBuffer> {
    const words = this.#native.shingles();
    if (this.#shingles.length < words) this.#shingles = new Uint32Array(words);
    this.#native.shingles(this.#shingles);
    return this.#shingles.subarray(0, words);
  }

  columns(): SignedColumns {
    return this.#native.columns();
  }

  [Symbol.dispose](): void {
    if (this.#shingles.length > MOST_SPARE) return;
    this.#native.reset();
    spare = this;
  }
}

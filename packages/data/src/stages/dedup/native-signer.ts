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

export class NativeFileSigner implements Signer {
  readonly #native: NativeSigner;

  constructor(addon: DataAddon, { near, unit, size, bands, rows, seed }: SignOptions, isa?: string) {
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

  takeShingles(): Uint32Array {
    return this.#native.shingles();
  }

  columns(): SignedColumns {
    return this.#native.columns();
  }
}

// Signs the documents of a file: all that the stage compares them by. Owns the interface and the choice; typescript-signer.ts is the
// specification, native-signer.ts the same by the addon, bit by bit.

import { LemmaError } from "@lemma/protocol";
import { dataAddon } from "./native.ts";
import { NativeFileSigner } from "./native-signer.ts";
import type { DedupPlanOptions } from "./options.ts";
import type { SignedColumns } from "./sign-file.ts";
import { TypeScriptSigner } from "./typescript-signer.ts";

/** What decides a signature. */
export type SignOptions = Pick<DedupPlanOptions, "near" | "unit" | "size" | "bands" | "rows" | "seed">;

/** Collects signatures, document after document. Dispose of it at the end: the next one of the same options may take over its memory. */
export interface Signer extends Disposable {
  /** What computes: `typescript`, or the addon's instruction set. */
  readonly kernel: string;
  /** How many documents are signed. */
  readonly documents: number;
  /**
   * Signs the documents of JSONL from byte `at` on, until the end or until about `limit` words of shingles are there; returns where the
   * next document begins. Throws what JSON.parse throws.
   */
  lines(bytes: Uint8Array, at: number, limit: number): number;
  /** Signs one text. */
  text(id: string, text: string): void;
  /** The shingles since the last call, as they stand in the texts: two words each. They stand there until the next call. */
  takeShingles(): Uint32Array<ArrayBuffer>;
  /** All documents so far. */
  columns(): SignedColumns;
}

/** The fastest signer that is there. `without`: TypeScript whatever is there. */
export function makeSigner(options: SignOptions, without?: "addon"): Signer {
  const addon = without === undefined ? dataAddon() : undefined;
  return addon === undefined ? new TypeScriptSigner(options) : NativeFileSigner.of(addon, options);
}

/**
 * Signs the next documents of a file of documents; see `Signer.lines`.
 * @throws LEMMA_E_DATA (a line that is not JSON)
 */
export function signNext(path: string, signer: Signer, bytes: Uint8Array, at: number, limit: number): number {
  try {
    return signer.lines(bytes, at, limit);
  } catch (cause) {
    const problem = (cause as Error).message;
    throw new LemmaError("LEMMA_E_DATA", { path, line: signer.documents + 1, problem }, { cause });
  }
}

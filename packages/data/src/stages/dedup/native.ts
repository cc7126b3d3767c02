// The addon with the kernels, as TypeScript sees it: types of build/lemma-data.node, loaded at first use. Owns no logic. Where it was not
// built everything runs all the same, on the TypeScript that specifies it.

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** Why `lines` stopped: at the end, where the shingles are enough, before a line for TypeScript. */
export const STOP = { end: 0, full: 1, line: 2 } as const;

/** What `native/signer.h` documents. */
export interface NativeSigner {
  /** The instruction set of the loops: sse2, avx2, avx512, neon. */
  readonly isa: string;
  lines(bytes: Uint8Array, at: number, limit: number): [at: number, stop: number];
  text(id: string, text: string): boolean;
  normal(id: string, length: number, normal: string): void;
  documents(): number;
  /** How many words of shingles there are; with `into` they are copied there and forgotten. */
  shingles(into?: Uint32Array): number;
  /** Forgets all documents and keeps the memory. */
  reset(): void;
  columns(): NativeColumns;
}

/** A column of each of all documents so far, in their order. */
export interface NativeColumns {
  ids: Uint8Array;
  idEnds: Uint32Array;
  lengths: Uint32Array;
  exact: Uint32Array;
  bandKeys: Uint32Array;
  places: Uint32Array;
}

export interface NativeSignerOptions {
  near: boolean;
  words: boolean;
  size: number;
  bands: number;
  rows: number;
  a: Int32Array;
  b: Int32Array;
  flags: Uint8Array;
  lowerCase: Uint16Array;
  /** For tests: another instruction set than the best. */
  isa?: string;
}

export interface DataAddon {
  Signer: new (options: NativeSignerOptions) => NativeSigner;
  /** The Jaccard similarity of two lists of hashes, two words each, taken as sets. */
  similarity(a: Uint32Array, b: Uint32Array): number;
}

let loaded: DataAddon | null | undefined;

/** The addon of this process; undefined where it was not built, or `LEMMA_DATA_NATIVE=0` says to do without. */
export function dataAddon(): DataAddon | undefined {
  if (loaded !== undefined) return loaded ?? undefined;
  loaded = null;
  if (process.env.LEMMA_DATA_NATIVE === "0") return undefined;
  try {
    loaded = createRequire(import.meta.url)(fileURLToPath(new URL(PLACE, import.meta.url))) as DataAddon;
  } catch {
    // not built, or for another machine
  }
  return loaded ?? undefined;
}

/** From src/stages/dedup/ in the repository, from dist/stages/dedup/ in the package. */
const PLACE = "../../../build/lemma-data.node";

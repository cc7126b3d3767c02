// Finds documents of a file by a piece of their JSON. Owns reading no more than it must: a file is unpacked (its size is bounded by the
// pipeline), searched as bytes, and only lines that hold the piece are parsed.

import { readFileSync } from "node:fs";
import { zstdDecompressSync } from "node:zlib";
import { LemmaError } from "@lemma/protocol";
import type { DataDocument } from "../documents/document.ts";
import { MOST_BYTES } from "../documents/document-file.ts";

const NEWLINE = 10;

/**
 * The documents whose line holds `piece`, with their numbers in the file (from 0).
 * @throws LEMMA_E_FILE (not there, damaged).
 */
export function* findDocuments(path: string, piece: string): Generator<{ number: number; document: DataDocument }> {
  let bytes: Buffer;
  try {
    bytes = zstdDecompressSync(readFileSync(path), { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw new LemmaError("LEMMA_E_FILE", { path, problem: (cause as Error).message }, { cause });
  }
  let number = 0;
  let counted = 0;
  for (let hit = bytes.indexOf(piece); hit >= 0; ) {
    for (let at = bytes.indexOf(NEWLINE, counted); at >= 0 && at < hit; at = bytes.indexOf(NEWLINE, counted)) {
      number++;
      counted = at + 1;
    }
    const end = bytes.indexOf(NEWLINE, hit);
    const stop = end < 0 ? bytes.length : end;
    yield { number, document: JSON.parse(bytes.toString("utf8", counted, stop)) as DataDocument };
    hit = bytes.indexOf(piece, stop);
  }
}

// Files of documents between stages: JSONL, zstd, whole or not there. Owns encoding and bounds. Readers of people's files are
// the business of the stage `ingest`: these files are the pipeline's own, and small by construction (FILE_TEXT).

import { readFileSync } from "node:fs";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { LemmaError } from "@lemma/protocol";
import type { DataDocument } from "./document.ts";

/** About how much text a file of documents holds, in UTF-16 units; one document more may stand in it. */
export const FILE_TEXT = 1 << 25;

/** A file that unpacks to more than this is not one of ours. */
export const MOST_BYTES = 1 << 30;

/** The records of a file as bytes: one JSON object a line, compressed. */
export function encodeRecords(records: Iterable<unknown>): Buffer {
  let text = "";
  for (const record of records) text += `${JSON.stringify(record)}\n`;
  return zstdCompressSync(text);
}

/**
 * The lines of a file of records, as they stand there.
 * @throws LEMMA_E_FILE (not there, damaged).
 */
export function readDocumentBytes(path: string): Buffer {
  try {
    return zstdDecompressSync(readFileSync(path), { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw new LemmaError("LEMMA_E_FILE", { path, problem: (cause as Error).message }, { cause });
  }
}

const NEWLINE = 10;

/** The lines of a file of records one by one, each without its end; they share the file's memory. */
export function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, at);
    const end = newline < 0 ? bytes.length : newline;
    yield bytes.subarray(at, end);
    at = end + 1;
  }
}

/** Lines that came from such files as a file: what `encodeRecords` makes of their records. */
export function encodeLines(lines: readonly Uint8Array[]): Buffer {
  const all = Buffer.allocUnsafe(lines.reduce((sum, { length }) => sum + length + 1, 0));
  let at = 0;
  for (const line of lines) {
    all.set(line, at);
    at += line.length;
    all[at++] = NEWLINE;
  }
  return zstdCompressSync(all);
}

/**
 * Reads a file of records written by a stage.
 * @throws LEMMA_E_FILE (not there, damaged), LEMMA_E_DATA (a line that is not JSON).
 */
export function readRecords<T>(path: string): T[] {
  const text = readDocumentBytes(path).toString("utf8");
  const records: T[] = [];
  let line = 1;
  for (let at = 0; at < text.length; line++) {
    const end = text.indexOf("\n", at);
    try {
      records.push(JSON.parse(text.slice(at, end < 0 ? text.length : end)) as T);
    } catch (cause) {
      throw new LemmaError("LEMMA_E_DATA", { path, line, problem: (cause as Error).message }, { cause });
    }
    at = end < 0 ? text.length : end + 1;
  }
  return records;
}

/** The documents of a file. */
export const readDocuments = (path: string): DataDocument[] => readRecords<DataDocument>(path);

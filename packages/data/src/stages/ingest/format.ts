// What a reader of people's files is. Owns the interface and the bounds that keep a hostile file from taking the machine along.

import type { Message } from "@lemma/protocol";
import type { DocumentSource, Json } from "../../documents/document.ts";

/** A text found in a file; ingest makes a document of it. */
export interface FoundText {
  text: string;
  messages?: Message[];
  /** Its place in the file; `index` where left out is the number of texts before it. */
  place?: Partial<Pick<DocumentSource, "index" | "page" | "start" | "end">>;
  fields?: { [name: string]: Json };
}

/** A part of a file that was left out, and why; the rest of the file is read on. */
export interface Refused {
  problem: string;
  /** Where in the file: a line, a page, a row. */
  where?: string;
}

/** Bounds on one file. */
export interface FormatLimits {
  /** Bytes of one document (a line, a page, a row), unpacked. */
  documentBytes: number;
  /** Bytes of the whole file, unpacked. */
  fileBytes: number;
  /** Pages of a file. */
  pages: number;
}

/** Settings that readers share. */
export interface FormatOptions {
  /** Of records: the field that holds the text. */
  textField: string;
  /** Of records: the text is that field, or all of the record. */
  records: "text" | "all";
  /** Of CSV: the first line names the columns. */
  header: boolean;
  /** Of CSV: what stands between columns; undefined: a comma, in `.tsv` a tab. */
  delimiter?: string | undefined;
  /** Of HTML: only the article, without navigation and the like. */
  mainText: boolean;
  /** Of paged files: a document is a page, or the file. */
  pdfDocuments: "page" | "file";
  limits: FormatLimits;
}

/**
 * A reader. It yields texts as it goes, and throws where it can't go on: the file is listed as refused with the message, what it gave
 * before stays. Same bytes and options, same texts.
 */
export interface Format {
  readonly name: string;
  /** With the dot, lower case; `.gz` and `.zst` behind them are the business of ingest where `packed` is set. */
  readonly extensions: readonly string[];
  /** Whether the file may be compressed: then `read` gets unpacked bytes. */
  readonly packed: boolean;
  /** Whether it runs in a thread of its own, with a bound on memory: for formats whose reader is large and whose files are not plain. */
  readonly guarded?: boolean;
  /** `path` is for messages and for formats that are read here and there; those leave `bytes` alone. */
  read(bytes: AsyncIterable<Uint8Array>, path: string, options: FormatOptions): AsyncIterable<FoundText | Refused>;
}

export const isRefused = (found: FoundText | Refused): found is Refused => "problem" in found;

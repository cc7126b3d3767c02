// Reads files as ingest does, from bytes: for tests of readers.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FormatOptions, type FoundText, isRefused, type Refused } from "../../src/stages/ingest/format.ts";
import { readFile } from "../../src/stages/ingest/read-file.ts";
import { ReaderThread } from "../../src/stages/ingest/reader-thread.ts";

export interface Found {
  found: FoundText[];
  texts: string[];
  refused: Refused[];
  ended: string | undefined;
}

export type ReadingOptions = Partial<Omit<FormatOptions, "limits">> & { limits?: Partial<FormatOptions["limits"]> };

const standard: FormatOptions = {
  textField: "text",
  records: "text",
  header: true,
  mainText: true,
  pdfDocuments: "page",
  limits: { documentBytes: 1 << 24, fileBytes: 1 << 28, pages: 1000 },
};

/** A folder and a thread for a test file; `after(() => reading.end())`. */
export class Reading {
  readonly folder = mkdtempSync(join(tmpdir(), "lemma-read-"));
  readonly #thread: ReaderThread;

  /** `seconds`: processor time for a file, where it is not the default. */
  constructor(seconds?: number) {
    this.#thread = new ReaderThread(seconds);
  }

  /** All that is found in a file of this name with these bytes. */
  async read(name: string, bytes: Uint8Array | string, options: ReadingOptions = {}): Promise<Found> {
    const path = join(this.folder, name);
    writeFileSync(path, bytes);
    const all: Found = { found: [], texts: [], refused: [], ended: undefined };
    const limits = { ...standard.limits, ...options.limits };
    for await (const one of readFile({ path, name }, { ...standard, ...options, limits }, this.#thread)) {
      if ("ended" in one) all.ended = one.ended;
      else if (isRefused(one)) all.refused.push(one);
      else all.found.push(one);
    }
    all.texts = all.found.map(({ text }) => text);
    return all;
  }

  async end(): Promise<void> {
    await this.#thread[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

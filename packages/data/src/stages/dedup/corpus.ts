// All documents of the stage under one numbering: the input files one after another. Owns which file holds document i and its
// shingles; open files and shingle sets that are kept are bounded.

import { closeSync, openSync, readSync } from "node:fs";
import { LemmaError } from "@lemma/protocol";
import type { OutputFile } from "../../pipeline/stage.ts";
import { type SetComparer, setComparer } from "./jaccard.ts";
import { SignFile } from "./sign-file.ts";

/** How many files are kept open: of each some, with the places of its documents (8 bytes each). */
const OPEN = 32;

/** How many bytes of shingle sets are kept. */
const KEPT_BYTES = 1 << 26;

/** The most documents: numbers are uint32, and the greatest marks none. */
const MOST = 2 ** 32 - 2;

/** The documents that `sign` signed. Dispose of it at the end. */
export class Corpus implements Disposable {
  /** The number of each input file's first document, and the number of all documents at the end. */
  readonly firsts: number[] = [0];
  /** Compares what `shinglesOf` gives. */
  readonly comparer: SetComparer = setComparer();
  readonly #signs: readonly OutputFile[];
  readonly #shingles: readonly OutputFile[];
  /** For each input file, the place of its first file of shingles in the list. */
  readonly #partsBefore: readonly number[];
  readonly #openSigns = new Map<number, SignFile>();
  readonly #openParts = new Map<number, number>();
  readonly #sets = new Map<number, Uint32Array>();
  #setBytes = 0;

  /** @param files the context's; shingles are found only where `sign` wrote them */
  constructor(files: (phase: string, kind: string) => OutputFile[]) {
    this.#signs = files("sign", ".signs");
    this.#shingles = files("sign", ".shingles");
    for (const { documents } of this.#signs) this.firsts.push(this.firsts.at(-1)! + documents);
    if (this.documents > MOST)
      throw new LemmaError("LEMMA_E_OPTION", {
        option: "in",
        expected: `at most ${MOST} documents`,
        found: this.documents,
      });
    let parts = 0;
    const byTask = new Map<string, number>();
    for (const { path } of this.#shingles) byTask.set(taskOf(path), (byTask.get(taskOf(path)) ?? 0) + 1);
    this.#partsBefore = this.#signs.map(({ path }) => {
      const before = parts;
      parts += byTask.get(taskOf(path)) ?? 0;
      return before;
    });
  }

  /** How many documents there are. */
  get documents(): number {
    return this.firsts.at(-1)!;
  }

  /** How many input files there are. */
  get files(): number {
    return this.#signs.length;
  }

  /** The keys and lengths of an input file; closed by the corpus. */
  signs(file: number): SignFile {
    let open = this.#openSigns.get(file);
    this.#openSigns.delete(file);
    open ??= new SignFile(this.#signs[file]!.path);
    this.#openSigns.set(file, open);
    if (this.#openSigns.size > OPEN) {
      const [oldest, old] = this.#openSigns.entries().next().value!;
      this.#openSigns.delete(oldest);
      old[Symbol.dispose]();
    }
    return open;
  }

  /** The input file that holds a document. */
  fileOf(document: number): number {
    let [low, high] = [0, this.files - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.firsts[middle]! <= document) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The id of a document. */
  idOf(document: number): string {
    const file = this.fileOf(document);
    return this.signs(file).id(document - this.firsts[file]!);
  }

  /** The exact key of a document, 4 words. */
  exactKeyOf(document: number): Uint32Array {
    const file = this.fileOf(document);
    return this.signs(file).exactKey(document - this.firsts[file]!);
  }

  /** The set of a document's shingles, in the form that `comparer` takes. */
  shinglesOf(document: number): Uint32Array {
    const known = this.#sets.get(document);
    if (known !== undefined) {
      this.#sets.delete(document); // to the end: the last to go
      this.#sets.set(document, known);
      return known;
    }
    const set = this.#read(document);
    this.#sets.set(document, set);
    this.#setBytes += set.byteLength;
    for (const [oldest, old] of this.#sets) {
      if (this.#setBytes <= KEPT_BYTES || this.#sets.size <= 2) break;
      this.#sets.delete(oldest);
      this.#setBytes -= old.byteLength;
    }
    return set;
  }

  #read(document: number): Uint32Array {
    const file = this.fileOf(document);
    const signs = this.signs(file);
    const local = document - this.firsts[file]!;
    const [start, count] = signs.place(local);
    if (count === 0) return new Uint32Array();
    const part = this.#partsBefore[file]! + signs.firsts.findLastIndex((first) => first <= local);
    const bytes = new Uint8Array(8 * count);
    const read = readSync(this.#part(part), bytes, 0, bytes.length, 8 * start);
    if (read !== bytes.length)
      throw new LemmaError("LEMMA_E_FILE", {
        path: this.#shingles[part]!.path,
        problem: `expected ${bytes.length} bytes at ${8 * start}, found ${read}`,
      });
    return this.comparer.prepare(new Uint32Array(bytes.buffer));
  }

  #part(part: number): number {
    let file = this.#openParts.get(part);
    this.#openParts.delete(part);
    file ??= openSync(this.#shingles[part]!.path, "r");
    this.#openParts.set(part, file);
    if (this.#openParts.size > OPEN) {
      const [oldest, old] = this.#openParts.entries().next().value!;
      this.#openParts.delete(oldest);
      closeSync(old);
    }
    return file;
  }

  [Symbol.dispose](): void {
    for (const open of this.#openSigns.values()) open[Symbol.dispose]();
    for (const file of this.#openParts.values()) closeSync(file);
    this.#openSigns.clear();
    this.#openParts.clear();
  }
}

/** The task's number in front of a file's name. */
const taskOf = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).split(".")[0]!;

// The phase `exact`: which documents are equal in their exact form. A task for each part of the keys. Owns which of equals stays.

import type { Phase } from "../../pipeline/stage.ts";
import { Corpus } from "./corpus.ts";
import { doubled, KeyTable } from "./key-table.ts";
import { type DedupPlanOptions, EXACT_BYTES, partOf, partsFor } from "./options.ts";
import { bytesOf, PairList } from "./pairs.ts";

/**
 * Whether a document is kept rather than another: the longer text, of equally long ones that which comes first in the input.
 * The rule of the whole stage.
 */
export function isBetter(length: number, document: number, otherLength: number, other: number): boolean {
  return length > otherLength || (length === otherLength && document < other);
}

const partsIn = (documents: number, options: DedupPlanOptions): number => partsFor(documents, EXACT_BYTES, options);

export const exact: Phase<DedupPlanOptions> = {
  name: "exact",
  tasks({ plan, files }) {
    using corpus = new Corpus(files);
    return partsIn(corpus.documents, plan.options);
  },
  run({ plan, task, files, put, progress }) {
    using corpus = new Corpus(files);
    const parts = partsIn(corpus.documents, plan.options);
    const table = new KeyTable(4);
    let best = new Uint32Array(1 << 10);
    let bestLength = new Uint32Array(1 << 10);

    /** Visits the documents of this part in their order. */
    const visit = (see: (key: number, document: number, length: number) => void): void => {
      for (let file = 0; file < corpus.files; file++) {
        const signs = corpus.signs(file);
        const keys = signs.exactKeys();
        const lengths = signs.lengths();
        for (const [i, length] of lengths.entries())
          if (partOf(keys[4 * i]!, parts) === task) see(table.numberOf(keys, 4 * i), corpus.firsts[file]! + i, length);
        progress(file + 1);
      }
    };

    let seen = 0;
    visit((key, document, length) => {
      if (key < seen && !isBetter(length, document, bestLength[key]!, best[key]!)) return;
      if (key === best.length) [best, bestLength] = [doubled(best), doubled(bestLength)];
      best[key] = document;
      bestLength[key] = length;
      seen = table.size;
    });
    // Of each document that goes: its number and that of its equal that stays.
    const links = new PairList();
    let going = new Uint32Array(1 << 10);
    visit((key, document) => {
      if (best[key] === document) return;
      if (links.length === going.length) going = doubled(going);
      going[links.length] = document;
      links.add(document, best[key]!);
    });
    put(".equal", "equal", bytesOf(links.sorted()), links.length);
    put(".going", "going", bytesOf(going.subarray(0, links.length)), links.length);
    return { equal_documents: links.length };
  },
};

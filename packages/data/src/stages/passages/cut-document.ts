// Documents without some of their text. Owns what becomes of one of which nothing is left, and what the phases that cut count.

import { type DataDocument, type HistoryEntry, withHistory } from "../../documents/document.ts";
import type { TaskContext } from "../../pipeline/stage.ts";

/** From where to where text is cut, in UTF-16 units; in order, not overlapping. */
export type Cut = readonly [start: number, end: number];

/** How much of what was cut its history shows. */
const SHOWN = 80;

const INSIDE_END = /[\p{L}\p{M}\p{N}]$/u;
const INSIDE_START = /^[\p{L}\p{M}\p{N}]/u;

/** The document without the cuts, with history; `isEmpty` where only white space is left. */
export function cutDocument(
  document: DataDocument,
  cuts: readonly Cut[],
  entry: HistoryEntry,
): { document: DataDocument; isEmpty: boolean; characters: number } {
  const { text } = document;
  let left = "";
  let at = 0;
  let characters = 0;
  for (const [start, end] of cuts) {
    left += text.slice(at, start);
    if (INSIDE_END.test(left.slice(-2)) && INSIDE_START.test(text.slice(end, end + 2))) left += " "; // two words stay two
    characters += end - start;
    at = end;
  }
  left += text.slice(at);
  if (at === text.length) left = left.trimEnd();
  const first = text.slice(cuts[0]![0], Math.min(cuts[0]![1], cuts[0]![0] + SHOWN)).trim();
  const history = { ...entry, characters, first: first.toWellFormed() };
  const isEmpty = left.trim() === "";
  return { document: withHistory(isEmpty ? document : { ...document, text: left }, history), isEmpty, characters };
}

/** Collects the documents of a task, cut and uncut, with the counts that both stages have. */
export class CutDocuments {
  readonly #kept: DataDocument[] = [];
  readonly #dropped: DataDocument[] = [];
  readonly counts = { kept: 0, changed: 0, dropped_empty: 0, cut_characters: 0, conversations: 0 };
  /** How many passages were cut. */
  cuts = 0;

  /** `entry`: of the history, where something is cut. */
  add(document: DataDocument, cuts: readonly Cut[], entry: HistoryEntry): void {
    const { counts } = this;
    if (document.messages !== undefined) counts.conversations++;
    if (cuts.length === 0) {
      this.#kept.push(document);
    } else {
      const { document: changed, isEmpty, characters } = cutDocument(document, cuts, entry);
      (isEmpty ? this.#dropped : this.#kept).push(changed);
      counts.cut_characters += characters;
      counts[isEmpty ? "dropped_empty" : "changed"]++;
      this.cuts += cuts.length;
    }
    counts.kept = this.#kept.length;
  }

  /** Writes both kinds. */
  put(putDocuments: TaskContext<unknown>["putDocuments"]): void {
    if (this.#kept.length > 0) putDocuments("documents", this.#kept);
    if (this.#dropped.length > 0) putDocuments("dropped", this.#dropped);
  }
}

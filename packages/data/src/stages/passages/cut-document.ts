// A document without some of its text. Owns what becomes of one of which nothing is left.

import { type DataDocument, type HistoryEntry, withHistory } from "../../documents/document.ts";

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

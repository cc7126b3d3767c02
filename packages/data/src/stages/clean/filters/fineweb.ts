// FineWeb's own rules (thresholds.ts has source and numbers); each drops at its threshold, not only beyond it.

import { Repeated } from "../text/hash-set.ts";
import { linesIn, type Words } from "../text/words.ts";
import { type Failure, over, rounded, type Thresholds } from "./thresholds.ts";

const PUNCTUATION = /[.'"!?”’。！？」』]$/;

/** The first rule that a text breaks. */
export function fineweb(words: Words, limits: Thresholds): Failure | undefined {
  const { text, kinds } = words;
  const shortLine = limits.shortLine ?? 30;
  let [lines, punctuated, short, characters] = [0, 0, 0, 0];
  const repeated = new Repeated();
  for (const line of linesIn(text)) {
    lines++;
    characters += line.length;
    if (PUNCTUATION.test(line.slice(-1))) punctuated++;
    if (line.length <= shortLine) short++;
    if (line.trim() !== "") repeated.add(line);
  }
  const at = (rule: keyof Thresholds, value: number, isBroken: (limit: number) => boolean): Failure | undefined => {
    const limit = limits[rule];
    return typeof limit === "number" && isBroken(limit) ? { rule, value: rounded(value), limit } : undefined;
  };
  const ended = punctuated / lines;
  const brief = short / lines;
  const again = repeated.characters / Math.max(1, characters);
  return (
    at("minPunctuatedLines", ended, (limit) => ended <= limit) ??
    at("maxShortLines", brief, (limit) => brief >= limit) ??
    at("maxRepeatedLineCharacters", again, (limit) => again >= limit) ??
    over(limits, "maxNewlineRatio", (lines - 1) / Math.max(1, kinds.length))
  );
}

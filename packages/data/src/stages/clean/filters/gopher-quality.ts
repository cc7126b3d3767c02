// Gopher's quality rules (thresholds.ts has source and numbers). Owns how each is measured, with the words of words.ts.

import { ALPHABETIC, CJK, CJK_LENGTH, linesIn, SYMBOL, type Words } from "../text/words.ts";
import { stopWordsOf } from "./stop-words.ts";
import { type Failure, over, type Thresholds, under } from "./thresholds.ts";

const COUNTED = /#|\.\.\.|…/g;

/** The first rule that a text breaks, in the paper's order. */
export function gopherQuality(words: Words, language: string, limits: Thresholds): Failure | undefined {
  const { text, starts, ends, kinds } = words;
  let [proper, length, alphabetic] = [0, 0, 0];
  for (const [i, kind] of kinds.entries()) {
    if (kind === SYMBOL) continue;
    proper++;
    length += kind === CJK ? (ends[i]! - starts[i]!) * CJK_LENGTH : ends[i]! - starts[i]!;
    if (kind >= ALPHABETIC) alphabetic++;
  }
  const mean = proper === 0 ? 0 : length / proper;
  const all = Math.max(1, kinds.length);
  let [hashes, ellipses] = [0, 0];
  for (const [mark] of text.matchAll(COUNTED)) mark === "#" ? hashes++ : ellipses++;
  let [lines, bullets, trailing] = [0, 0, 0];
  for (const line of linesIn(text)) {
    lines++;
    if (/^\s*[-*•‣◦]/.test(line)) bullets++;
    const end = line.trimEnd();
    if (end.endsWith("...") || end.endsWith("…")) trailing++;
  }
  return (
    under(limits, "minWords", proper) ??
    over(limits, "maxWords", proper) ??
    under(limits, "minMeanWordLength", mean) ??
    over(limits, "maxMeanWordLength", mean) ??
    over(limits, "maxSymbolRatio", Math.max(hashes, ellipses) / all) ??
    over(limits, "maxBulletLines", bullets / lines) ??
    over(limits, "maxEllipsisLines", trailing / lines) ??
    under(limits, "minAlphabeticWords", alphabetic / all) ??
    tooFewStopWords(words, language, limits)
  );
}

function tooFewStopWords(
  { text, starts, ends, kinds }: Words,
  language: string,
  limits: Thresholds,
): Failure | undefined {
  const { minStopWords } = limits;
  const stopWords = stopWordsOf(language);
  if (typeof minStopWords !== "number" || stopWords === undefined) return undefined;
  let found = 0;
  for (const [i, kind] of kinds.entries()) {
    if (found >= minStopWords) return undefined;
    if (kind < ALPHABETIC || ends[i]! - starts[i]! > 12) continue;
    const word = text.slice(starts[i], ends[i]);
    if (kind === CJK) found += [...word].filter((character) => stopWords.has(character)).length;
    else if (stopWords.has(word.toLowerCase())) found++;
  }
  return under(limits, "minStopWords", found);
}

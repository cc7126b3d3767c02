// The thresholds of the filters, and the published sets of them. Owns the numbers; a rule without a threshold is not applied.
//
// Sources: Gopher — Rae et al. 2021, arXiv 2112.11446, section A.1.1 and table A1; C4 — Raffel et al. 2020, JMLR 21(140), section 2.2;
// FineWeb — Penedo et al. 2024, arXiv 2406.17557, and the released pipeline, which leaves C4's terminal punctuation out and drops at
// 0.01 of characters in repeated lines.

import { z } from "zod";

const share = (what: string) => z.number().min(0).max(1).nullable().optional().describe(what);
const count = (what: string) => z.int().nonnegative().nullable().optional().describe(what);
const rate = (what: string) => z.number().nonnegative().nullable().optional().describe(what);
const rule = (what: string) => z.boolean().nullable().optional().describe(what);

/** Every threshold; null or left out: no such rule. */
export const thresholdsSchema = z.strictObject({
  maxDuplicateLines: share("Gopher: share of lines that stood before"),
  maxDuplicateParagraphs: share("Gopher: the same of paragraphs"),
  maxDuplicateLineCharacters: share("Gopher: share of characters in lines that stood before"),
  maxDuplicateParagraphCharacters: share("Gopher: the same of paragraphs"),
  maxTop2Gram: share("Gopher: share of characters in the commonest pair of words"),
  maxTop3Gram: share("Gopher: the same of three words"),
  maxTop4Gram: share("Gopher: the same of four words"),
  maxDuplicate5Grams: share("Gopher: share of characters in runs of five words that stood before"),
  maxDuplicate6Grams: share("Gopher: the same of six words"),
  maxDuplicate7Grams: share("Gopher: the same of seven words"),
  maxDuplicate8Grams: share("Gopher: the same of eight words"),
  maxDuplicate9Grams: share("Gopher: the same of nine words"),
  maxDuplicate10Grams: share("Gopher: the same of ten words"),
  minWords: count("Gopher: words"),
  maxWords: count("Gopher: words"),
  minMeanWordLength: rate("Gopher: characters a word"),
  maxMeanWordLength: rate("Gopher: characters a word"),
  maxSymbolRatio: rate("Gopher: number signs a word, and ellipses a word"),
  maxBulletLines: share("Gopher: share of lines that begin with a bullet"),
  maxEllipsisLines: share("Gopher: share of lines that end with an ellipsis"),
  minAlphabeticWords: share("Gopher: share of words (and symbols) with a letter"),
  minStopWords: count("Gopher: common words of the language, where we have a list of it"),
  citations: rule("C4: marks such as [3] or [edit] are taken out"),
  terminalPunctuation: rule("C4: lines without . ! ? or a quote at the end are taken out"),
  minWordsPerLine: count("C4: lines with fewer words are taken out"),
  maxWordLength: count("C4: lines with a longer word are taken out"),
  javascriptLines: rule("C4: lines that mention JavaScript are taken out"),
  policyLines: rule("C4: lines about cookies, privacy and terms of use are taken out"),
  loremIpsum: rule("C4: texts with this filler are dropped"),
  curlyBracket: rule("C4: texts with { are dropped"),
  minSentences: count("C4: sentences in the lines that are left"),
  minPunctuatedLines: share("FineWeb: share of lines that end with punctuation; at or under it a text is dropped"),
  maxShortLines: share("FineWeb: share of short lines; at or over it a text is dropped"),
  shortLine: count("FineWeb: characters of a short line, at most (default 30)"),
  maxRepeatedLineCharacters: share("FineWeb: share of characters in repeated lines; at or over it a text is dropped"),
  maxNewlineRatio: rate("FineWeb: line ends a word"),
});

/** Thresholds, as a recipe may set them one by one. */
export type Thresholds = z.infer<typeof thresholdsSchema>;

const gopher: Thresholds = {
  maxDuplicateLines: 0.3,
  maxDuplicateParagraphs: 0.3,
  maxDuplicateLineCharacters: 0.2,
  maxDuplicateParagraphCharacters: 0.2,
  maxTop2Gram: 0.2,
  maxTop3Gram: 0.18,
  maxTop4Gram: 0.16,
  maxDuplicate5Grams: 0.15,
  maxDuplicate6Grams: 0.14,
  maxDuplicate7Grams: 0.13,
  maxDuplicate8Grams: 0.12,
  maxDuplicate9Grams: 0.11,
  maxDuplicate10Grams: 0.1,
  minWords: 50,
  maxWords: 100_000,
  minMeanWordLength: 3,
  maxMeanWordLength: 10,
  maxSymbolRatio: 0.1,
  maxBulletLines: 0.9,
  maxEllipsisLines: 0.3,
  minAlphabeticWords: 0.8,
  minStopWords: 2,
};

const c4: Thresholds = {
  citations: true,
  terminalPunctuation: true,
  minWordsPerLine: 3,
  maxWordLength: 1000,
  javascriptLines: true,
  policyLines: true,
  loremIpsum: true,
  curlyBracket: true,
  minSentences: 5,
};

/** The published sets. `fineweb` is the whole chain: Gopher, C4 without terminal punctuation, FineWeb's own. */
export const PRESETS = {
  none: {},
  gopher,
  c4,
  fineweb: {
    ...gopher,
    ...c4,
    terminalPunctuation: false,
    minPunctuatedLines: 0.12,
    maxShortLines: 0.67,
    shortLine: 30,
    maxRepeatedLineCharacters: 0.01,
    maxNewlineRatio: 0.3,
  },
} as const satisfies Record<string, Thresholds>;

/** Why a document goes: the rule by the name of its threshold, what was measured and what was allowed. */
export interface Failure {
  rule: string;
  value: number;
  limit: number;
}

/** A failure where the value is over (`max`) or under (`min`) a threshold that is set. */
export function over(thresholds: Thresholds, rule: keyof Thresholds, value: number): Failure | undefined {
  const limit = thresholds[rule];
  return typeof limit === "number" && value > limit ? { rule, value: rounded(value), limit } : undefined;
}

export function under(thresholds: Thresholds, rule: keyof Thresholds, value: number): Failure | undefined {
  const limit = thresholds[rule];
  return typeof limit === "number" && value < limit ? { rule, value: rounded(value), limit } : undefined;
}

/** As history has it: four digits behind the point. */
export const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

// C4's rules (thresholds.ts has source and numbers): lines are taken out, then the text is judged by what is left. Owns the order of
// the rules within a line, which is that of the published program.

import { linesIn, sentencesIn, wordsOf } from "../text/words.ts";
import { type Failure, type Thresholds, under } from "./thresholds.ts";

const CITATION = /\[(?:\d{0,4}|edit|citation needed)\]/g;
const TERMINAL = /[.?!"'”’。？！」』]$/;
const ELLIPSIS = /(?:\.\.\.|…)$/;
const POLICY =
  /terms of use|privacy policy|cookie policy|uses cookies|use of cookies|use cookies|隐私政策|使用条款|用户协议/;

/** What C4 leaves of a text, or why it goes. */
export interface C4Result {
  text: string;
  /** Lines taken out, by rule. */
  lines: Record<string, number>;
  failure?: Failure;
}

const FLAGS = [
  "citations",
  "terminalPunctuation",
  "javascriptLines",
  "policyLines",
  "loremIpsum",
  "curlyBracket",
] as const;
const NUMBERS = ["minWordsPerLine", "maxWordLength", "minSentences"] as const;

/** Whether any of C4's rules is on. */
export const hasC4 = (limits: Thresholds): boolean =>
  FLAGS.some((rule) => limits[rule] === true) || NUMBERS.some((rule) => typeof limits[rule] === "number");

/** Applies C4's rules. A text that goes keeps its lines. */
export function c4(text: string, limits: Thresholds): C4Result {
  const lines: Record<string, number> = {};
  const kept: string[] = [];
  let sentences = 0;
  for (const found of linesIn(text)) {
    const verdict = judge(found.trim(), limits);
    if ("failure" in verdict) return { text, lines: {}, failure: verdict.failure };
    if ("rule" in verdict) {
      if (found.trim() !== "") lines[verdict.rule] = (lines[verdict.rule] ?? 0) + 1;
      continue;
    }
    kept.push(verdict.line);
    if (sentences < 1000) sentences += sentencesIn(verdict.line);
  }
  const failure = under(limits, "minSentences", sentences);
  return failure === undefined ? { text: kept.join("\n").trim(), lines } : { text, lines: {}, failure };
}

function judge(whole: string, limits: Thresholds): { line: string } | { rule: string } | { failure: Failure } {
  if (typeof limits.maxWordLength === "number" && hasLongWord(whole, limits.maxWordLength))
    return { rule: "maxWordLength" };
  const line = limits.citations ? whole.replace(CITATION, "").trimEnd() : whole;
  if (limits.terminalPunctuation && (!TERMINAL.test(line.slice(-1)) || ELLIPSIS.test(line.slice(-3))))
    return { rule: "terminalPunctuation" };
  if (typeof limits.minWordsPerLine === "number" && !hasWords(line, limits.minWordsPerLine))
    return { rule: "minWordsPerLine" };
  const lower = line.toLowerCase();
  if (limits.loremIpsum && lower.includes("lorem ipsum"))
    return { failure: { rule: "loremIpsum", value: 1, limit: 0 } };
  if (limits.javascriptLines && lower.includes("javascript")) return { rule: "javascriptLines" };
  if (limits.curlyBracket && line.includes("{")) return { failure: { rule: "curlyBracket", value: 1, limit: 0 } };
  if (limits.policyLines && POLICY.test(lower)) return { rule: "policyLines" };
  return { line };
}

/** Whether a piece between white space is longer. Chinese has no white space, so its runs are as long as a sentence; 1000 is not reached. */
function hasLongWord(line: string, most: number): boolean {
  if (line.length <= most) return false;
  for (const [word] of line.matchAll(/\S+/g)) if (word.length > most) return true;
  return false;
}

function hasWords(line: string, least: number): boolean {
  return wordsOf(line.slice(0, 4096)).kinds.length >= least;
}

// First-order logic in small worlds: is a quantified claim true? Owns the family's entry; its parts stand beside.

import type { Language } from "@lemma/protocol";
import { Budget, isTrue } from "@lemma/verify";
import type { Family } from "../../family.ts";
import { NAMES } from "../ordering/names.ts";
import { checkerWith } from "./checker.ts";
import { cellsOf, drawProblem, FIRST_ORDER_LEVELS } from "./draw.ts";
import { cellOf, type Problem, problemKey, truth } from "./problem.ts";
import { THEMES, wordsOf } from "./themes.ts";
import { FIRST_ORDER_VOCABULARY, writeTrace } from "./trace.ts";
import { firstOrderPhrasings, readProblem } from "./wordings.ts";

const WORDS: Readonly<Record<Language, readonly [yes: string, no: string]>> = {
  en: ["true", "false"],
  zh: ["真", "假"],
};
const cats = THEMES[2]!;

/** The answer by the models of @lemma/verify, which share no code with the reasoning. */
function byModel({ things, predicates, formula }: Problem): boolean {
  const facts = predicates.flatMap(({ holds }, at) => holds.map((tuple) => `${at}(${tuple.join(",")})`));
  const constants = new Map(Array.from({ length: things }, (_, thing) => [String(thing), thing]));
  return isTrue(formula, { size: things, facts: new Set(facts), constants }, new Budget());
}

/** First-order logic; the default level has three things and two quantifiers. */
export const firstOrderLogic: Family<Problem> = {
  id: "first-order-logic",
  area: "logic",
  version: "1",
  levels: FIRST_ORDER_LEVELS,
  defaultLevel: 2,
  cells: cellsOf,
  draw: drawProblem,
  key: problemKey,
  cell: cellOf,
  trace: (problem, language) => writeTrace(problem, wordsOf(problem, language)),
  answer: (problem, language) => WORDS[language][truth(problem, problem.formula) ? 0 : 1],
  verifier: () => ({ kind: "choice", task: "first-order-logic" }),
  vocabulary: [...FIRST_ORDER_VOCABULARY, ...WORDS.en, ...WORDS.zh],
  phrasings: firstOrderPhrasings,
  leastWordings: 8,
  // True and false are drawn equally often.
  commonest: 0.56,
  solutions: (problem, language) => [WORDS[language][byModel(problem) ? 0 : 1]],
  checker: checkerWith(readProblem),
  names: { en: [...NAMES.en, ...cats.en.names], zh: [...NAMES.zh, ...cats.zh.names] },
  keepsGlue: true,
  carriers: "keep-case",
  // An answer in a word has no digit or sign to perturb; the family's test turns it round.
  proofs: ["reproducible", "wordings", "prompts", "questions", "computable", "steps", "answers", "frequency", "unique"],
};

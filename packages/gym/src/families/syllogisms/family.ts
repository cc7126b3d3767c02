// Syllogisms: does a conclusion about classes follow from premises? Owns the family's entry; its parts stand beside.

import type { Language } from "@lemma/protocol";
import type { Family } from "../../family.ts";
import { checkerWith } from "./checker.ts";
import { drawProblem, SYLLOGISM_LEVELS } from "./draw.ts";
import { nounsOf } from "./nouns.ts";
import { FORMS, follows, followsByClosure, type Problem, problemKey } from "./problem.ts";
import { SYLLOGISM_VOCABULARY, writeTrace } from "./trace.ts";
import { readProblem, syllogismPhrasings } from "./wordings.ts";

const WORDS: Readonly<Record<Language, readonly [yes: string, no: string]>> = { en: ["yes", "no"], zh: ["是", "否"] };

/** Syllogisms; the default level has three premises. */
export const syllogisms: Family<Problem> = {
  id: "syllogisms",
  area: "logic",
  version: "1",
  levels: SYLLOGISM_LEVELS,
  defaultLevel: 2,
  cells: () => FORMS,
  draw: drawProblem,
  key: problemKey,
  cell: ({ claim }) => claim.form,
  trace: (problem, language) => writeTrace(problem, problem.words ?? nounsOf(problem.theme, problem.nouns, language)),
  answer: (problem, language) => WORDS[language][follows(problem) ? 0 : 1],
  verifier: () => ({ kind: "choice", task: "syllogisms" }),
  vocabulary: [...SYLLOGISM_VOCABULARY, ...WORDS.en, ...WORDS.zh],
  phrasings: syllogismPhrasings,
  leastWordings: 8,
  // Yes and no are drawn equally often.
  commonest: 0.56,
  solutions: (problem, language) => [WORDS[language][followsByClosure(problem) ? 0 : 1]],
  checker: checkerWith(readProblem),
  keepsGlue: true,
  // An answer in a word has no digit or sign to perturb; the family's test turns it round.
  proofs: ["reproducible", "wordings", "prompts", "questions", "computable", "steps", "answers", "frequency", "unique"],
};

// Propositional logic: what follows, what can be true together, what is equivalent. Owns the family's entry; its parts stand beside.

import type { Language } from "@lemma/protocol";
import type { Family } from "../../family.ts";
import { NAMES } from "../ordering/names.ts";
import { checkerWith } from "./checker.ts";
import { drawProblem, LOGIC_LEVELS, TASKS } from "./draw.ts";
import { isYes, type Problem, problemKey } from "./problem.ts";
import { THEMES } from "./themes.ts";
import { LOGIC_VOCABULARY, writeTrace } from "./trace.ts";
import { logicPhrasings, readProblem } from "./wordings.ts";

const WORDS: Readonly<Record<Language, readonly [yes: string, no: string]>> = { en: ["yes", "no"], zh: ["是", "否"] };

const namesOf = ({ theme, words }: Problem, language: Language) =>
  words.map((word) => THEMES[theme]![language].words[word]!);

/** Propositional logic; the default level has three variables. */
export const propositionalLogic: Family<Problem> = {
  id: "propositional-logic",
  area: "logic",
  version: "1",
  levels: LOGIC_LEVELS,
  defaultLevel: 2,
  cells: () => TASKS,
  draw: drawProblem,
  key: problemKey,
  cell: ({ task }) => task,
  trace: (problem, language) => writeTrace(problem, namesOf(problem, language)),
  answer: (problem, language) => WORDS[language][isYes(problem) ? 0 : 1],
  verifier: () => ({ kind: "choice" }),
  vocabulary: [...LOGIC_VOCABULARY, ...WORDS.en, ...WORDS.zh],
  commonest: 0.6,
  phrasings: logicPhrasings,
  checker: checkerWith(readProblem),
  names: NAMES,
  keepsGlue: true,
  carriers: "keep-case",
  proofs: ["reproducible", "wordings", "prompts", "questions", "computable", "steps", "answers", "frequency"],
};

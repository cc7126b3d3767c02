// Knights and knaves: two to four people who always or never tell the truth. Owns the family's entry; its parts stand beside.

import type { Language } from "@lemma/protocol";
import type { Family } from "../../family.ts";
import { NAMES, nameOf } from "../ordering/names.ts";
import { checkerWith } from "./checker.ts";
import { THEMES, TRACE_WORDS } from "./kinds.ts";
import { drawPuzzle, KNIGHTS_LEVELS, type Puzzle, puzzleKey, sizesOf, solutions } from "./puzzle.ts";
import { type Naming, writeAnswer, writeTrace } from "./trace.ts";
import { knightsPhrasings, readPuzzle } from "./wordings.ts";

const cellOf = (people: number) => `${people} people`;

const namingOf = ({ people, theme }: Puzzle, language: Language): Naming => ({
  language,
  theme,
  names: people.map((id) => nameOf(id, language)),
});

const vocabulary = (["en", "zh"] as const).flatMap((language) => [
  ...Object.values(TRACE_WORDS[language]).map((word) => word.trim()),
  ...THEMES.flatMap((theme) => Object.values(theme[language].one).flatMap((word) => word.split("-"))),
]);

/** Knights and knaves; the default level has two or three people. */
export const knightsKnaves: Family<Puzzle> = {
  id: "knights-knaves",
  area: "logic",
  version: "1",
  levels: KNIGHTS_LEVELS,
  defaultLevel: 2,
  cells: (level) => sizesOf(level).map(cellOf),
  draw: drawPuzzle,
  key: puzzleKey,
  cell: ({ people }) => cellOf(people.length),
  trace: (puzzle, language) => writeTrace(puzzle.statements, namingOf(puzzle, language)),
  answer: (puzzle, language) => writeAnswer(solutions(puzzle.statements)[0]!, namingOf(puzzle, language)),
  solutions: (puzzle, language) =>
    solutions(puzzle.statements).map((world) => writeAnswer(world, namingOf(puzzle, language))),
  verifier: () => ({ kind: "assignment", of: "names" }),
  vocabulary,
  phrasings: knightsPhrasings,
  checker: checkerWith(readPuzzle),
  names: NAMES,
  keepsGlue: true,
  carriers: "keep-case",
  proofs: ["reproducible", "wordings", "prompts", "questions", "computable", "steps", "answers", "frequency", "unique"],
};

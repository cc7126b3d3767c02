// Family relations: what is one person to another? Owns the family's entry; its parts stand beside.

import type { Language } from "@lemma/protocol";
import type { Family } from "../../family.ts";
import { checkerWith } from "./checker.ts";
import { drawProblem, FAMILY_LEVELS } from "./draw.ts";
import { KINDS, kinWord } from "./kin.ts";
import { PEOPLE } from "./people.ts";
import { type Problem, problemKey, relation, relationByTree } from "./problem.ts";
import { FAMILY_VOCABULARY, writeTrace } from "./trace.ts";
import { familyPhrasings, readProblem } from "./wordings.ts";

const GENDERS = ["female", "male"] as const;

/** All words for relations: most of them stand in no question. */
const RELATIONS = KINDS.flatMap((kind) =>
  GENDERS.flatMap((gender) =>
    GENDERS.flatMap((via) => (["en", "zh"] as const).map((language) => kinWord({ kind, gender, via }, language))),
  ),
).filter((word) => word !== undefined);

const namesOf = ({ names, people }: Problem, language: Language): readonly string[] =>
  names ?? people.map((person) => PEOPLE[language][person]!);

/** Family relations; the default level has three facts on the way and one beside it. */
export const familyRelations: Family<Problem> = {
  id: "family-relations",
  area: "logic",
  version: "1",
  levels: FAMILY_LEVELS,
  defaultLevel: 2,
  cells: () => KINDS,
  draw: drawProblem,
  key: problemKey,
  cell: (problem) => relation(problem)!.kind,
  trace: (problem, language) => writeTrace(problem, namesOf(problem, language), language),
  answer: (problem, language) => kinWord(relation(problem)!, language),
  // Grandma is a grandmother: the family judges.
  verifier: () => ({ kind: "choice", task: "family-relations" }),
  vocabulary: [...FAMILY_VOCABULARY, ...RELATIONS],
  phrasings: familyPhrasings,
  leastWordings: 8,
  solutions: (problem, language) => {
    const kin = relationByTree(problem);
    return kin === undefined ? [] : [kinWord(kin, language)];
  },
  checker: checkerWith(readProblem),
  names: PEOPLE,
  keepsGlue: true,
  carriers: "keep-case",
  // An answer in a word has no digit or sign to perturb; the family's test takes other relations.
  proofs: ["reproducible", "wordings", "prompts", "questions", "computable", "steps", "answers", "frequency", "unique"],
};

// Repairing one line of a short program, in Python and JavaScript. Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { repairChecker } from "./checker.ts";
import { diagnose } from "./diagnosis.ts";
import { drawRepair, LIMITS, type Repair, repairKey, writtenIn } from "./problem.ts";
import { repairPhrasings } from "./wordings.ts";

/** What is wrong with a drawn program: there always is something, and one token mends it. */
const diagnosisOf = (repair: Repair) => diagnose(repair)!;

/** Program repair; the default level has both kinds of loop, three steps (+, -, *) and up to five numbers. */
export const programRepair: Family<Repair> = {
  id: "program-repair",
  area: "code",
  version: "1",
  levels: LIMITS.length,
  defaultLevel: 2,
  cells: () =>
    ["python", "javascript"].flatMap((language) => ["start", "step", "loop"].map((fault) => `${language} ${fault}`)),
  draw: drawRepair,
  key: repairKey,
  cell: (repair) => `${writtenIn(repair)} ${diagnosisOf(repair).fault}`,
  trace: (repair) => diagnosisOf(repair).lines,
  answer: (repair) => diagnosisOf(repair).repaired,
  verifier: () => ({ kind: "program", task: "program-repair" }),
  vocabulary: [
    "want",
    "difference",
    "again",
    "factor",
    "step",
    "before",
    "start",
    "count",
    "rounds",
    "grows",
    "falls",
    "last",
    "fix",
    "yes",
    "no",
  ],
  phrasings: repairPhrasings,
  checker: repairChecker,
  proofs: ["reproducible", "wordings", "questions", "computable", "steps", "answers", "frequency"],
};

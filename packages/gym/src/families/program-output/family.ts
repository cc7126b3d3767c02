// Predicting what a short program prints, in Python and JavaScript. Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { programOutputChecker } from "./checker.ts";
import { drawProgram, loopOf, PROGRAM_LEVELS } from "./draw.ts";
import { execute, type Run } from "./execute.ts";
import { type Program, programKey } from "./program.ts";
import { programOutputPhrasings } from "./wordings.ts";

/** What a drawn program does: it always runs to its end. */
const runOf = (program: Program): Run => execute(program)!;

/** Program output; the default level has up to six lines with one loop. */
export const programOutput: Family<Program> = {
  id: "program-output",
  area: "code",
  version: "2",
  levels: PROGRAM_LEVELS,
  defaultLevel: 2,
  cells: () => ["python for", "python while", "javascript for", "javascript while"],
  draw: drawProgram,
  key: programKey,
  cell: (program) => `${program.language} ${loopOf(program)}`,
  trace: (program) => runOf(program).events.map(({ text }) => text),
  answer: (program) => runOf(program).output,
  verifier: () => ({ kind: "text" }),
  phrasings: programOutputPhrasings,
  checker: programOutputChecker,
  proofs: ["reproducible", "wordings", "questions", "steps", "answers", "perturbations", "frequency"],
};

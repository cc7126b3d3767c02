// Programs of functions: nested calls and recursion, told call by call, in Python and JavaScript. Owns the family's entry.

import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { functionChecker } from "./checker.ts";
import { drawProgram, KINDS, kindOf, LEVELS } from "./draw.ts";
import { evaluate, type Run } from "./evaluate.ts";
import { type FunctionProgram, programKey } from "./program.ts";
import { functionPhrasings } from "./wordings.ts";

/** What a drawn program does: it always runs to its end. */
const runOf = (program: FunctionProgram): Run => evaluate(program)!;

/** Function calls; the default level has recursion with one call at a time. */
export const functionCalls: Family<FunctionProgram> = {
  id: "function-calls",
  area: "code",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => {
    const kinds = KINDS.slice(0, level);
    return ["python", "javascript"].flatMap((language) => kinds.map((kind) => `${language} ${kind}`));
  },
  draw: drawProgram,
  key: programKey,
  cell: (program) => `${program.language} ${kindOf(program)}`,
  trace: (program) => runOf(program).events.map(({ text }) => text),
  answer: (program) => runOf(program).printed.join(" "),
  verifier: () => ({ kind: "number" }),
  vocabulary: ["print", "yes", "no"],
  phrasings: functionPhrasings,
  leastWordings: 8,
  checker: functionChecker,
  // Whole prompts share runs of words that are code (`def f if return return print`); the family's test compares them without it.
  proofs: MATHEMATICAL_PROOFS.filter((name) => name !== "prompts"),
};

// Algorithms on short strings, letter by letter: reversing, counting, palindromes, run lengths, common prefixes, edit distance, sorting.
// Owns the family's entry; its parts stand beside.

import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { stringChecker } from "./checker.ts";
import { drawTask, KINDS, type Kind, LENGTHS, type StringTask, solve, taskKey } from "./problem.ts";
import { traceTask } from "./trace.ts";
import { stringPhrasings } from "./wordings.ts";

const CELLS: Readonly<Record<Kind, string>> = {
  reverse: "reversing",
  count: "counting a letter",
  palindrome: "palindromes",
  runs: "run lengths",
  prefix: "common prefix",
  edit: "edit distance",
  sort: "sorting letters",
};

/** String algorithms; the default level has strings of four to seven letters, for edit distance of two to four. */
export const stringAlgorithms: Family<StringTask> = {
  id: "string-algorithms",
  area: "code",
  version: "1",
  levels: LENGTHS.length,
  defaultLevel: 2,
  cells: () => KINDS.map((kind) => CELLS[kind]),
  draw: drawTask,
  key: taskKey,
  cell: ({ kind }) => CELLS[kind],
  trace: traceTask,
  answer(task, language) {
    const answer = solve(task);
    return task.kind !== "palindrome" || language === "en" ? answer : answer === "yes" ? "是" : "否";
  },
  verifier: ({ kind }) => ({
    kind: kind === "count" || kind === "edit" ? "number" : kind === "palindrome" ? "choice" : "text",
  }),
  vocabulary: ["letters", "first", "second", "back", "end", "min", "yes", "no", "是", "否"],
  phrasings: stringPhrasings,
  checker: stringChecker,
  proofs: MATHEMATICAL_PROOFS,
};

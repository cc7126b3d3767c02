// Ways in graphs: is a node reachable, how far is it, by which nodes? Owns the family's entry; its parts stand beside.

import type { Language } from "@lemma/protocol";
import type { Family } from "../../family.ts";
import { checkerWith } from "./checker.ts";
import { drawProblem, GRAPH_LEVELS, TASKS } from "./draw.ts";
import { distance, type Problem, problemKey, type Task } from "./graph.ts";
import { GRAPH_VOCABULARY, search, writeTrace, writeWay } from "./trace.ts";
import { graphPhrasings, readProblem } from "./wordings.ts";

const WORDS: Readonly<Record<Language, readonly [yes: string, no: string]>> = { en: ["yes", "no"], zh: ["是", "否"] };
const cellOf = (task: Task, directed: boolean) => `${directed ? "directed" : "undirected"} ${task}`;

function answer(problem: Problem, language: Language): string {
  if (problem.task === "reachable") return WORDS[language][distance(problem) === undefined ? 1 : 0];
  return problem.task === "length" ? `${distance(problem)}` : writeWay(search(problem).found!);
}

/** Ways in graphs; the default level has six nodes. */
export const graphReachability: Family<Problem> = {
  id: "graph-reachability",
  area: "logic",
  version: "1",
  levels: GRAPH_LEVELS,
  defaultLevel: 2,
  cells: () => TASKS.flatMap((task) => [cellOf(task, false), cellOf(task, true)]),
  draw: drawProblem,
  key: problemKey,
  cell: ({ task, directed }) => cellOf(task, directed),
  trace: writeTrace,
  answer,
  verifier: ({ task }) => {
    if (task === "path") return { kind: "tuple", task: "graph-reachability" };
    return { kind: task === "length" ? "number" : "choice" };
  },
  vocabulary: [...GRAPH_VOCABULARY, ...WORDS.en, ...WORDS.zh],
  commonest: 0.25,
  phrasings: graphPhrasings,
  checker: checkerWith(readProblem),
  carriers: "keep-case",
  proofs: ["reproducible", "wordings", "prompts", "questions", "computable", "steps", "answers", "frequency"],
};

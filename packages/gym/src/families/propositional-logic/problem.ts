// Problems of propositional logic: does a claim follow, can formulas hold together, are two formulas equivalent? Owns what is asked, its
// answer by enumeration, and the key; knows no words and no drawing.

import { completions, type Formula, truth, type Values, variablesOf } from "./formula.ts";

export type Task = "entailment" | "satisfiability" | "equivalence";

/** One problem. Variables are numbered in the order in which they first stand in the formulas. */
export interface Problem {
  readonly task: Task;
  /** Premises and, last, the claim; formulas that shall hold together; or two to be compared. */
  readonly formulas: readonly Formula[];
  /** What the variables are: a theme of themes.ts, and an index of a word for each. */
  readonly theme: number;
  readonly words: readonly number[];
}

/** The variables of a problem, in their order. */
export const variables = ({ formulas }: Pick<Problem, "formulas">): number[] => [
  ...new Set(formulas.flatMap(variablesOf)),
];

/**
 * What is searched for: values that make the premises true and the claim false, make all formulas true, or tell the two apart. For partial
 * values: whether all completions do, none does (`false`), or neither (`undefined`).
 */
export function isFound(problem: Pick<Problem, "task" | "formulas">, values: Values): boolean | undefined {
  const outcomes = completions(variables(problem), values).map((all) => isExample(problem, all));
  return outcomes.every((found) => found) ? true : outcomes.includes(true) ? undefined : false;
}

function isExample({ task, formulas }: Pick<Problem, "task" | "formulas">, values: Values): boolean {
  const truths = formulas.map((formula) => truth(formula, values));
  if (task === "satisfiability") return truths.every((value) => value);
  if (task === "equivalence") return truths[0] !== truths[1];
  return truths.slice(0, -1).every((value) => value) && truths.at(-1) === false;
}

/** Whether the answer is yes: it follows, they can hold together, they are equivalent. */
export function isYes(problem: Pick<Problem, "task" | "formulas">): boolean {
  const exists = isFound(problem, new Map()) !== false;
  return problem.task === "satisfiability" ? exists : !exists;
}

/** Equal for equal problems: names of variables, order of premises and of commuting parts are forgotten. */
export function problemKey({ task, formulas }: Problem): string {
  const all = variables({ formulas });
  const texts = permutations(all).map((order) => {
    const parts = formulas.map((formula) => sorted(formula, (variable) => String(order.indexOf(variable) + 1)));
    if (task !== "entailment") return parts.sort().join("; ");
    return `${parts.slice(0, -1).sort().join("; ")} |= ${parts.at(-1)}`;
  });
  return `${task} ${texts.sort()[0]}`;
}

function sorted(formula: Formula, name: (variable: number) => string): string {
  if (typeof formula === "number") return name(formula);
  if (typeof formula === "boolean") return formula ? "T" : "F";
  if (formula.op === "not") return `-${sorted(formula.of, name)}`;
  const sides = [sorted(formula.left, name), sorted(formula.right, name)];
  if (formula.op !== "if") sides.sort();
  const sign = { and: "&", or: "|", if: ">", iff: "=" }[formula.op];
  return `(${sides.join(sign)})`;
}

function permutations(entries: readonly number[]): number[][] {
  if (entries.length < 2) return [[...entries]];
  return entries.flatMap((first) => permutations(entries.filter((e) => e !== first)).map((rest) => [first, ...rest]));
}

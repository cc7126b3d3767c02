// How a problem of propositional logic is decided: cases of truth values, a variable at a time, until an example is found or none is left.
// Owns the order of cases, the lines, and the notation's line forms; knows no wording.
//
//   first: Ann -> not Bob        each formula as the question has it; the claim last
//   second: Bob or Dan
//   claim: Ann -> Dan
//   Ann=T, claim: T -> Dan; Dan            the case: values put in, then shorter forms; the claim first, since true it ends the case
//   Ann=T, first: T -> not Bob; not Bob
//   Ann=T, second: Bob or Dan
//   Ann=T, Bob=T, claim: T -> Dan; Dan     nothing decided: the next variable is true, too
//   Ann=T, Bob=T, first: T -> not T; T -> F; F      a false premise ends the case: the last true variable is false next
//   …
//   found: none                  what would have made the premises true and the claim false
//
// Equivalence compares two formulas: equal last forms end a case. Satisfiability ends a case at a false formula.

import { type Formula, forms, type Values, write } from "./formula.ts";
import { isFound, type Problem, type Task, variables } from "./problem.ts";

/** One line: a formula in a case, with its forms. */
export interface CaseLine {
  readonly values: Values;
  readonly formula: number;
  readonly forms: readonly Formula[];
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth"] as const;

/** What a formula is called. */
export const formulaName = (task: Task, count: number, at: number): string =>
  task === "entailment" && at === count - 1 ? "claim" : ORDINALS[at]!;

/** All words of lines beside the names of variables. */
export const LOGIC_VOCABULARY = [...ORDINALS, "claim", "found", "none", "not", "and", "or", "T", "F"];

/** The lines of all cases, and the example that ended them; none where all failed. */
export function reason(
  problem: Pick<Problem, "task" | "formulas">,
): (CaseLine | { readonly found: Values | undefined })[] {
  const all = variables(problem);
  const lines: (CaseLine | { found: Values | undefined })[] = [];
  let values: Values = new Map([[all[0]!, true]]);
  for (;;) {
    lines.push(...caseLines(problem, values));
    const found = isFound(problem, values);
    const isShown = problem.formulas.every((formula) => typeof lastForm(formula, values) === "boolean");
    if (found === true && isShown) return [...lines, { found: values }];
    if (found !== false || !isClosed(problem, values)) {
      values = new Map([...values, [all[values.size]!, true]]);
      continue;
    }
    const next = nextCase(values);
    if (next === undefined) return [...lines, { found: undefined }];
    values = next;
  }
}

const lastForm = (formula: Formula, values: Values) => forms(formula, values).at(-1)!;

/** Whether the lines of a case show that it holds no example. */
function isClosed({ task, formulas }: Pick<Problem, "task" | "formulas">, values: Values): boolean {
  const last = formulas.map((formula) => lastForm(formula, values));
  if (task === "equivalence") return JSON.stringify(last[0]) === JSON.stringify(last[1]);
  if (task === "satisfiability") return last.includes(false);
  return last.at(-1) === true || last.slice(0, -1).includes(false);
}

/** The lines of one case: up to the one that ends it. */
function caseLines({ task, formulas }: Pick<Problem, "task" | "formulas">, values: Values): CaseLine[] {
  const places = formulas.map((_, i) => i);
  const order = task === "entailment" ? [places.length - 1, ...places.slice(0, -1)] : places;
  const lines: CaseLine[] = [];
  for (const at of order) {
    const found = forms(formulas[at]!, values);
    lines.push({ values, formula: at, forms: found });
    const isClaim = task === "entailment" && at === places.length - 1;
    if (task !== "equivalence" && found.at(-1) === isClaim) return lines;
  }
  return lines;
}

/** The last true variable is false now, and those behind it are open; undefined where all are false. */
function nextCase(values: Values): Values | undefined {
  const entries = [...values];
  while (entries.length > 0 && !entries.at(-1)![1]) entries.pop();
  const last = entries.pop();
  return last === undefined ? undefined : new Map([...entries, [last[0], false]]);
}

const writeValues = (values: Values, names: readonly string[]): string =>
  [...values].map(([variable, value]) => `${names[variable]}=${value ? "T" : "F"}`).join(", ");

/** The reasoning; `names` are those of the variables. */
export function writeTrace(problem: Pick<Problem, "task" | "formulas">, names: readonly string[]): string[] {
  const { task, formulas } = problem;
  const called = (at: number) => formulaName(task, formulas.length, at);
  return [
    ...formulas.map((formula, i) => `${called(i)}: ${write(formula, names)}`),
    ...reason(problem).map((line) => {
      if ("found" in line) return `found: ${line.found === undefined ? "none" : writeValues(line.found, names)}`;
      const said = line.forms.map((form) => write(form, names)).join("; ");
      return `${writeValues(line.values, names)}, ${called(line.formula)}: ${said}`;
    }),
  ];
}

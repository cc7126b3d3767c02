// The checker of propositional logic: judges lines and answers of a problem read from a question. Owns what each line claims; must not know
// wordings. All proofs are by enumeration of truth values.

import type { Language, Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { completions, type Formula, readFormula, truth, type Values, write } from "./formula.ts";
import { isFound, isYes, type Problem, variables } from "./problem.ts";
import { formulaName, reason } from "./trace.ts";

/** A problem as a question puts it; `names` are those of its variables. */
export interface ReadProblem extends Problem {
  readonly names: readonly string[];
  readonly language: Language;
}

const nameOf = ({ task, formulas }: Problem, at: number) => formulaName(task, formulas.length, at);

const writeValues = (values: Values, { names }: ReadProblem): string =>
  [...values].map(([variable, value]) => `${names[variable]}=${value ? "T" : "F"}`).join(", ");

/** `Ann=T, Bob=F` as values; undefined where it is something else. */
function readValues(text: string, { names }: ReadProblem): Values | undefined {
  const values = new Map<number, boolean>();
  for (const piece of text.split(/[,，]/)) {
    const [name = "", value = ""] = piece.split("=").map((side) => side.trim());
    const variable = names.indexOf(name);
    if (variable < 0 || (value !== "T" && value !== "F") || values.has(variable)) return undefined;
    values.set(variable, value === "T");
  }
  return values;
}

/** Which formula a label names, and in what case: `claim`, `Ann=T, first`. */
function readLabel(label: string, problem: ReadProblem): { at: number; values: Values } | undefined {
  const pieces = label.split(/[,，]/);
  const name = pieces.pop()!.trim();
  const at = problem.formulas.findIndex((_, i) => nameOf(problem, i) === name);
  const values = pieces.length === 0 ? new Map<number, boolean>() : readValues(pieces.join(","), problem);
  return at < 0 || values === undefined ? undefined : { at, values };
}

/** Values under which two formulas differ. */
function difference(a: Formula, b: Formula, problem: ReadProblem, given: Values): Values | undefined {
  return completions(variables(problem), given).find((values) => truth(a, values) !== truth(b, values));
}

function checkStep(problem: ReadProblem, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const { label, body } = line;
  if (label === undefined) return undefined;
  if (label === "found") return judgeFound(problem, body, steps);
  const read = readLabel(label, problem);
  if (read === undefined) return undefined;
  const formula = problem.formulas[read.at]!;
  const told = steps.find((step) => step.label === nameOf(problem, read.at));
  const from = [told?.index ?? -1];
  for (const text of body.split(/[;；]/)) {
    const form = readFormula(text.trim(), problem.names);
    if (form === undefined) return undefined;
    const wrong = difference(form, formula, problem, read.values);
    if (wrong === undefined) continue;
    return {
      ...refuted({ [write(formula, problem.names)]: `${truth(formula, wrong)} for ${writeValues(wrong, problem)}` }),
      from,
    };
  }
  return { ...proved("enumeration"), from };
}

/** `found: none`, or the values of an example; it follows from the cases that were looked at. */
function judgeFound(problem: ReadProblem, body: string, steps: StepContext["steps"]): TaskVerdict | undefined {
  const cases = steps.filter(({ label = "" }) => label.includes("=") && readLabel(label, problem) !== undefined);
  if (body === "none") {
    const from = cases.length === 0 ? [-1] : cases.map(({ index }) => index);
    const example = completions(variables(problem)).find((values) => isFound(problem, values));
    return {
      ...(example === undefined ? proved("enumeration") : refuted({ example: writeValues(example, problem) })),
      from,
    };
  }
  const values = readValues(body, problem);
  if (values === undefined) return undefined;
  const same = cases.filter(
    ({ label = "" }) => writeValues(readLabel(label, problem)!.values, problem) === writeValues(values, problem),
  );
  const from = same.length === 0 ? [-1] : same.map(({ index }) => index);
  if (isFound(problem, values) === true) return { ...proved("enumeration"), from };
  const wrong = completions(variables(problem), values).find((all) => isFound(problem, all) === false)!;
  return { ...refuted({ "no example": writeValues(wrong, problem) }), from };
}

const YES = /^(?:yes|true|valid|是|能|对|可以|成立|等价|可满足)$/i;
const NO = /^(?:no|false|invalid|否|不|不能|不是|不对|不可以|不成立|不等价|不可满足)$/i;

function checkAnswer(problem: ReadProblem, answer: string): Verdict {
  const word = answer
    .replace(/\\text\s*\{([^}]*)\}/g, "$1")
    .replace(/[.。\s]+$/, "")
    .trim();
  const said = YES.test(word) ? true : NO.test(word) ? false : undefined;
  if (said === undefined) return unknown("unparsed");
  if (said === isYes(problem)) return proved("enumeration");
  const last = reason(problem).at(-1)!;
  const example = "found" in last && last.found !== undefined ? writeValues(last.found, problem) : "none";
  return refuted({ found: example });
}

export const checkerWith = (recognise: (question: string) => ReadProblem | undefined): TaskChecker<ReadProblem> => ({
  id: "propositional-logic",
  recognise,
  checkStep,
  checkAnswer,
  answerBy: "recomputing",
});

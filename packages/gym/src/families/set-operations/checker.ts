// The checker of problems of sets: judges lists, memberships and answers. Owns what each line claims; sums and products are left to the general
// checker and the columns. Must not know wordings.

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
import { wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import { NAMES } from "../ordering/names.ts";
import { countOf, type Elements, type Expression, members, type Problem, sizeOf } from "./problem.ts";
import { elementText, writeExpression } from "./trace.ts";

type Sets = Elements & Problem;

/** An element from its text, in either language; undefined where it is none of this kind. */
function readElement(text: string, of: Elements["of"]): number | undefined {
  if (of === "numbers") return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
  if (of === "letters") return /^[a-zA-Z]$/.test(text) ? text.toLowerCase().charCodeAt(0) - 97 : undefined;
  const at = Math.max(
    NAMES.en.findIndex((name) => name.toLowerCase() === text.toLowerCase()),
    NAMES.zh.indexOf(text),
  );
  return at < 0 ? undefined : at;
}

/** `1, 3, 5`, `none`; undefined where an entry is no element. */
function readList(text: string, of: Elements["of"]): number[] | undefined {
  if (text === "" || text === "none") return [];
  const list = text.split(/\s*(?:[,，、;；]|\band\b|和)\s*/).filter((one) => one !== "");
  const elements = list.map((one) => readElement(one.trim(), of));
  return elements.includes(undefined) ? undefined : (elements as number[]);
}

/** All parts of an expression, the whole last. */
const partsOf = (expression: Expression): Expression[] =>
  typeof expression === "number" ? [] : [...partsOf(expression.left), ...partsOf(expression.right), expression];

const languageOf = (question: string): Language => (/\p{Script=Han}/u.test(question) ? "zh" : "en");

/** The set that a text names: one of the sets, or a part of the expression. */
function named(text: string, { sets, letters, expression }: Sets): Expression | undefined {
  const all: Expression[] = [...sets.keys(), ...partsOf(expression)];
  return all.find((one) => writeExpression(one, letters) === text.replace(/\s/g, ""));
}

/** Whether a list is a set; the witness names an element that is missing or too many. */
function judgeList(list: readonly number[], expected: readonly number[], text: (one: number) => string): Verdict {
  const missing = expected.find((one) => !list.includes(one));
  if (missing !== undefined) return refuted({ missing: text(missing) });
  const wrong = list.find((one) => !expected.includes(one));
  if (wrong !== undefined) return refuted({ "not in it": text(wrong) });
  const twice = list.find((one, i) => list.indexOf(one) !== i);
  return twice === undefined ? proved("enumeration") : refuted({ twice: text(twice) });
}

/** The steps that tell of a set: its own line, or the question. */
const sourceOf = (expression: Expression, { letters }: Sets, steps: StepContext["steps"]): number =>
  steps.findLast(({ label }) => label === writeExpression(expression, letters))?.index ?? -1;

function checkSets(
  problem: Sets,
  { label = "", body }: StepLine,
  { steps, question }: StepContext,
): TaskVerdict | undefined {
  const { of, sets } = problem;
  const text = (one: number) => elementText(of, one, languageOf(question));
  const expression = named(label, problem);
  if (expression !== undefined) {
    const list = readList(body, of);
    if (list === undefined) return undefined;
    const verdict = judgeList(list, members(expression, sets), text);
    if (typeof expression === "number") return { ...verdict, from: [-1] };
    const from = [expression.left, expression.right].map((side) => sourceOf(side, problem, steps));
    const looks = steps.filter((step) => readElement(step.label ?? "", of) !== undefined).map(({ index }) => index);
    return { ...verdict, from: [...new Set([...from, ...looks])] };
  }
  const element = readElement(label, of);
  const [, no, other = ""] = /^(not )?(.+)$/.exec(body) ?? [];
  const set = named(other, problem);
  if (element === undefined || set === undefined) return undefined;
  const isIn = members(set, sets).includes(element);
  const verdict =
    isIn === (no === undefined) ? proved("enumeration") : refuted({ [label]: isIn ? other : `not ${other}` });
  return { ...verdict, from: [sourceOf(set, problem, steps)] };
}

/** An answer as the text of a list: without braces, and without the name of the set in front. */
const bare = (answer: string): string =>
  answer
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/^[^={]*=\s*/, "")
    .replace(/\\(?:left|right|emptyset|varnothing|[,; ])|[\\{}∅]/g, " ")
    .replace(/^\s*(?:空集|the empty set)\s*$/i, "")
    .replace(/[.。\s]+$/, "")
    .trim();

const IS_EMPTY = /^(?:none|\\emptyset|\\varnothing|∅|空集|the empty set|\\?\{\s*\\?\}|empty set)$/i;

function checkAnswer(problem: Problem, answer: string, budget?: number): Verdict {
  if (problem.kind === "counts") return wholeAnswer(withoutPeople(answer), String(countOf(problem)), budget);
  if (problem.kind === "sizes") return wholeAnswer(answer, String(sizeOf(problem)), budget);
  const list = IS_EMPTY.test(answer.trim()) ? [] : bare(answer) === "" ? undefined : readList(bare(answer), problem.of);
  if (list === undefined) return unknown("unparsed");
  const language = /\p{Script=Han}/u.test(answer) ? "zh" : "en";
  return judgeList(list, members(problem.expression, problem.sets), (one) => elementText(problem.of, one, language));
}

const withoutPeople = (answer: string): string =>
  answer.replace(/(?<=\d)\s*(?:people|children|pupils|students|人|名)\.?$/i, "");

export const checkerWith = (recognise: (question: string) => Problem | undefined): TaskChecker<Problem> => ({
  id: "set-operations",
  recognise,
  // The elements of a set are counted up to.
  premises: (problem) =>
    problem.kind === "sizes" && problem.sizes.length === 1
      ? [Array.from({ length: problem.sizes[0] }, (_, i) => i + 1).join("<")]
      : [],
  checkStep: (problem, line, context) =>
    problem.kind === "elements" ? checkSets(problem, line, context) : columnStep(line, context),
  checkAnswer,
  answerBy: "recomputing",
});

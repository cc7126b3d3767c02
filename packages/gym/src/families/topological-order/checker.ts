// The checker of task problems: judges lines and answers of a problem read from a question. An order is held against every rule: any that
// breaks none is right. Must not know wordings.

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
import { isShort, saysNone, wholeAnswer } from "../../answers.ts";
import { readNodes } from "../../node-list.ts";
import { sameLine } from "../../same-line.ts";
import { endsOf, freeOf, isPossible, needsOf, orderOf, type Problem } from "./tasks.ts";
import { resultOf, WORDS, writeEnds, writeLeft, writeRule, writeStep } from "./trace.ts";

const LANGUAGES: readonly Language[] = ["en", "zh"];
const RULE = /^([A-Z])-([A-Z])$/;
const TASK = /^[A-Z]$/;

const isNow = (name: keyof typeof WORDS.en, text: string | undefined): boolean =>
  LANGUAGES.some((language) => WORDS[language][name] === text);

/** A circle of rules among tasks that can never be done, as a witness. */
function circle(problem: Problem): string {
  const done = orderOf(problem);
  const stuck = problem.tasks.filter((task) => !done.includes(task));
  const path = [stuck[0]!];
  for (;;) {
    const before = needsOf(problem.rules, path.at(-1)!, stuck)[0]!;
    const at = path.indexOf(before);
    path.push(before);
    if (at >= 0) return path.slice(at).reverse().join(" before ");
  }
}

/** Holds an order against the tasks and the rules. */
function judgeOrder({ tasks, rules }: Problem, order: readonly string[]): Verdict {
  const missing = tasks.find((task) => !order.includes(task));
  if (missing !== undefined) return refuted({ missing });
  const wrong = order.find((task, i) => !tasks.includes(task) || order.indexOf(task) < i);
  if (wrong !== undefined) return refuted({ [tasks.includes(wrong) ? "twice" : "no such task"]: wrong });
  const broken = rules.find(([before, after]) => order.indexOf(before) > order.indexOf(after));
  return broken === undefined ? proved("enumeration") : refuted({ rule: broken.join(" before ") });
}

/** The verdict on a statement that there is no order. */
const judgeNone = (problem: Problem): Verdict =>
  isPossible(problem) ? refuted({ order: orderOf(problem).join(", ") }) : proved("enumeration");

function judgeResult(problem: Problem, name: Problem["ask"], body: string): Verdict | undefined {
  if (name === "possible") {
    if (!isNow("yes", body) && !isNow("no", body)) return undefined;
    if (isNow("yes", body) === isPossible(problem)) return proved("enumeration");
    return isPossible(problem) ? judgeNone(problem) : refuted({ circle: circle(problem) });
  }
  if (isNow("none", body)) return judgeNone(problem);
  if (!isPossible(problem)) return refuted({ circle: circle(problem) });
  if (name === "order") {
    const order = readNodes(body);
    return order === undefined ? undefined : judgeOrder(problem, order);
  }
  if (!/^\d{1,6}$/.test(body) || problem.ask !== "time") return undefined;
  const time = resultOf(problem, "en")!;
  return body === time ? proved("enumeration") : refuted({ time });
}

function checkStep(problem: Problem, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const { label, body } = line;
  if (label === undefined) return undefined;
  const isStep = (step: StepLine) => TASK.test(step.label ?? "");
  const done = steps.filter((step) => isStep(step) && step.verdict.verdict === "proved").map((step) => step.label!);
  const left = problem.tasks.filter((task) => !done.includes(task));
  const indices = (is: (step: StepLine) => boolean) => steps.filter(is).map(({ index }) => index);
  const linked = (verdict: Verdict | undefined, from: number[]): TaskVerdict | undefined =>
    verdict === undefined ? undefined : { ...verdict, from: from.length === 0 ? [-1] : from };
  const forms = (write: (language: Language) => string) => sameLine(line, LANGUAGES.map(write));
  const last = steps.findLast((step) => isStep(step) || isNow("left", step.label));

  if (RULE.test(label)) {
    const at = problem.rules.findIndex((rule) => rule.join("-") === label);
    return linked(at < 0 ? refuted({ "no such rule": label }) : sameLine(line, [writeRule(problem, at)]), []);
  }
  if (isNow("left", label)) {
    const rules = indices((step) => RULE.test(step.label ?? ""));
    return linked(
      forms((language) => `${WORDS[language].left}: ${writeLeft(problem, left, language)}`),
      rules,
    );
  }
  const before = last === undefined ? [] : [last.index];
  if (isNow("stuck", label)) {
    const free = freeOf(problem, left);
    if (free.length > 0) return linked(refuted({ "needs nothing": free[0]! }), before);
    return linked(
      forms((language) => `${WORDS[language].stuck}: ${writeLeft(problem, left, language)}`),
      before,
    );
  }
  const ends = problem.ask === "time" && isPossible(problem) ? endsOf(problem) : undefined;
  if (isNow("ends", label) && ends !== undefined)
    return linked(
      forms((language) => `${WORDS[language].ends}: ${writeEnds(problem.tasks, ends)}`),
      indices(isStep),
    );
  for (const name of ["possible", "order", "time"] as const)
    if (isNow(name, label)) {
      const end = steps.findLast((step) => isNow("ends", step.label) || isNow("stuck", step.label));
      return linked(judgeResult(problem, name, body), end === undefined ? indices(isStep) : [end.index]);
    }
  if (!TASK.test(label)) return undefined;
  if (!left.includes(label)) return linked(refuted({ left: left.join(", ") || "none" }), before);
  const needs = needsOf(problem.rules, label, left);
  if (needs.length > 0) return linked(refuted({ needs: needs.join(", ") }), before);
  const rest = left.filter((task) => task !== label);
  const needed = indices((step) => step.label !== undefined && needsOf(problem.rules, label).includes(step.label));
  return linked(
    forms((language) => writeStep(problem, label, rest, ends, language)),
    [...new Set([...needed, ...before])],
  );
}

const YES = /^(?:yes|possible|it is possible|可以|能|是|可能|可行)[.。!！]?$/i;
const NO = /^(?:no|cannot|不可以|不能|否|不行|不可行)[.。!！]?$/i;
const UNITS = /\s*(?:hours?|h|days?|minutes?|min|weeks?|小时|天|分钟|周)[.。]?$/i;

function checkAnswer(problem: Problem, answer: string): Verdict {
  if (!isShort(answer)) return unknown("unparsed");
  const text = answer
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/\\[,; ]/g, " ")
    .trim();
  if (problem.ask === "possible") {
    const isNo = NO.test(text) || saysNone(text);
    return isNo || YES.test(text) ? judgeResult(problem, "possible", isNo ? "no" : "yes")! : unknown("unparsed");
  }
  if (saysNone(text)) return judgeNone(problem);
  if (!isPossible(problem)) return refuted({ circle: circle(problem) });
  if (problem.ask === "time") return wholeAnswer(text.replace(UNITS, ""), resultOf(problem, "en")!);
  const order = readNodes(answer);
  return order === undefined ? unknown("unparsed") : judgeOrder(problem, order);
}

export const checkerWith = (recognise: (question: string) => Problem | undefined): TaskChecker<Problem> => ({
  id: "topological-order",
  recognise,
  checkStep,
  checkAnswer,
  answerBy: "checking",
});

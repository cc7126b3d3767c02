// The checker of first-order logic: judges lines and answers of a problem read from a question. Owns what each line claims; must not know
// wordings. Everything is decided in the world of the question.

import type { Verdict } from "@lemma/protocol";
import {
  type Formula,
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { instance, partsOf, quantifiersOf, read, type Words, write } from "./formula.ts";
import { type Problem, truth, type Values } from "./problem.ts";
import { reason, writeHolds, writeValues } from "./trace.ts";

/** A problem with its words, as a question has them. */
type Read = Problem & { readonly words: Words };

/** `x=Ann, y=Bob`; undefined where it isn't that, or names what is no thing. */
function readValues(text: string, { words }: Read): Values | undefined {
  const values = new Map<string, number>();
  if (text === "claim") return values;
  for (const piece of text.split(/[,，]/)) {
    const [variable = "", name = ""] = piece.split("=").map((side) => side.trim());
    const thing = words.things.indexOf(name);
    if (!/^[a-z]$/.test(variable) || thing < 0 || values.has(variable)) return undefined;
    values.set(variable, thing);
  }
  return values;
}

/** What the claim says under some values: the body of each quantifier that binds the last of them, with things put in. */
function bodiesAt({ formula }: Read, values: Values): Formula[] {
  let bodies = [formula];
  for (const [variable, thing] of values)
    bodies = bodies.flatMap((body) =>
      quantifiersOf(body)
        .filter((quantifier) => quantifier.variable === variable)
        .map((quantifier) => instance(quantifier.of, variable, thing)),
    );
  return bodies;
}

/** Where a form says something else than the formula: the part and what it is. Parts of another shape are compared by their truth. */
function difference(problem: Read, form: Formula, formula: Formula): Record<string, string> | undefined {
  const { words } = problem;
  const text = write(formula, words);
  if (form.kind === formula.kind) {
    if (form.kind === "atom" || form.kind === "every" || form.kind === "some")
      return write(form, words) === text ? undefined : { expected: text };
    const [mine, theirs] = [partsOf(form), partsOf(formula)];
    const wrong = mine.map((part, i) => difference(problem, part, theirs[i]!)).find((found) => found !== undefined);
    if (wrong !== undefined || mine.length > 0) return wrong;
  }
  const [said, is] = [form, formula].map((part) => truth(problem, part));
  return said === is ? undefined : { [text]: is ? "T" : "F" };
}

const linked = (verdict: Verdict, from: readonly number[]): TaskVerdict => ({
  ...verdict,
  from: from.length === 0 ? [-1] : [...new Set(from)],
});

/** `things: …` and the lines of predicates: each entry once, in any order. */
function judgeList(given: string, expected: string): TaskVerdict {
  const entries = (text: string) =>
    text
      .split(/\s*[,，、]\s*/)
      .sort()
      .join();
  return linked(entries(given) === entries(expected) ? proved("enumeration") : refuted({ all: expected }), [-1]);
}

const OUTCOME = /^(no )?(witness|counterexample)(?: ([a-z])=(.+))?; ([TF])$/;

/** What came of a quantifier. It follows from the instances that were looked at. */
function judgeOutcome(problem: Read, values: Values, match: RegExpExecArray, steps: StepContext["steps"]): TaskVerdict {
  const [, none, what, variable, name, value] = match;
  const kind = what === "witness" ? "some" : "every";
  const { words } = problem;
  const label = values.size === 0 ? "" : `${writeValues(values, words)}, `;
  const from = steps
    .filter((step) => step.label?.startsWith(label) && readValues(step.label, problem)?.size === values.size + 1)
    .map(({ index }) => index);
  const found = bodiesAt(problem, values).flatMap(quantifiersOf);
  const all = found.filter((one) => one.kind === kind && (variable === undefined || one.variable === variable));
  const expected = (none === undefined) === (kind === "some") ? "T" : "F";
  if (all.length === 0) return linked(refuted({ quantifier: found[0]?.kind ?? "none" }), from);
  if (value !== expected) return linked(refuted({ value: expected }), from);
  if (none !== undefined) {
    const right = all.some((one) => truth(problem, one) === (kind === "every"));
    const example = problem.words.things.find(
      (_, thing) => truth(problem, instance(all[0]!.of, all[0]!.variable, thing)) === (kind === "some"),
    );
    return linked(right ? proved("enumeration") : refuted({ [what!]: `${all[0]!.variable}=${example}` }), from);
  }
  const thing = words.things.indexOf(name ?? "");
  const bodies = all.map((one) => instance(one.of, one.variable, thing));
  if (thing < 0) return linked(refuted({ things: words.things.join(", ") }), from);
  const right = bodies.some((body) => truth(problem, body) === (kind === "some"));
  return linked(
    right ? proved("enumeration") : refuted({ [write(bodies[0]!, words)]: kind === "some" ? "F" : "T" }),
    from,
  );
}

/** Forms of the claim under some values. They follow from the line before that has the quantifier, and from the facts. */
function judgeForms(problem: Read, values: Values, body: string, steps: StepContext["steps"]): TaskVerdict | undefined {
  const { words } = problem;
  const predicate = (name: string, arity: number) => {
    const at = words.predicates.indexOf(name);
    return at >= 0 && problem.predicates[at]!.arity === arity ? at : undefined;
  };
  const thing = (name: string) => (words.things.includes(name) ? words.things.indexOf(name) : undefined);
  const forms = body.split(/\s*[;；]\s*/).map((text) => read(text, predicate, thing));
  if (forms.length === 0 || forms.includes(undefined)) return undefined;
  const outer = [...values].slice(0, -1);
  const before = steps.findLast(({ label }) => label === writeValues(new Map(outer), words) && values.size > 0);
  const facts = steps.filter(({ label = "" }) => words.predicates.includes(label));
  const from = [...(before === undefined ? [] : [before]), ...facts].map(({ index }) => index);
  const bodies = bodiesAt(problem, values);
  if (bodies.length === 0)
    return linked(refuted({ variable: quantifiersOf(problem.formula)[0]?.variable ?? "none" }), from);
  let wrong: Record<string, string> | undefined;
  for (const candidate of bodies) {
    const found = forms.map((form) => difference(problem, form!, candidate)).find((one) => one !== undefined);
    if (found === undefined) return linked(proved("enumeration"), from);
    wrong ??= found;
  }
  return linked(refuted(wrong!), from);
}

function checkStep(problem: Read, { label, body }: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  if (label === undefined) return undefined;
  const { words } = problem;
  if (label === "things") return judgeList(body, words.things.join(", "));
  const at = words.predicates.indexOf(label);
  if (at >= 0) return judgeList(body, writeHolds(problem.predicates[at]!, words));
  const values = readValues(label, problem);
  if (values === undefined) return undefined;
  const outcome = OUTCOME.exec(body);
  return outcome === null ? judgeForms(problem, values, body, steps) : judgeOutcome(problem, values, outcome, steps);
}

const YES = /^(?:true|yes|t|right|correct|it holds|holds|真|真的|是|是真的|对|正确|成立|真命题)$/i;
const NO = /^(?:false|no|f|wrong|incorrect|not true|it fails|假|假的|否|是假的|不是|不对|错|错误|不成立|假命题)$/i;

function checkAnswer(problem: Read, answer: string): Verdict {
  const word = answer
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/[.。\s]+$/, "")
    .trim();
  const said = YES.test(word) ? true : NO.test(word) ? false : undefined;
  if (said === undefined) return unknown("unparsed");
  if (said === truth(problem, problem.formula)) return proved("enumeration");
  return refuted({ [write(problem.formula, problem.words)]: said ? "F" : "T", ...exampleOf(problem) });
}

/** What the outermost quantifier came to. */
function exampleOf(problem: Read): Record<string, string> {
  const last = reason(problem).findLast((line) => "quantifier" in line && line.values.size === 0);
  if (last === undefined || !("quantifier" in last) || last.found === undefined) return {};
  const what = last.quantifier.kind === "some" ? "witness" : "counterexample";
  return { [what]: `${last.quantifier.variable}=${problem.words.things[last.found]}` };
}

export const checkerWith = (recognise: (question: string) => Problem | undefined): TaskChecker<Problem> => ({
  id: "first-order-logic",
  recognise,
  checkStep: (problem, line, context) => checkStep(problem as Read, line, context),
  checkAnswer: (problem, answer) => checkAnswer(problem as Read, answer),
  answerBy: "recomputing",
});

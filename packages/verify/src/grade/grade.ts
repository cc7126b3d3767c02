// Judges an answer against a reference by the kind of its verifier. Owns one grader for each kind; extraction is extract.ts.

import type { Verdict, Verifier } from "@lemma/protocol";
import { Budget, BudgetExhausted, Unsupported } from "../budget.ts";
import { compareExpressions } from "../compare/expressions.ts";
import { compareStatements } from "../compare/statements.ts";
import type { Expression, Statement } from "../syntax/expression.ts";
import { readStatement, type Vocabulary } from "../syntax/statement.ts";
import { recogniseTask } from "../task.ts";
import { proved, refuted, unknown } from "../verdict.ts";
import { DEFAULT_EXTRACTORS, type ExtractorName, extractAnswer } from "./extract.ts";
import { judgeForm } from "./form.ts";
import { gradeNamedValues } from "./named-values.ts";
import { judgeOdeSolution, type OdeProblem, readCondition } from "./ode.ts";
import { withoutUnit } from "./units.ts";

/** What is graded. `verifier` is that of the dataset row; its `extractors` names other extractors than the default ones, its `task` the family that judges. */
export interface GradeRequest {
  readonly problem: string;
  readonly response: string;
  readonly reference: string;
  readonly verifier: Verifier;
  readonly budget?: number;
}

/** A verdict with what was taken from the reply, null where nothing could be, and the extractor that found it. */
export type Grade = Verdict & { extracted: string | null; extractor?: ExtractorName };

type Grader = (answer: string, reference: string, verifier: Verifier, budget: Budget) => Verdict;

const GRADERS: Readonly<Record<Verifier["kind"], Grader>> = {
  expression: gradeExpression,
  number: gradeExpression,
  set: gradeStatement,
  tuple: gradeTuple,
  relation: gradeStatement,
  ode: gradeOde,
  assignment: gradeAssignment,
  choice: gradeChoice,
  text: gradeText,
  program: gradeText,
};

/**
 * Grades a reply against the reference answer. Unparsed replies are `unknown`/`unparsed`, never wrong in silence.
 * @example
 * grade({ problem: "Solve 2x = 1.", response: "\\boxed{0.5}", reference: "1/2", verifier: { kind: "number" } });
 * // { verdict: "proved", method: "exact", extracted: "0.5", extractor: "boxed" }
 */
export function grade(request: GradeRequest): Grade {
  const { response, reference, verifier } = request;
  if (!Object.hasOwn(GRADERS, verifier.kind)) return { ...unknown("bad-input"), extracted: null };
  const extractors = Array.isArray(verifier.extractors) ? (verifier.extractors as ExtractorName[]) : DEFAULT_EXTRACTORS;
  const found = extractAnswer(response, extractors);
  if (found === undefined) return { ...unknown("unparsed"), extracted: null };
  const verdict = gradeByTask(request, found.text) ?? gradeAnswer(found.text, reference, verifier, request.budget);
  return { ...verdict, extracted: found.text, extractor: found.extractor };
}

/** Where many answers are right (a path, an expression with a value, a program), the task that the verifier names judges by the question. */
function gradeByTask({ problem, verifier }: GradeRequest, answer: string): Verdict | undefined {
  if (verifier.kind === "program" && Array.isArray(verifier.tests)) return unknown("unsupported"); // the sandbox's: gradeProgram
  if (typeof verifier.task !== "string") return undefined;
  const recognised = recogniseTask(problem, verifier.task);
  return recognised?.checker.checkAnswer?.(recognised.problem, answer) ?? unknown("unsupported");
}

/** Grades an answer that is already extracted. */
export function gradeAnswer(answer: string, reference: string, verifier: Verifier, operations?: number): Verdict {
  if (!Object.hasOwn(GRADERS, verifier.kind)) return unknown("bad-input");
  const grader = GRADERS[verifier.kind];
  try {
    return grader(answer, reference, verifier, new Budget(operations));
  } catch (problem) {
    if (problem instanceof BudgetExhausted) return unknown("budget");
    if (problem instanceof Unsupported) return unknown("unsupported");
    throw problem;
  }
}

/** Kinds whose answers hold several values: there 1,234 is two of them. */
const LISTS: ReadonlySet<Verifier["kind"]> = new Set(["set", "tuple", "assignment"]);
/** Kinds whose answers are values: there i is the imaginary unit. */
const VALUES: ReadonlySet<Verifier["kind"]> = new Set(["number", "expression", "set", "tuple", "assignment"]);

/** How the answers of a verifier are read: its letters stand for unknowns even where mathematics has a constant. */
function vocabularyOf(verifier: Verifier): Vocabulary {
  const named = [verifier.variables, verifier.names].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  const variables = new Set(named.filter((name) => typeof name === "string"));
  return { variables, list: LISTS.has(verifier.kind), imaginary: VALUES.has(verifier.kind) };
}

function read(text: string, verifier: Verifier, more: Vocabulary = {}): Statement | undefined {
  const reading = readStatement(text, { ...vocabularyOf(verifier), ...more });
  return reading.ok ? reading.statement : undefined;
}

/** The value meant by `7`, `x = 7`, `f(x) = 2x = …`: the last term of an equality chain. */
function meantValue(statement: Statement | undefined): Expression | undefined {
  if (statement?.kind === "expression") return statement.expression;
  if (statement?.kind !== "chain" || statement.operators.some((operator) => operator !== "=")) return undefined;
  return statement.terms.at(-1);
}

/**
 * By value, and by form where the verifier names one (`form`). Both texts with their units: the reference's are its own or those that the
 * verifier names (`unit: "cm"`). An answer without a unit means the reference's; a reference without one leaves the answer's unit aside,
 * for the question has said which.
 */
function gradeExpression(answer: string, reference: string, verifier: Verifier, budget: Budget): Verdict {
  const unit = typeof verifier.unit === "string" ? ` \\text{ ${verifier.unit}}` : "";
  const hasUnit = (text: string, units: boolean): boolean => {
    const reading = readStatement(text, { ...vocabularyOf(verifier), units });
    return reading.ok && reading.hasUnits;
  };
  const isNumber = verifier.kind === "number";
  const expectsUnit = unit !== "" || hasUnit(reference, isNumber);
  const isMeasured = expectsUnit && hasUnit(answer, true);
  const known: Vocabulary = { units: isMeasured || isNumber, dropUnits: !isMeasured };
  const expected = meantValue(read(isMeasured ? reference + unit : reference, verifier, known));
  if (expected === undefined) return unknown("bad-input");
  const given = meantValue(read(withoutUnit(answer, verifier.units), verifier, known));
  if (given === undefined) return unknown("unparsed");
  const verdict = compareExpressions(given, expected, budget);
  return verdict.verdict === "proved" && typeof verifier.form === "string" ? judgeForm(given, verifier.form) : verdict;
}

function gradeStatement(answer: string, reference: string, verifier: Verifier, budget: Budget): Verdict {
  const expected = read(reference, verifier);
  if (expected === undefined) return unknown("bad-input");
  const given = read(answer, verifier);
  if (given === undefined) return unknown("unparsed");
  return compareStatements(given, expected, budget);
}

/**
 * A tuple of expressions, or of names (`of: "names"`), where `Ann > Bob` and `Bob < Ann` say the same order. `ascending: true`
 * says that the reference begins with the lowest, so that `Bob < Ann` is the order `Bob, Ann`.
 */
function gradeTuple(answer: string, reference: string, verifier: Verifier, budget: Budget): Verdict {
  if (verifier.of === "names") return gradeNames(answer, reference, verifier.ascending === true);
  return gradeStatement(answer, reference, verifier, budget);
}

function gradeNames(answer: string, reference: string, ascending: boolean): Verdict {
  const given = namesOf(answer, ascending);
  const expected = namesOf(reference, ascending);
  if (expected === undefined) return unknown("bad-input");
  if (given === undefined) return unknown("unparsed");
  const same = given.length === expected.length && given.every((name, k) => name === expected[k]);
  return same ? proved("exact") : refuted({ answer: given.join(", "), expected: expected.join(", ") });
}

/** Names as they are listed; a chain is turned where its signs point against the asked direction. */
function namesOf(text: string, ascending: boolean): string[] | undefined {
  const plain = text.replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1").replace(/\\[,;: ]/g, " ");
  const inner = plain.trim().replace(/^[([]([^()[\]]*)[)\]]$/, "$1");
  const rises = /[<＜]|\\lt/.test(inner);
  const falls = /(?<!-)>|＞|\\gt/.test(inner);
  if (rises && falls) return undefined;
  const names = inner
    .split(/\s*(?:[,，、;；<>＜＞]|\\lt|\\gt|->|→|\s)\s*/)
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "" && name !== "and");
  if (names.length === 0 || names.some((name) => !/^[\p{L}\p{N}_'-]+$/u.test(name))) return undefined;
  return (ascending ? falls : rises) ? names.reverse() : names;
}

function gradeOde(answer: string, _reference: string, verifier: Verifier, budget: Budget): Verdict {
  const { equation, function: name, variable } = verifier;
  if (typeof equation !== "string" || typeof name !== "string" || typeof variable !== "string")
    return unknown("bad-input");
  const texts = Array.isArray(verifier.conditions) ? (verifier.conditions as unknown[]) : [];
  const conditions = texts.map((text) => (typeof text === "string" ? readCondition(text, name) : undefined));
  if (conditions.includes(undefined)) return unknown("bad-input");
  const problem = {
    equation,
    function: name,
    variable,
    conditions: conditions as NonNullable<OdeProblem["conditions"]>,
  };
  return judgeOdeSolution(problem, answer, budget);
}

/** `x=2, y=3` in any order, or a tuple in the order of the verifier's `names`; words for names where it is `of: "names"`. */
function gradeAssignment(answer: string, reference: string, verifier: Verifier, budget: Budget): Verdict {
  if (verifier.of === "names") return gradeNamedValues(answer, reference);
  const expected = assignmentOf(read(reference, verifier), verifier);
  if (expected === undefined) return unknown("bad-input");
  const given = assignmentOf(read(answer, verifier), verifier);
  if (given === undefined) return unknown("unparsed");
  let weakest: Verdict = proved("exact");
  for (const [name, value] of expected) {
    const mine = given.get(name);
    if (mine === undefined) return refuted({ missing: name });
    const verdict = compareExpressions(mine, value, budget);
    if (verdict.verdict === "refuted") return refuted({ name, ...verdict.witness });
    if (verdict.verdict === "unknown") weakest = verdict;
  }
  for (const name of given.keys()) if (!expected.has(name)) return refuted({ unexpected: name });
  return weakest;
}

function assignmentOf(statement: Statement | undefined, verifier: Verifier): Map<string, Expression> | undefined {
  if (statement === undefined) return undefined;
  const names = Array.isArray(verifier.names) ? (verifier.names as unknown[]) : [];
  const items = statement.kind === "tuple" ? statement.items : statement.kind === "all" ? statement.parts : [statement];
  const result = new Map<string, Expression>();
  for (const [k, item] of items.entries()) {
    if (item.kind === "chain") {
      const [name] = item.terms;
      if (name?.kind !== "symbol" || item.operators.some((operator) => operator !== "=") || result.has(name.name))
        return undefined;
      result.set(name.name, item.terms.at(-1)!);
    } else if (item.kind === "expression" && items.length === names.length && typeof names[k] === "string") {
      result.set(names[k], item.expression);
    } else return undefined;
  }
  return result;
}

/** One of a few words or letters: brackets, case, \text{} and closing marks do not matter. */
function gradeChoice(answer: string, reference: string): Verdict {
  const given = plainChoice(answer);
  const expected = plainChoice(reference);
  if (given === "") return unknown("unparsed");
  return given === expected ? proved("exact") : refuted({ answer: given, expected });
}

function plainChoice(text: string): string {
  return text
    .replace(/\\(?:text|mathrm|textbf|mathbf)\s*\{([^}]*)\}/g, "$1")
    .trim()
    .replace(/^[("'“]+|[)"'”.。,，:：]+$/g, "")
    .trim()
    .toLowerCase();
}

/** Text as it stands, apart from line-end styles, spaces at line ends and empty lines at the ends. */
function gradeText(answer: string, reference: string): Verdict {
  const given = plainText(answer);
  const expected = plainText(reference);
  return given === expected
    ? proved("exact")
    : refuted({ answer: given.slice(0, 400), expected: expected.slice(0, 400) });
}

const plainText = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/g, "");

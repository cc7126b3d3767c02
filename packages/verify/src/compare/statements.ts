// Whether two statements say the same: expressions by value, tuples by position, sets as sets, relations by their solution sets.

import type { Verdict } from "@lemma/protocol";
import type { Budget } from "../budget.ts";
import type { Expression, Statement } from "../syntax/expression.ts";
import { expressionsOf, printExpression, symbolsOf } from "../syntax/walk.ts";
import { proved, refuted, unknown } from "../verdict.ts";
import { compareCongruences } from "./congruence.ts";
import { compareExpressions } from "./expressions.ts";
import { compareSolutions } from "./relations.ts";
import { isRounded } from "./rounded.ts";

/** Compares two statements within a budget. */
export function compareStatements(a: Statement, b: Statement, budget: Budget): Verdict {
  if (a.kind === "expression" && b.kind === "expression") return compareExpressions(a.expression, b.expression, budget);
  if (a.kind === "infinity" || b.kind === "infinity") return compareInfinity(a, b, budget);
  if (a.kind === "tuple" && b.kind === "tuple") return compareTuples(a.items, b.items, budget);
  const congruences = compareCongruences(a, b, budget);
  if (congruences !== undefined) return congruences;
  const verdict = compareListsOrSolutions(a, b, budget);
  // What was rounded can't refute.
  const isExact = verdict.verdict !== "refuted" || ![...expressionsOf(a), ...expressionsOf(b)].some(isRounded);
  return isExact || (itemsOf(a) !== undefined && itemsOf(b) !== undefined) ? verdict : unknown("undecided");
}

/** ∞ equals ∞ of the same sign, and no number. */
function compareInfinity(a: Statement, b: Statement, budget: Budget): Verdict {
  const show = (statement: Statement): string =>
    statement.kind === "infinity"
      ? statement.negative
        ? "-∞"
        : "∞"
      : statement.kind === "expression"
        ? printExpression(statement.expression)
        : "";
  if (a.kind === "infinity" && b.kind === "infinity")
    return a.negative === b.negative ? proved("exact") : refuted({ left: show(a), right: show(b) });
  const other = a.kind === "infinity" ? b : a;
  if (other.kind !== "expression" || symbolsOf(other.expression).size > 0) return unknown("unsupported");
  const isNumber = compareExpressions(other.expression, other.expression, budget).verdict === "proved";
  return isNumber ? refuted({ left: show(a), right: show(b) }) : unknown("undecided");
}

function compareListsOrSolutions(a: Statement, b: Statement, budget: Budget): Verdict {
  const listA = itemsOf(a);
  const listB = itemsOf(b);
  if (listA !== undefined && listB !== undefined && !areOfDifferentNames(listA, listB))
    return compareSets(listA.map(itemValue), listB.map(itemValue), budget);
  if (a.kind === "interval" && b.kind === "interval") {
    const verdict = compareIntervals(a, b, budget);
    if (verdict !== undefined) return verdict;
  }
  return compareSolutions(a, b, budget);
}

type IntervalStatement = Extract<Statement, { kind: "interval" }>;

/** Intervals with the same kinds of ends and equal bounds; undefined where their bounds do not settle it. */
function compareIntervals(a: IntervalStatement, b: IntervalStatement, budget: Budget): Verdict | undefined {
  const isSameShape =
    (a.low === undefined) === (b.low === undefined) &&
    (a.high === undefined) === (b.high === undefined) &&
    (a.low === undefined || a.lowClosed === b.lowClosed) &&
    (a.high === undefined || a.highClosed === b.highClosed);
  if (!isSameShape) return undefined;
  for (const [left, right] of [
    [a.low, b.low],
    [a.high, b.high],
  ] as const) {
    if (left === undefined || right === undefined) continue;
    if (compareExpressions(left, right, budget).verdict !== "proved") return undefined;
  }
  return proved("exact");
}

function compareTuples(a: readonly Statement[], b: readonly Statement[], budget: Budget): Verdict {
  if (a.length !== b.length) return refuted({ length: String(a.length), expected: String(b.length) });
  let weakest: Verdict = proved("exact");
  for (const [k, item] of a.entries()) {
    const verdict = compareStatements(item, b[k]!, budget);
    if (verdict.verdict === "refuted") return refuted({ position: String(k + 1), ...verdict.witness });
    if (verdict.verdict === "unknown") weakest = verdict;
  }
  return weakest;
}

/** A member of a list, with the name that it is the value of: `x = 2`, `x_1 = 2` and plain `2`. */
interface Item {
  readonly name?: string;
  readonly value: Expression;
}

const itemValue = ({ value }: Item): Expression => value;

/** Subscripts count solutions of one unknown. */
const baseName = (name: string): string => name.replace(/_?\d+$/, "");

/** Whether the lists name different unknowns, on one side or across. */
function areOfDifferentNames(a: readonly Item[], b: readonly Item[]): boolean {
  const names = new Set([...a, ...b].flatMap(({ name }) => (name === undefined ? [] : [baseName(name)])));
  return names.size > 1;
}

/** The members of `{1, 2}`, `1, 2`, `x = 1 or x = 2`, or of a single value. */
function itemsOf(statement: Statement): Item[] | undefined {
  switch (statement.kind) {
    case "expression":
      return [{ value: statement.expression }];
    case "set":
      return flatten(statement.items);
    case "all":
    case "any":
      return flatten(statement.parts);
    case "chain": {
      const [name, value] = statement.terms;
      if (statement.terms.length !== 2 || statement.operators[0] !== "=" || name?.kind !== "symbol") return undefined;
      return symbolsOf(value!).has(name.name) ? undefined : [{ name: name.name, value: value! }];
    }
    default:
      return undefined;
  }
}

function flatten(parts: readonly Statement[]): Item[] | undefined {
  const items: Item[] = [];
  for (const part of parts) {
    const inner = itemsOf(part);
    if (inner === undefined) return undefined;
    items.push(...inner);
  }
  return items;
}

function compareSets(a: readonly Expression[], b: readonly Expression[], budget: Budget): Verdict {
  const forward = isSubset(a, b, budget);
  if (forward.verdict !== "proved") return forward;
  return isSubset(b, a, budget);
}

function isSubset(a: readonly Expression[], b: readonly Expression[], budget: Budget): Verdict {
  for (const item of a) {
    let open: Verdict | undefined;
    let found = false;
    for (const other of b) {
      const verdict = compareExpressions(item, other, budget);
      if (verdict.verdict === "proved") {
        found = true;
        break;
      }
      if (verdict.verdict === "unknown") open = verdict;
    }
    if (found) continue;
    return open ?? refuted({ "only in one": printExpression(item) });
  }
  return proved("exact");
}

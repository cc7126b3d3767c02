// Whether two statements say the same: expressions by value, tuples by position, sets as sets, relations by their solution sets.

import type { Verdict } from "@lemma/protocol";
import type { Budget } from "../budget.ts";
import type { Expression, Statement } from "../syntax/expression.ts";
import { printExpression } from "../syntax/walk.ts";
import { proved, refuted } from "../verdict.ts";
import { compareExpressions } from "./expressions.ts";
import { compareSolutions } from "./relations.ts";

/** Compares two statements within a budget. */
export function compareStatements(a: Statement, b: Statement, budget: Budget): Verdict {
  if (a.kind === "expression" && b.kind === "expression") return compareExpressions(a.expression, b.expression, budget);
  const listA = itemsOf(a);
  const listB = itemsOf(b);
  if (a.kind === "tuple" && b.kind === "tuple") return compareTuples(a.items, b.items, budget);
  if (listA !== undefined && listB !== undefined) return compareSets(listA, listB, budget);
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

/** The members of `{1, 2}`, `1, 2`, `x = 1 or x = 2`, or of a single value. */
function itemsOf(statement: Statement): Expression[] | undefined {
  switch (statement.kind) {
    case "expression":
      return [statement.expression];
    case "set": {
      return flatten(statement.items);
    }
    case "all":
    case "any":
      return flatten(statement.parts);
    case "chain": {
      const [name, value] = statement.terms;
      if (statement.terms.length !== 2 || statement.operators[0] !== "=" || name?.kind !== "symbol") return undefined;
      return [value!];
    }
    default:
      return undefined;
  }
}

function flatten(parts: readonly Statement[]): Expression[] | undefined {
  const items: Expression[] = [];
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

// Whether two relations (or sets, intervals, alternatives) have the same solutions. One unknown: exactly, on the real line. Several: by
// proportional polynomials, by orders over names, and refuted by any rational point that satisfies only one of them.

import type { Verdict } from "@lemma/protocol";
import type { Budget } from "../budget.ts";
import { convert } from "../kernel/convert.ts";
import { monic } from "../kernel/divide.ts";
import { Evaluator, isExact, type Point } from "../kernel/evaluate.ts";
import * as F from "../kernel/fraction.ts";
import * as P from "../kernel/polynomial.ts";
import { Ring } from "../kernel/ring.ts";
import * as Q from "../number/rational.ts";
import type { Expression, Statement } from "../syntax/expression.ts";
import { expressionsOf, printExpression, substitute, symbolsOf } from "../syntax/walk.ts";
import { proved, refuted, unknown } from "../verdict.ts";
import { judgeConstants } from "./constants.ts";
import { compareExpressions } from "./expressions.ts";
import { type Atom, atomsOf, type Formula, formulaOf, truth, truthAt } from "./formula.ts";
import { judgeOrder, orderFacts } from "./order.ts";
import { samplePoints } from "./points.ts";
import { decideOnLine } from "./real-line.ts";
import { compareSystems } from "./systems.ts";

/** Compares two statements by their solution sets. */
export function compareSolutions(a: Statement, b: Statement, budget: Budget): Verdict {
  const symbols = [...symbolsOf(...expressionsOf(a), ...expressionsOf(b))].sort();
  if (symbols.length <= 1) {
    const name = symbols[0] ?? "x";
    const formulas = [formulaOf(a, name), formulaOf(b, name)] as const;
    if (formulas[0] === undefined || formulas[1] === undefined) return unknown("unsupported");
    const [left, right] = formulas;
    const decided = compareOnLine(left, right, name, budget) ?? compareRoots(left, right, name, budget);
    return decided ?? compareAtPoints(left, right, symbols, budget);
  }
  const left = formulaOf(a, symbols[0]!);
  const right = formulaOf(b, symbols[0]!);
  if (left === undefined || right === undefined) return unknown("unsupported");
  const system = compareSystems(left, right);
  if (system !== undefined) return system;
  const proof = sameFunction(left, right, budget) ?? sameOrder(left, right) ?? proportional(left, right, budget);
  if (proof !== undefined) return proof;
  return compareAtPoints(left, right, symbols, budget);
}

function compareOnLine(a: Formula, b: Formula, name: string, budget: Budget): Verdict | undefined {
  const decided = decideOnLine([a, b], name, budget);
  if (decided === undefined) return undefined;
  const difference = decided.find(({ values }) => values[0] !== values[1]);
  if (difference === undefined) return proved("exact");
  return refuted({
    [name]: difference.piece.text,
    first: String(difference.values[0]),
    second: String(difference.values[1]),
  });
}

/** An equation with finitely many solutions against a list of as many different values that all satisfy it (`x^2=2`, `x=±sqrt(2)`). */
function compareRoots(a: Formula, b: Formula, name: string, budget: Budget): Verdict | undefined {
  const [values, other] = valuesOf(a, name) === undefined ? [valuesOf(b, name), a] : [valuesOf(a, name), b];
  const decided = values === undefined ? undefined : decideOnLine([other], name, budget);
  if (
    values === undefined ||
    decided === undefined ||
    decided.some(({ piece, values: [holds] }) => holds && !piece.isRoot)
  )
    return undefined;
  const solutions = decided.filter(({ values: [holds] }) => holds);
  const different: Expression[] = [];
  for (const value of values) {
    if (different.some((known) => compareExpressions(known, value, budget).verdict === "proved")) continue;
    if (different.some((known) => compareExpressions(known, value, budget).verdict !== "refuted")) return undefined;
    different.push(value);
    const satisfied = truth(other, ({ left, operator, right }) => {
      const put = (side: Expression): Expression => substitute(side, new Map([[name, value]]));
      const verdict = judgeConstants(put(left), operator, put(right), budget);
      return verdict.verdict === "unknown" ? undefined : verdict.verdict === "proved";
    });
    if (satisfied === undefined) return undefined;
    if (!satisfied) return refuted({ [name]: printExpression(value), equation: "false" });
  }
  if (different.length === solutions.length) return proved("exact");
  return refuted({ solutions: String(solutions.length), given: String(different.length) });
}

/** The values of `x = a or x = b or …`; undefined for any other formula. */
function valuesOf(formula: Formula, name: string): Expression[] | undefined {
  if (formula.kind === "atom") {
    const isValue = formula.operator === "=" && formula.left.kind === "symbol" && formula.left.name === name;
    return isValue && symbolsOf(formula.right).size === 0 ? [formula.right] : undefined;
  }
  if (formula.kind === "and" && formula.parts.length !== 1) return undefined;
  const found: Expression[] = [];
  for (const part of formula.parts) {
    const inner = valuesOf(part, name);
    if (inner === undefined) return undefined;
    found.push(...inner);
  }
  return found;
}

/** `y = f(x)` against `y = g(x)`: the same relation exactly if f and g are the same function. */
function sameFunction(a: Formula, b: Formula, budget: Budget): Verdict | undefined {
  const [left, right] = [soleAtom(a), soleAtom(b)];
  if (left === undefined || right === undefined || left.operator !== "=" || right.operator !== "=") return undefined;
  if (left.left.kind !== "symbol" || right.left.kind !== "symbol" || left.left.name !== right.left.name)
    return undefined;
  const isSolved = [left.right, right.right].every(
    (side) => !symbolsOf(side).has((left.left as { name: string }).name),
  );
  return isSolved ? compareExpressions(left.right, right.right, budget) : undefined;
}

const soleAtom = (formula: Formula): Atom | undefined => {
  const atoms = atomsOf(formula);
  return atoms.length === 1 ? atoms[0] : undefined;
};

/** Chains over bare names: each must force every link of the other. */
function sameOrder(a: Formula, b: Formula): Verdict | undefined {
  const [left, right] = [namedLinks(a), namedLinks(b)];
  if (left === undefined || right === undefined) return undefined;
  const forces = (from: readonly NamedLink[], to: readonly NamedLink[]): boolean => {
    const facts = from.flatMap((link, k) => orderFacts(link.left, link.operator, link.right, k));
    return to.every((link) => judgeOrder(facts, link.left, link.operator, link.right)?.holds === true);
  };
  return forces(left, right) && forces(right, left) ? proved("exact") : undefined;
}

interface NamedLink {
  readonly left: string;
  readonly operator: Atom["operator"];
  readonly right: string;
}

function namedLinks(formula: Formula): NamedLink[] | undefined {
  if (formula.kind === "or" && formula.parts.length > 1) return undefined;
  const links: NamedLink[] = [];
  for (const { left, operator, right } of atomsOf(formula)) {
    if (left.kind !== "symbol" || right.kind !== "symbol" || operator === "!=") return undefined;
    links.push({ left: left.name, operator, right: right.name });
  }
  return links;
}

/** One relation each, without denominators: the same up to a constant factor (a positive one, or a turned sign). */
function proportional(a: Formula, b: Formula, budget: Budget): Verdict | undefined {
  const [left, right] = [soleAtom(a), soleAtom(b)];
  if (left === undefined || right === undefined) return undefined;
  const ring = new Ring(budget);
  return ring.stable(() => {
    const difference = (atom: Atom): P.Polynomial | undefined => {
      const value = F.add(convert(atom.left, ring), F.negate(convert(atom.right, ring)), ring);
      return value.under.length === 0 && !hasQuotient(atom.left) && !hasQuotient(atom.right)
        ? ring.reduce(value.over)
        : undefined;
    };
    const [p, q] = [difference(left), difference(right)];
    if (p === undefined || q === undefined || P.isZero(p) || P.isZero(q)) return undefined;
    if (P.polynomialKey(monic(p)) !== P.polynomialKey(monic(q))) return undefined;
    const [leadP, leadQ] = [P.leadingTerm(p)!.coefficient, P.leadingTerm(q)!.coefficient];
    if (leadP.im !== 0n || leadQ.im !== 0n) return undefined;
    const isSame = leadP.re > 0n === leadQ.re > 0n;
    const operator = isSame ? left.operator : TURNED[left.operator];
    return operator === right.operator ? proved("exact") : undefined;
  });
}

const TURNED = { "=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<=" } as const;

/** Whether a division by something that may vanish occurs: then the domain counts too. */
function hasQuotient(e: Expression): boolean {
  switch (e.kind) {
    case "quotient":
      return symbolsOf(e.under).size > 0 || hasQuotient(e.over);
    case "power":
      return e.exponent.kind !== "number" || e.exponent.value.n < 0n || hasQuotient(e.base);
    case "sum":
      return e.terms.some(hasQuotient);
    case "product":
      return e.factors.some(hasQuotient);
    case "negative":
      return hasQuotient(e.of);
    case "number":
    case "symbol":
    case "constant":
      return false;
    default:
      return true;
  }
}

/** Looks for a rational point that satisfies one and not the other. */
function compareAtPoints(a: Formula, b: Formula, symbols: readonly string[], budget: Budget): Verdict {
  for (const point of candidates(a, b, symbols, budget)) {
    const first = truthAt(a, point, budget);
    const second = first === undefined ? undefined : truthAt(b, point, budget);
    if (first === undefined || second === undefined || first === second) continue;
    const witness: Record<string, string> = {};
    for (const [name, value] of point) witness[name] = Q.toText(value);
    return refuted({ ...witness, first: String(first), second: String(second) });
  }
  return unknown("undecided");
}

function* candidates(a: Formula, b: Formula, symbols: readonly string[], budget: Budget): Generator<Point> {
  for (const formula of [a, b]) yield* namedPoints(formula, symbols);
  const points = [...samplePoints(symbols, 32), ...permutations(symbols)];
  yield* points;
  for (const atom of [...atomsOf(a), ...atomsOf(b)]) {
    if (atom.operator === "!=") continue;
    for (const point of points.slice(0, 12)) yield* pointsOn(atom, point, budget);
  }
}

/** The points that a formula names itself: `x = 2 and y = 1`. */
function* namedPoints(formula: Formula, symbols: readonly string[]): Generator<Point> {
  if (formula.kind === "or") for (const part of formula.parts) yield* namedPoints(part, symbols);
  if (formula.kind !== "and") return;
  const point = new Map<string, Q.Rational>();
  for (const { left, operator, right } of atomsOf(formula)) {
    const value =
      right.kind === "negative" && right.of.kind === "number"
        ? Q.neg(right.of.value)
        : right.kind === "number"
          ? right.value
          : undefined;
    if (operator === "=" && left.kind === "symbol" && value !== undefined) point.set(left.name, value);
  }
  if (symbols.every((name) => point.has(name))) yield point;
}

/** Names in every order, for orderings over a few names. */
function* permutations(symbols: readonly string[]): Generator<Point> {
  if (symbols.length > 5) return;
  const place = function* (left: readonly number[], chosen: readonly number[]): Generator<Point> {
    if (left.length === 0) yield new Map(symbols.map((name, k) => [name, Q.fromInteger(chosen[k]!)]));
    for (const value of left)
      yield* place(
        left.filter((other) => other !== value),
        [...chosen, value],
      );
  };
  yield* place(
    symbols.map((_, k) => k + 1),
    [],
  );
}

/** Points on the boundary of an atom near a given point: solved for each unknown in which it is linear. */
function* pointsOn(atom: Atom, near: Point, budget: Budget): Generator<Point> {
  for (const name of near.keys()) {
    const others = new Map<string, Expression>();
    for (const [other, value] of near) if (other !== name) others.set(other, { kind: "number", value });
    const difference: Expression = { kind: "sum", terms: [atom.left, { kind: "negative", of: atom.right }] };
    const at = (value: number): Q.Rational | undefined => exactAt(substitute(difference, others), name, value, budget);
    const [zero, one, two] = [at(0), at(1), at(2)];
    if (zero === undefined || one === undefined || two === undefined) continue;
    const slope = Q.sub(one, zero);
    if (Q.isZero(slope) || !Q.equal(Q.sub(two, one), slope)) continue;
    yield new Map([...near, [name, Q.neg(Q.div(zero, slope))]]);
  }
}

function exactAt(e: Expression, name: string, value: number, budget: Budget): Q.Rational | undefined {
  const found = substitute(e, new Map([[name, { kind: "number", value: Q.fromInteger(value) }]]));
  const result = new Evaluator(NOWHERE, 64, budget).value(found);
  return result !== undefined && isExact(result) ? result : undefined;
}

const NOWHERE: Point = new Map();

// What is done with a formula of first-order logic in a small world: writing it in the notation of reasoning (`every x (tall(x) -> some y
// fond(x,y))`, `T`, `F`), reading that, putting things in for variables, and shortening. Formulas are those of @lemma/verify; arguments that
// are numbers name things, other arguments are variables; the name of an atom is the number of its predicate. Knows no problem.

import { type Formula, readFormula } from "@lemma/verify";

export type Quantified = Extract<Formula, { kind: "every" | "some" }>;

/** What predicates and things are called, by number. */
export interface Words {
  readonly things: readonly string[];
  readonly predicates: readonly string[];
}

export const truthOf = (value: boolean): Formula => ({ kind: "truth", value });
export const atom = (predicate: number, ...of: readonly (string | number)[]): Formula => ({
  kind: "atom",
  name: String(predicate),
  of: of.map(String),
});
export const not = (of: Formula): Formula => ({ kind: "not", of });
export const join = (kind: "and" | "or" | "implies" | "iff", left: Formula, right: Formula): Formula => ({
  kind,
  left,
  right,
});
export const quantified = (kind: "every" | "some", variable: string, of: Formula): Formula => ({ kind, variable, of });

/** The parts of a formula, in their order. */
export function partsOf(formula: Formula): readonly Formula[] {
  if (formula.kind === "truth" || formula.kind === "atom") return [];
  return "left" in formula ? [formula.left, formula.right] : [formula.of];
}

/** The formula with its parts changed. */
export function mapped(formula: Formula, change: (part: Formula) => Formula): Formula {
  if (formula.kind === "truth" || formula.kind === "atom") return formula;
  if ("left" in formula) return { ...formula, left: change(formula.left), right: change(formula.right) };
  return { ...formula, of: change(formula.of) };
}

/** All atoms, in their order. */
export function atomsOf(formula: Formula): Extract<Formula, { kind: "atom" }>[] {
  return formula.kind === "atom" ? [formula] : partsOf(formula).flatMap(atomsOf);
}

/** The quantified parts that stand in no other quantified part, in their order. */
export function quantifiersOf(formula: Formula): Quantified[] {
  if (formula.kind === "every" || formula.kind === "some") return [formula];
  return partsOf(formula).flatMap(quantifiersOf);
}

/** The formula with a thing in the place of a free variable. */
export function instance(formula: Formula, variable: string, thing: number): Formula {
  if (formula.kind === "atom")
    return { ...formula, of: formula.of.map((name) => (name === variable ? String(thing) : name)) };
  if ((formula.kind === "every" || formula.kind === "some") && formula.variable === variable) return formula;
  return mapped(formula, (part) => instance(part, variable, thing));
}

/** The formula with a truth value in the place of one of its parts. */
export function withTruth(formula: Formula, part: Formula, value: boolean): Formula {
  return formula === part ? truthOf(value) : mapped(formula, (inner) => withTruth(inner, part, value));
}

const same = (a: Formula, b: Formula): boolean => JSON.stringify(a) === JSON.stringify(b);

/** All shorter forms, one pass after the other: each pass drops truth values whose parts are already short. */
export function shorterForms(formula: Formula): Formula[] {
  const next = shortened(formula);
  return same(next, formula) ? [] : [next, ...shorterForms(next)];
}

/** One pass: a connective beside a truth value goes, unless something went inside it. */
function shortened(formula: Formula): Formula {
  const inner = mapped(formula, shortened);
  if (!same(inner, formula)) return inner;
  if (formula.kind === "truth" || formula.kind === "atom") return formula;
  if (!("left" in formula)) {
    if (formula.of.kind !== "truth") return formula;
    return formula.kind === "not" ? truthOf(!formula.of.value) : formula.of;
  }
  const { kind, left, right } = formula;
  if (left.kind === "truth") {
    if (kind === "and") return left.value ? right : left;
    if (kind === "or") return left.value ? left : right;
    if (kind === "implies") return left.value ? right : truthOf(true);
    return withKnown(right, left.value === (kind === "iff"));
  }
  if (right.kind === "truth") {
    if (kind === "and") return right.value ? left : right;
    if (kind === "or") return right.value ? right : left;
    if (kind === "implies") return right.value ? right : withKnown(left, false);
    return withKnown(left, right.value === (kind === "iff"));
  }
  return formula;
}

/** A formula that shall be as it is, or its negation. */
function withKnown(formula: Formula, asItIs: boolean): Formula {
  if (asItIs) return formula;
  return formula.kind === "truth" ? truthOf(!formula.value) : not(formula);
}

const SIGNS = { and: "and", or: "or", xor: "xor", implies: "->", iff: "<->" } as const;

/** The text of a formula; parts of connectives stand in brackets where they are connectives too. */
export function write(formula: Formula, words: Words): string {
  const inside = (part: Formula) => ("left" in part ? `(${write(part, words)})` : write(part, words));
  switch (formula.kind) {
    case "truth":
      return formula.value ? "T" : "F";
    case "atom":
      return `${words.predicates[Number(formula.name)]}(${formula.of
        .map((name) => (/^\d/.test(name) ? words.things[Number(name)] : name))
        .join(",")})`;
    case "not":
      return `not ${inside(formula.of)}`;
    case "every":
    case "some":
      return `${formula.kind} ${formula.variable} ${inside(formula.of)}`;
    default:
      return `${inside(formula.left)} ${SIGNS[formula.kind]} ${inside(formula.right)}`;
  }
}

/** Most nodes and quantifiers inside each other of a formula that people ask about. */
const MOST_NODES = 40;
const DEEPEST = 3;

/**
 * Reads a formula, in this notation or another; `predicate` gives the number of a predicate, `thing` that of a thing. Undefined where
 * a name is neither bound nor known, a variable is bound inside itself, or the formula is too large.
 */
export function read(
  text: string,
  predicate: (name: string, arity: number) => number | undefined,
  thing: (name: string) => number | undefined,
): Formula | undefined {
  const raw = readFormula(text);
  if (raw === undefined) return undefined;
  let left = MOST_NODES;
  const go = (part: Formula, bound: readonly string[]): Formula | undefined => {
    if (left-- <= 0 || bound.length > DEEPEST) return undefined;
    if (part.kind === "truth") return part;
    if (part.kind === "atom") {
      if (part.of.length === 0) return part.name === "T" || part.name === "F" ? truthOf(part.name === "T") : undefined;
      const known = predicate(part.name, part.of.length);
      const of = part.of.map((name) => (bound.includes(name) ? name : thing(name)));
      return known === undefined || of.includes(undefined) ? undefined : atom(known, ...(of as (string | number)[]));
    }
    if (part.kind === "every" || part.kind === "some") {
      if (bound.includes(part.variable)) return undefined;
      const of = go(part.of, [...bound, part.variable]);
      return of === undefined ? undefined : { ...part, of };
    }
    const parts = partsOf(part).map((inner) => go(inner, bound));
    if (parts.includes(undefined)) return undefined;
    const [first, second] = parts as [Formula, Formula];
    return "left" in part ? { ...part, left: first, right: second } : { ...part, of: first };
  };
  return go(raw, []);
}

// Propositional and first-order formulas: equal ones by the laws of logic, unequal ones with an assignment that tells them apart, found
// by a truth table of its own, or by pairs that textbooks know to differ.

import type { TestRandom } from "../random.ts";
import { type Draw, pair } from "./case.ts";

type F =
  | string
  | { readonly op: "not"; readonly a: F }
  | { readonly op: "and" | "or" | "to" | "iff"; readonly a: F; readonly b: F };

const ATOMS = ["p", "q", "r", "s"];
const not = (a: F): F => ({ op: "not", a });
const two = (op: "and" | "or" | "to" | "iff", a: F, b: F): F => ({ op, a, b });

function grow(random: TestRandom, depth: number): F {
  if (depth === 0) return random.pick(ATOMS);
  if (random.chance(1, 5)) return not(grow(random, depth - 1));
  return two(
    random.pick(["and", "or", "to", "iff", "and", "or"] as const),
    grow(random, depth - 1),
    grow(random, random.below(depth)),
  );
}

function isTrue(f: F, at: ReadonlyMap<string, boolean>): boolean {
  if (typeof f === "string") return at.get(f)!;
  if (f.op === "not") return !isTrue(f.a, at);
  const [a, b] = [isTrue(f.a, at), isTrue(f.b, at)];
  return f.op === "and" ? a && b : f.op === "or" ? a || b : f.op === "to" ? !a || b : a === b;
}

/** One law applied at the top. */
function law(f: F, random: TestRandom): F {
  if (random.chance(1, 5)) return not(not(f));
  if (random.chance(1, 8)) return two("or", f, two("and", f, random.pick(ATOMS)));
  if (typeof f === "string") return two("and", f, f);
  if (f.op === "not") {
    const { a } = f;
    if (typeof a === "string") return two("to", a, two("and", "p", not("p")));
    if (a.op === "and") return two("or", not(a.a), not(a.b));
    if (a.op === "or") return two("and", not(a.a), not(a.b));
    if (a.op === "to") return two("and", a.a, not(a.b));
    return a.op === "not" ? a.a : two("iff", a.a, not(a.b));
  }
  const { a, b } = f;
  if (f.op === "to") return random.chance(1, 2) ? two("or", not(a), b) : two("to", not(b), not(a));
  if (f.op === "iff")
    return random.chance(1, 2) ? two("and", two("to", a, b), two("to", b, a)) : two("iff", not(a), not(b));
  if (typeof b !== "string" && (b.op === "and" || b.op === "or") && b.op !== f.op)
    return two(b.op, two(f.op, a, b.a), two(f.op, a, b.b));
  return random.chance(1, 2) ? two(f.op, b, a) : not(two(f.op === "and" ? "or" : "and", not(a), not(b)));
}

function rewrite(f: F, random: TestRandom): F {
  const inner: F =
    typeof f === "string"
      ? f
      : f.op === "not"
        ? not(rewrite(f.a, random))
        : two(f.op, rewrite(f.a, random), rewrite(f.b, random));
  return random.chance(1, 3) ? law(inner, random) : inner;
}

function change(f: F, random: TestRandom): F {
  if (typeof f === "string") return random.chance(1, 2) ? not(f) : random.pick(ATOMS);
  if (f.op === "not") return random.chance(1, 2) ? f.a : not(change(f.a, random));
  if (random.chance(1, 3)) return two(random.pick(["and", "or", "to", "iff"] as const), f.a, f.b);
  return random.chance(1, 2) ? two(f.op, change(f.a, random), f.b) : two(f.op, f.a, change(f.b, random));
}

const differ = (a: F, b: F): boolean =>
  Array.from({ length: 16 }, (_, bits) => new Map(ATOMS.map((name, k) => [name, (bits >> k) % 2 === 1]))).some(
    (at) => isTrue(a, at) !== isTrue(b, at),
  );

const STYLES = [
  { not: "¬", and: "∧", or: "∨", to: "→", iff: "↔" },
  { not: "\\lnot ", and: "\\land ", or: "\\lor ", to: "\\to ", iff: "\\leftrightarrow " },
  { not: "\\neg ", and: "\\wedge ", or: "\\vee ", to: "\\implies ", iff: "\\iff " },
  { not: "not ", and: " and ", or: " or ", to: " -> ", iff: " <-> " },
] as const;

function show(f: F, style: (typeof STYLES)[number]): string {
  if (typeof f === "string") return f;
  if (f.op === "not") return `${style.not}${typeof f.a === "string" ? f.a : `(${show(f.a, style)})`}`;
  const inside = (part: F): string => (typeof part === "string" ? part : `(${show(part, style)})`);
  return `${inside(f.a)}${style[f.op]}${inside(f.b)}`;
}

/** The formula with Python's operators. */
function forSympy(f: F): string {
  if (typeof f === "string") return f;
  if (f.op === "not") return `~(${forSympy(f.a)})`;
  const [a, b] = [forSympy(f.a), forSympy(f.b)];
  if (f.op === "iff") return `Equivalent(${a},${b})`;
  return `((${a})${{ and: "&", or: "|", to: ">>" }[f.op]}(${b}))`;
}

const QUANTIFIED: readonly (readonly [string, string])[] = [
  ["¬∀x P(x)", "∃x ¬P(x)"], ["\\lnot\\exists x\\, P(x)", "\\forall x\\, \\lnot P(x)"], ["∀x (P(x) ∧ Q(x))", "∀x P(x) ∧ ∀x Q(x)"], ["∃x (P(x) ∨ Q(x))", "∃x P(x) ∨ ∃y Q(y)"],
  ["∀x (P(x) → Q(x))", "¬∃x (P(x) ∧ ¬Q(x))"], ["forall x (P(x) -> Q(x))", "not exists x (P(x) and not Q(x))"], ["∀x (p ∨ P(x))", "p ∨ ∀x P(x)"], ["∃x (P(x) → p)", "∀x P(x) → p"], ["∀x ∀y (P(x) ∨ Q(y))", "∀x P(x) ∨ ∀y Q(y)"],
]; // biome-ignore format: a table reads better packed

const QUANTIFIED_APART: readonly (readonly [string, string])[] = [
  ["∀x P(x)", "∃x P(x)"], ["∀x (P(x) ∨ Q(x))", "∀x P(x) ∨ ∀x Q(x)"], ["∃x (P(x) ∧ Q(x))", "∃x P(x) ∧ ∃x Q(x)"], ["∀x ∃y R(x,y)", "∃y ∀x R(x,y)"],
  ["∀x (P(x) → Q(x))", "∀x (Q(x) → P(x))"], ["∃x (P(x) → p)", "∃x P(x) → p"], ["∀x R(x,x)", "∀x ∀y R(x,y)"], ["P(a)", "∀x P(x)"],
]; // biome-ignore format: a table reads better packed

export const logic: Draw = (random, equal) => {
  if (random.chance(1, 4)) {
    const [a, b] = random.pick(equal ? QUANTIFIED : QUANTIFIED_APART);
    const context = random.pick(["", "s ∧ ", "¬s → "]);
    const wrap = (text: string): string => (context === "" ? text : `${context}(${text})`);
    return random.chance(1, 2) ? pair(wrap(a), wrap(b), equal) : pair(wrap(b), wrap(a), equal);
  }
  for (;;) {
    const original = grow(random, random.between(2, 3));
    const other = rewrite(equal ? original : change(original, random), random);
    if (differ(original, other) === equal) continue;
    const oracle = { logic: [forSympy(original), forSympy(other)] };
    return pair(show(original, random.pick(STYLES.slice(0, 3))), show(other, random.pick(STYLES)), equal, oracle);
  }
};

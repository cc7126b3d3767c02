// How a quantified formula is decided: things put in one after the other until a witness or a counterexample is found. Owns the order of
// lines and their notation; knows no wording.
//
//   things: Ann, Bob, Dan
//   tall: Ann, Bob                       each predicate of the claim, with all it holds of
//   fond: Ann-Bob
//   claim: every x (tall(x) -> some y fond(x,y))
//   x=Ann: tall(Ann) -> some y fond(Ann,y); T -> some y fond(Ann,y); some y fond(Ann,y)
//   x=Ann, y=Ann: fond(Ann,Ann); F       a thing put in, then truth values, then shorter forms
//   x=Ann, y=Bob: fond(Ann,Bob); T
//   x=Ann: witness y=Bob; T              or `no witness; F`
//   x=Bob: …
//   claim: counterexample x=Bob; F       or `no counterexample; T`
//
// Where a quantifier is only a part (`not some y …`), its truth value is put in its place on a line of its own.

import type { Formula } from "@lemma/verify";
import {
  instance,
  mapped,
  type Quantified,
  quantifiersOf,
  shorterForms,
  truthOf,
  type Words,
  withTruth,
  write,
} from "./formula.ts";
import { namedIn, type Predicate, truth, type Values, type World } from "./problem.ts";

/** A line: forms of the formula under some values, or what came out of a quantifier. */
export type Line =
  | { readonly values: Values; readonly forms: readonly Formula[] }
  | { readonly values: Values; readonly quantifier: Quantified; readonly found: number | undefined };

/** All words of the lines beside names. */
export const FIRST_ORDER_VOCABULARY =
  "things claim every some not and or xor x y z T F witness counterexample no none".split(" ");

/** The formula with truth values for atoms without variables. */
function evaluated(world: World, formula: Formula): Formula {
  if (formula.kind === "atom")
    return formula.of.every((name) => /^\d/.test(name)) ? truthOf(truth(world, formula)) : formula;
  if (formula.kind === "every" || formula.kind === "some") return formula;
  return mapped(formula, (part) => evaluated(world, part));
}

/** Pushes the lines that decide a formula. */
function decide(world: World, formula: Formula, values: Values, lines: Line[]): boolean {
  const known = evaluated(world, formula);
  const changed = JSON.stringify(known) !== JSON.stringify(formula);
  let forms = [formula, ...(changed ? [known] : []), ...shorterForms(known)];
  for (;;) {
    lines.push({ values, forms });
    const current = forms.at(-1)!;
    if (current.kind === "truth") return current.value;
    const [quantifier] = quantifiersOf(current) as [Quantified];
    const wanted = quantifier.kind === "some";
    let found: number | undefined;
    for (let thing = 0; thing < world.things && found === undefined; thing++) {
      const more = new Map([...values, [quantifier.variable, thing]]);
      if (decide(world, instance(quantifier.of, quantifier.variable, thing), more, lines) === wanted) found = thing;
    }
    lines.push({ values, quantifier, found });
    const value = (found !== undefined) === wanted;
    if (current === quantifier) return value;
    const next = withTruth(current, quantifier, value);
    forms = [next, ...shorterForms(next)];
  }
}

/** The lines that decide the claim. */
export function reason(world: World): Line[] {
  const lines: Line[] = [];
  decide(world, world.formula, new Map(), lines);
  return lines;
}

/** All that a predicate holds of: `Ann, Bob`, `Ann-Bob, Bob-Dan`, `none`. */
export function writeHolds({ holds }: Predicate, { things }: Words): string {
  const ordered = [...holds].sort((a, b) => a[0]! - b[0]! || (a[1] ?? 0) - (b[1] ?? 0));
  return ordered.map((tuple) => tuple.map((thing) => things[thing]).join("-")).join(", ") || "none";
}

export const writeValues = (values: Values, { things }: Words): string =>
  values.size === 0 ? "claim" : [...values].map(([variable, thing]) => `${variable}=${things[thing]}`).join(", ");

/** What a quantifier came to: `witness y=Bob; T`. */
function writeOutcome({ kind, variable }: Quantified, found: number | undefined, { things }: Words): string {
  const what = kind === "some" ? "witness" : "counterexample";
  const value = (found !== undefined) === (kind === "some") ? "T" : "F";
  return found === undefined ? `no ${what}; ${value}` : `${what} ${variable}=${things[found]}; ${value}`;
}

/** The reasoning. */
export function writeTrace(world: World, words: Words): string[] {
  return [
    `things: ${words.things.join(", ")}`,
    ...namedIn(world.formula).map((at) => `${words.predicates[at]}: ${writeHolds(world.predicates[at]!, words)}`),
    ...reason(world).map((line) => {
      const label = writeValues(line.values, words);
      if ("forms" in line) return `${label}: ${line.forms.map((form) => write(form, words)).join("; ")}`;
      return `${label}: ${writeOutcome(line.quantifier, line.found, words)}`;
    }),
  ];
}

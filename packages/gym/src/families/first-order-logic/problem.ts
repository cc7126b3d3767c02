// Problems of first-order logic: a world of a few things with properties and relations, and a formula that is true or false there. Owns the
// world, truth in it, the key and the cell; knows no words and no drawing.

import type { Formula } from "@lemma/verify";
import { atomsOf, mapped, quantifiersOf, type Words } from "./formula.ts";
import type { Sentence } from "./sentence.ts";

/** A property (of single things) or a relation (of pairs), and all things it holds of. */
export interface Predicate {
  readonly arity: 1 | 2;
  readonly holds: readonly (readonly number[])[];
}

/** A world without words. Things and predicates have numbers from 0; predicates stand in the order in which the formula names them. */
export interface World {
  readonly things: number;
  readonly predicates: readonly Predicate[];
  readonly formula: Formula;
}

/** One problem. */
export interface Problem extends World {
  /** A theme of themes.ts; 0 is signs. */
  readonly theme: number;
  /** Indices into the theme's names and into its properties or relations. */
  readonly names: readonly number[];
  readonly called: readonly number[];
  /** What the formula says in words. */
  readonly sentence?: Sentence;
  /** The words as a question has them, where they don't come from the theme. */
  readonly words?: Words;
}

/** What variables stand for. */
export type Values = ReadonlyMap<string, number>;

/**
 * The truth of a formula. `apart`: a quantifier leaves out things that variables around it stand for, as "everyone" may be meant
 * without oneself.
 */
export function truth(world: World, formula: Formula, values: Values = new Map(), apart = false): boolean {
  const go = (part: Formula, more = values): boolean => truth(world, part, more, apart);
  switch (formula.kind) {
    case "truth":
      return formula.value;
    case "atom": {
      const things = formula.of.map((name) => values.get(name) ?? Number(name));
      return world.predicates[Number(formula.name)]!.holds.some((tuple) =>
        tuple.every((thing, i) => thing === things[i]),
      );
    }
    case "not":
      return !go(formula.of);
    case "and":
      return go(formula.left) && go(formula.right);
    case "or":
      return go(formula.left) || go(formula.right);
    case "xor":
      return go(formula.left) !== go(formula.right);
    case "implies":
      return !go(formula.left) || go(formula.right);
    case "iff":
      return go(formula.left) === go(formula.right);
    case "every":
    case "some": {
      const around = apart ? [...values.values()] : [];
      const outcomes = Array.from({ length: world.things }, (_, thing) => thing)
        .filter((thing) => !around.includes(thing))
        .map((thing) => go(formula.of, new Map([...values, [formula.variable, thing]])));
      return formula.kind === "every" ? !outcomes.includes(false) : outcomes.includes(true);
    }
  }
}

/** The numbers of the predicates that a formula names, in its order. */
export const namedIn = (formula: Formula): number[] => [...new Set(atomsOf(formula).map(({ name }) => Number(name)))];

/** The formula with other numbers of predicates and things. */
export function renumbered(
  formula: Formula,
  predicate: (old: number) => number,
  thing: (old: number) => number = (old) => old,
): Formula {
  if (formula.kind === "atom") {
    const of = formula.of.map((name) => (/^\d/.test(name) ? String(thing(Number(name))) : name));
    return { ...formula, name: String(predicate(Number(formula.name))), of };
  }
  return mapped(formula, (part) => renumbered(part, predicate, thing));
}

function permutations(entries: readonly number[]): number[][] {
  if (entries.length < 2) return [[...entries]];
  return entries.flatMap((first) => permutations(entries.filter((e) => e !== first)).map((rest) => [first, ...rest]));
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Equal for equal problems: names and order of things, predicates and variables, commuting parts and facts that don't matter are forgotten. */
export function problemKey({ things, predicates, formula }: World): string {
  const named = namedIn(formula);
  const texts = permutations(range(things)).flatMap((thing) =>
    permutations(range(named.length)).map((order) => {
      const parts = order.map((at) => {
        const { arity, holds } = predicates[named[at]!]!;
        return `${arity}${holds
          .map((tuple) => tuple.map((t) => thing[t]).join(""))
          .sort()
          .join(",")}`;
      });
      const other = renumbered(
        formula,
        (old) => order.indexOf(named.indexOf(old)),
        (old) => thing[old]!,
      );
      return `${things} ${parts.join(" ")} ${sorted(other, [])}`;
    }),
  );
  return texts.sort()[0]!;
}

const SIGNS = { and: "&", or: "|", xor: "+", implies: ">", iff: "=" } as const;

/** The formula with variables by depth and commuting parts in order. */
function sorted(formula: Formula, bound: readonly string[]): string {
  switch (formula.kind) {
    case "truth":
      return formula.value ? "T" : "F";
    case "atom":
      return `${formula.name}(${formula.of.map((name) => (bound.includes(name) ? `x${bound.lastIndexOf(name)}` : name)).join()})`;
    case "not":
      return `-${sorted(formula.of, bound)}`;
    case "every":
    case "some":
      return `${formula.kind === "every" ? "A" : "E"}${sorted(formula.of, [...bound, formula.variable])}`;
    default: {
      const sides = [sorted(formula.left, bound), sorted(formula.right, bound)];
      if (formula.kind !== "implies") sides.sort();
      return `(${sides.join(SIGNS[formula.kind])})`;
    }
  }
}

/** The kinds of the outer quantifier and of the first one in it: `every`, `some`, or `no` for a negated `some`. */
export function cellOf({ formula }: World): string {
  const kinds: string[] = [];
  const walk = (part: Formula, isNegated: boolean): void => {
    const [first] = quantifiersOf(part);
    if (first === undefined) return;
    kinds.push(isNegated && first.kind === "some" ? "no" : first.kind);
    walk(first.of, negates(first.of, quantifiersOf(first.of)[0]));
  };
  walk(formula, negates(formula, quantifiersOf(formula)[0]));
  return kinds.slice(0, 2).join("-");
}

/** Whether `part` stands right behind a "not" somewhere in the formula. */
function negates(formula: Formula, part: Formula | undefined): boolean {
  if (formula.kind === "not" && formula.of === part) return true;
  if (formula.kind === "truth" || formula.kind === "atom" || formula.kind === "every" || formula.kind === "some")
    return false;
  return "left" in formula ? negates(formula.left, part) || negates(formula.right, part) : negates(formula.of, part);
}

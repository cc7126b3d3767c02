// Quantified sentences as words can say them without a second reading, and the formula each means. Owns that form; knows no words.

import type { Formula } from "@lemma/verify";
import { atom, join, not, quantified } from "./formula.ts";

export type Determiner = "every" | "some" | "no";

/** A property that something has or has not. */
export interface Trait {
  readonly property: number;
  readonly yes: boolean;
}

/** "tall person who is fond of Ann": what a quantifier ranges over. */
export interface Noun {
  readonly trait?: Trait;
  readonly toward?: number;
}

/** "is tall", "is fond of Ann", "is fond of some happy person". */
export type Verb = Trait | { readonly thing: number } | { readonly determiner: Determiner; readonly noun: Noun };

/** "every tall person is happy or is fond of some cat". */
export interface Sentence {
  readonly determiner: Determiner;
  readonly noun: Noun;
  readonly verbs: readonly [Verb] | readonly [Verb, Verb];
  readonly joint?: "and" | "or";
}

const VARIABLES = ["x", "y"] as const;

/** The formula of a sentence; `relation` is the number of its relation. `flip`: the relation points the other way. */
export function formulaOf(
  { determiner, noun, verbs, joint = "and" }: Sentence,
  relation: number,
  flip = false,
): Formula {
  const related = (from: string, to: string | number) =>
    flip && typeof to === "string" ? atom(relation, to, from) : atom(relation, from, to);
  const isTrait = ({ property, yes }: Trait, who: string) => (yes ? atom(property, who) : not(atom(property, who)));
  const isNoun = ({ trait, toward }: Noun, who: string): Formula[] => [
    ...(trait === undefined ? [] : [isTrait(trait, who)]),
    ...(toward === undefined ? [] : [atom(relation, who, toward)]),
  ];
  const range = (kind: Determiner, of: Noun, variable: string, said: Formula): Formula => {
    const [first, second] = isNoun(of, variable);
    const which = second === undefined ? first : join("and", first!, second);
    if (kind === "every")
      return quantified("every", variable, which === undefined ? said : join("implies", which, said));
    const found = quantified("some", variable, which === undefined ? said : join("and", which, said));
    return kind === "some" ? found : not(found);
  };
  const [x, y] = VARIABLES;
  const does = (verb: Verb): Formula => {
    if ("property" in verb) return isTrait(verb, x);
    if ("thing" in verb) return related(x, verb.thing);
    return range(verb.determiner, verb.noun, y, related(x, y));
  };
  const [first, second] = verbs;
  return range(determiner, noun, x, second === undefined ? does(first) : join(joint, does(first), does(second)));
}

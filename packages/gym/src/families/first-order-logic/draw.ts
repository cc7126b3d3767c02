// Draws problems of first-order logic: a cell and an answer first, then formulas and worlds until they have it, so that true and false are
// equally frequent in each cell. Owns the levels and the shapes of formulas; knows no words.

import type { Formula } from "@lemma/verify";
import type { Random } from "../../random.ts";
import { atom, join, quantified } from "./formula.ts";
import { cellOf, namedIn, type Predicate, type Problem, renumbered, truth, type World } from "./problem.ts";
import { type Determiner, formulaOf, type Noun, type Sentence, type Trait, type Verb } from "./sentence.ts";
import { THEMES } from "./themes.ts";
import { reason } from "./trace.ts";

/** How many things and properties a world has, and how many lines may decide the claim. */
const LEVELS = [
  { things: 3, properties: 2, lines: 8 },
  { things: 3, properties: 2, lines: 20 },
  { things: 4, properties: 3, lines: 36 },
] as const;

export const FIRST_ORDER_LEVELS = LEVELS.length;

const NESTED = "every-every every-some every-no some-every some-some some-no no-every no-some".split(" ");

/** The quantifiers of a level: one, or one in another. */
export const cellsOf = (level: number): readonly string[] => (level === 1 ? ["every", "some", "no"] : NESTED);

/** Facts of a world are neither too few nor too many to tell. */
const FACTS = { fewest: 3, most: 13 };

export function drawProblem(random: Random, level: number): Problem {
  const { things, properties, lines } = LEVELS[level - 1]!;
  const cell = random.pick(cellsOf(level));
  const wanted = random.chance(0.5);
  const theme = random.weighted([
    [0, 9],
    [1, 7],
    [2, 4],
  ] as const);
  for (;;) {
    const sentence = drawSentence(random, level, cell, things, properties);
    const law = theme === 0 && random.chance(0.35) ? drawLaw(random, level, cell, properties) : undefined;
    const formula = law ?? formulaOf(sentence, properties, theme === 0 && random.chance(0.3));
    const named = namedIn(formula);
    const order = [...named, ...[...Array(properties + 1).keys()].filter((at) => !named.includes(at))];
    const predicates = order.map((at) => drawPredicate(random, at < properties ? 1 : 2, things, theme === 0));
    const told =
      level === 1 && !named.includes(properties) ? predicates.filter(({ arity }) => arity === 1) : predicates;
    const world = { things, predicates: told, formula: renumbered(formula, (old) => order.indexOf(old)) };
    if (truth(world, world.formula) !== wanted || cellOf(world) !== cell || reason(world).length > lines) continue;
    const facts = told.reduce((sum, { holds }) => sum + holds.length, 0);
    if (facts < FACTS.fewest || facts > FACTS.most) continue;
    if (theme > 0 && !isPlain(world, sentence, order)) continue;
    const said = renumberedSentence(sentence, order);
    return { ...world, ...drawNames(random, theme, world), ...(theme === 0 ? {} : { sentence: said }) };
  }
}

/** Properties hold of a half, relations of a third of all pairs; in words nobody has a relation to himself. */
function drawPredicate(random: Random, arity: 1 | 2, things: number, reflexive: boolean): Predicate {
  const all = Array.from({ length: things }, (_, i) => i);
  const pairs = all.flatMap((a) => all.filter((b) => reflexive || a !== b).map((b) => [a, b]));
  const share = arity === 1 ? 0.55 : random.pick([0.3, 0.5]);
  return { arity, holds: (arity === 1 ? all.map((a) => [a]) : pairs).filter(() => random.chance(share)) };
}

/** Whether everyday words leave no doubt: there are things of each kind spoken of, and "everyone" may be meant with or without oneself. */
function isPlain(world: World, { noun, verbs }: Sentence, order: readonly number[]): boolean {
  const nouns = [noun, ...verbs.flatMap((verb) => ("noun" in verb ? [verb.noun] : []))];
  const exists = (one: Noun) => {
    const claim = formulaOf(
      { determiner: "some", noun: one, verbs: [one.trait ?? { thing: one.toward ?? 0 }] },
      order.length - 1,
    );
    return one.trait === undefined && one.toward === undefined
      ? true
      : truth(
          world,
          renumbered(claim, (old) => order.indexOf(old)),
        );
  };
  return nouns.every(exists) && truth(world, world.formula) === truth(world, world.formula, new Map(), true);
}

function drawNames(random: Random, theme: number, { things, predicates }: World) {
  const { names, properties, relations } = THEMES[theme]!.en;
  const all = random.shuffle([...names.keys()]).slice(0, things);
  const free = random.shuffle([...properties.keys()]);
  const relation = random.below(relations.length);
  return {
    theme,
    // The things of signs are in alphabetical order.
    names: theme === 0 ? all.map((_, i) => i) : all,
    called: predicates.map(({ arity }, i) => (arity === 1 ? free[i]! : relation)),
  };
}

function drawSentence(random: Random, level: number, cell: string, things: number, properties: number): Sentence {
  const [determiner, inner] = cell.split("-") as [Determiner, Determiner?];
  const [first, second, third = first] = random.shuffle([...Array(properties).keys()]) as [number, number, number?];
  const trait = (property: number, no = 0.25): Trait => ({ property, yes: !random.chance(no) });
  const thing = () => random.below(things);
  if (inner === undefined) {
    const related = random.chance(0.35);
    const noun: Noun = related && random.chance(0.5) ? {} : { trait: trait(first) };
    return {
      determiner,
      noun,
      verbs: [related ? { thing: thing() } : trait(second, determiner === "some" ? 0.25 : 0)],
    };
  }
  // "Every tall person", or everyone; an inner "every" always has a property, for nobody is fond of himself.
  const outer: Noun = random.chance(0.75) ? { trait: trait(first, 0.15) } : {};
  const range: Noun = inner === "every" || random.chance(0.7) ? { trait: trait(second, 0.15) } : {};
  const object: Verb = { determiner: inner, noun: range };
  if (level < 3) return { determiner, noun: outer, verbs: [object] };
  const shape = random.below(determiner === "no" ? 2 : 3);
  if (shape === 0) return { determiner, noun: outer, verbs: [{ ...object, noun: { ...range, toward: thing() } }] };
  if (shape === 1) return { determiner, noun: { ...outer, toward: thing() }, verbs: [object] };
  const beside: Verb = random.chance(0.5) ? { thing: thing() } : trait(third, 0);
  return { determiner, noun: outer, verbs: [beside, object], joint: random.pick(["and", "or"]) };
}

/** The sentence with predicates in the order of its formula. */
function renumberedSentence(sentence: Sentence, order: readonly number[]): Sentence {
  const trait = ({ property, yes }: Trait): Trait => ({ property: order.indexOf(property), yes });
  const noun = (one: Noun): Noun => ({ ...one, ...(one.trait === undefined ? {} : { trait: trait(one.trait) }) });
  const verb = (one: Verb): Verb =>
    "property" in one ? trait(one) : "noun" in one ? { ...one, noun: noun(one.noun) } : one;
  const [first, second] = sentence.verbs;
  return {
    ...sentence,
    noun: noun(sentence.noun),
    verbs: second === undefined ? [verb(first)] : [verb(first), verb(second)],
  };
}

/** Formulas that only signs say well, by cell; P and Q are properties, R the relation. */
type Law = (
  p: (who: string) => Formula,
  q: (who: string) => Formula,
  r: (from: string, to: string) => Formula,
) => Formula;
const every = (variable: string, of: Formula) => quantified("every", variable, of);
const some = (variable: string, of: Formula) => quantified("some", variable, of);

const LAWS: Readonly<Record<string, readonly Law[]>> = {
  "every-every": [
    (_p, _q, r) => every("x", every("y", join("implies", r("x", "y"), r("y", "x")))),
    (p, _q, r) => every("x", every("y", join("implies", r("x", "y"), p("x")))),
    (p, q, r) => every("x", join("implies", p("x"), every("y", join("implies", r("y", "x"), q("y"))))),
  ],
  "every-some": [
    (_p, _q, r) => every("x", some("y", join("or", r("x", "y"), r("y", "x")))),
    (p, _q, r) => every("x", join("iff", p("x"), some("y", r("x", "y")))),
  ],
  "some-every": [
    (p, _q, r) => some("x", every("y", join("implies", r("x", "y"), p("y")))),
    (_p, _q, r) => some("x", every("y", join("or", r("x", "y"), r("y", "x")))),
  ],
  "some-some": [
    (_p, _q, r) => some("x", some("y", join("and", r("x", "y"), r("y", "x")))),
    (p, q, r) => some("x", some("y", join("and", r("x", "y"), join("and", p("y"), q("x"))))),
  ],
};

/** Those with three quantifiers. */
const DEEP_LAWS: typeof LAWS = {
  "every-every": [
    (p, _q, r) => every("x", every("y", join("implies", r("x", "y"), some("z", join("and", r("y", "z"), p("z")))))),
  ],
  "every-some": [
    (p, q, r) =>
      every(
        "x",
        join("implies", p("x"), some("y", join("and", r("x", "y"), every("z", join("implies", q("z"), r("y", "z")))))),
      ),
  ],
  "some-every": [(_p, _q, r) => some("x", every("y", join("implies", r("x", "y"), some("z", r("y", "z")))))],
  "some-some": [
    (p, _q, r) => some("x", some("y", join("and", r("x", "y"), every("z", join("implies", r("y", "z"), p("z")))))),
  ],
};

function drawLaw(random: Random, level: number, cell: string, relation: number): Formula | undefined {
  const laws = (level < 3 ? LAWS : DEEP_LAWS)[cell];
  if (level === 1 || laws === undefined) return undefined;
  return random.pick(laws)(
    (who) => atom(0, who),
    (who) => atom(1, who),
    (from, to) => atom(relation, from, to),
  );
}

// Draws syllogisms: a chain of premises from one class to another and a claim about its ends, until the wanted form of claim has the wanted
// answer. Owns the levels; knows no words.

import type { Random } from "../../random.ts";
import { THEMES } from "./nouns.ts";
import { classesOf, FORMS, type Form, follows, isPlain, type Problem, type Statement } from "./problem.ts";

/** How many premises a problem has, by level. */
const PREMISES = [2, 3, 4] as const;

export const SYLLOGISM_LEVELS = PREMISES.length;

export function drawProblem(random: Random, level: number): Problem {
  const count = PREMISES[level - 1]!;
  const form = random.pick(FORMS);
  const wanted = random.chance(0.5);
  const theme = random.below(THEMES.length);
  const nouns = random.shuffle([...THEMES[theme]!.en.keys()]).slice(0, count + 1);
  for (;;) {
    const chain = Array.from({ length: count }, (_, i) => turned(random, drawForm(random), i, i + 1));
    const claim = turned(random, form, 0, count);
    const premises = random.shuffle(chain);
    if (follows({ premises, claim }) !== wanted || !isPlain({ premises, claim })) continue;
    const order = classesOf(premises);
    const renumbered = ({ form: kind, subject, predicate }: Statement): Statement => ({
      form: kind,
      subject: order.indexOf(subject),
      predicate: order.indexOf(predicate),
    });
    return { premises: premises.map(renumbered), claim: renumbered(claim), theme, nouns };
  }
}

/** Valid chains have at most one particular premise. */
const drawForm = (random: Random): Form =>
  random.weighted([
    ["all", 6],
    ["no", 3],
    ["some", 2],
    ["some-not", 1],
  ] as const);

const turned = (random: Random, form: Form, a: number, b: number): Statement =>
  random.chance(0.5) ? { form, subject: a, predicate: b } : { form, subject: b, predicate: a };

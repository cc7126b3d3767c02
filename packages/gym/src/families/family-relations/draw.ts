// Draws problems of family relations: a chain of facts whose relation is the wanted one, and at higher levels facts beside it. Owns the levels;
// knows no words.

import type { Random } from "../../random.ts";
import { type Gender, KINDS, type Kind, STEPS } from "./kin.ts";
import { peopleOf } from "./people.ts";
import { type Fact, isSound, type Problem, relationsOf } from "./problem.ts";

/** How many facts lead from one person to the other, and how many stand beside them. */
const LEVELS = [
  { path: 2, beside: 0 },
  { path: 3, beside: 1 },
  { path: 4, beside: 2 },
] as const;

export const FAMILY_LEVELS = LEVELS.length;

const GENDERS: readonly Gender[] = ["female", "male"];

export function drawProblem(random: Random, level: number): Problem {
  const { path: length, beside } = LEVELS[level - 1]!;
  const wanted: Kind = random.pick(KINDS);
  const draw = (who: number, to: number): Fact => ({ who, step: random.pick(STEPS), gender: random.pick(GENDERS), to });
  for (;;) {
    const path = Array.from({ length }, (_, i) => draw(i, i + 1));
    if (relationsOf(path)?.[0]?.kind !== wanted) continue;
    // People beside the path belong to somebody on it, but not to the first one.
    const more = Array.from({ length: beside }, (_, i) => draw(length + 1 + i, random.int(1, length)));
    const facts = [...path, ...more];
    if (!isSound(facts)) continue;
    const free = { female: random.shuffle(peopleOf("female")), male: random.shuffle(peopleOf("male")) };
    const genderOf = (person: number) => facts.find(({ who }) => who === person)?.gender ?? random.pick(GENDERS);
    const people = Array.from({ length: length + 1 + beside }, (_, person) => free[genderOf(person)].pop()!);
    return { facts: random.shuffle(facts), who: 0, to: length, people };
  }
}

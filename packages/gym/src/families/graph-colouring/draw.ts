// Draws graphs to colour: a colouring first, then pairs that differ in it, then given colours until one completion is left. Owns the levels;
// knows no words.

import type { Random } from "../../random.ts";
import { completions, lettersOf, openOf, type Problem } from "./problem.ts";
import { BACK, reason } from "./trace.ts";

/** Nodes, pairs, colours, and whether tries are needed, by level. */
const LEVELS = [
  { nodes: 5, pairs: [5, 7], colours: [3], tries: [false] },
  { nodes: 6, pairs: [7, 10], colours: [3], tries: [false] },
  { nodes: 8, pairs: [11, 15], colours: [3, 4], tries: [false, true] },
] as const;

/** Open letters at least, and steps taken back at most. */
const FEWEST_OPEN = 3;
const MOST_BACK = 8;

/** How many levels there are. */
export const COLOURING_LEVELS = LEVELS.length;
/** `8 nodes tries`. */
export const cellOf = (nodes: number, tries: boolean): string => `${nodes} nodes ${tries ? "tries" : "candidates"}`;
/** The cells of a level. */
export const cellsOf = (level: number): string[] =>
  LEVELS[level - 1]!.tries.map((tries) => cellOf(LEVELS[level - 1]!.nodes, tries));

const LETTERS = [..."ABCDEFGHJKLMNPRSTUVWXYZ"];

/** A problem of the level, with one completion. */
export function drawProblem(random: Random, level: number): Problem {
  const { nodes, pairs: range, colours: choices, tries } = LEVELS[level - 1]!;
  const wanted = random.pick<boolean>(tries);
  // With four colours so small a graph hardly ever has one completion that needs tries.
  const colours = wanted ? 3 : random.pick<number>(choices);
  for (;;) {
    const letters = random.chance(0.6) ? LETTERS.slice(0, nodes) : random.shuffle(LETTERS).slice(0, nodes).sort();
    const colouring = new Map(letters.map((letter) => [letter, random.int(1, colours)]));
    const differing = letters.flatMap((a) =>
      letters.filter((b) => a < b && colouring.get(a) !== colouring.get(b)).map((b) => [a, b] as const),
    );
    const pairs = random.shuffle(differing).slice(0, random.int(range[0], range[1]));
    if (lettersOf({ pairs }).length < nodes) continue;
    let problem: Problem = {
      pairs: pairs.map(([a, b]) => (random.chance(0.3) ? [b, a] : [a, b])),
      colours,
      given: new Map(),
    };
    for (const letter of random.shuffle(letters)) {
      if (problem.given.size > 0 && completions(problem, 2).length === 1) break;
      const given = [...problem.given, [letter, colouring.get(letter)!] as const].sort(([a], [b]) => (a < b ? -1 : 1));
      problem = { ...problem, given: new Map(given) };
    }
    if (openOf(problem).length < FEWEST_OPEN) continue;
    const reasoning = reason(problem);
    const back = reasoning.lines.filter((line) => line === BACK).length;
    if (reasoning.tries === wanted && back <= MOST_BACK) return problem;
  }
}

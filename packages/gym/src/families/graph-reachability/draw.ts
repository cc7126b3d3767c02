// Draws graph problems. Owns the levels and the balance of answers: yes and no equally often, each length equally often. Knows no words.

import type { Random } from "../../random.ts";
import { distance, distances, nodesOf, type Problem, type Task } from "./graph.ts";

/** Nodes, edges (a directed graph has up to two more) and the lengths that are asked for, by level. */
const LEVELS = [
  { nodes: 5, edges: [4, 5], lengths: [2, 3] },
  { nodes: 6, edges: [6, 8], lengths: [2, 3, 4] },
  { nodes: 8, edges: [8, 11], lengths: [2, 3, 4, 5] },
] as const;

export const GRAPH_LEVELS = LEVELS.length;
export const TASKS: readonly Task[] = ["reachable", "length", "path"];

/** Most graphs have the letters from A on, some others. */
const LETTERS = [..."ABCDEFGHKLMNPQRSTUVWXYZ"];

export function drawProblem(random: Random, level: number): Problem {
  const { nodes: count, edges, lengths } = LEVELS[level - 1]!;
  const task = random.pick(TASKS);
  const directed = random.chance(0.5);

  const wanted = random.pick<number>(lengths);
  const isYes = task !== "reachable" || random.chance(0.5);
  const letters = random.chance(0.6) ? LETTERS.slice(0, count) : random.shuffle(LETTERS).slice(0, count);
  for (;;) {
    const size = random.int(edges[0], edges[1]) + (directed ? random.int(0, 2) : 0);
    const drawn = drawEdges(random, letters, size, directed);
    const [from, to] = random.shuffle(letters) as [string, string];
    const problem = { task, directed, edges: drawn, from, to };
    if (nodesOf(problem).length !== count || new Set(drawn.flat()).size !== count) continue;
    const length = distance(problem);
    // A way must have two edges or more; a search without success must get somewhere.
    if (isYes ? length !== wanted : length !== undefined || distances(problem, from).size < 3) continue;
    return problem;
  }
}

function drawEdges(random: Random, letters: readonly string[], size: number, directed: boolean): [string, string][] {
  const all = letters.flatMap((a) =>
    letters.filter((b) => (directed ? a !== b : a < b)).map((b): [string, string] => [a, b]),
  );
  const picked = random.shuffle(all).slice(0, size);
  return directed ? picked : picked.map(([a, b]) => (random.chance(0.3) ? [b, a] : [a, b]));
}

// A graph with lettered nodes and a question about a way from one to another. Owns the problem as data, breadth-first search, and the key;
// knows no words.

import { permutations } from "../../permutations.ts";

export type Task = "reachable" | "length" | "path";

export interface Problem {
  readonly task: Task;
  readonly directed: boolean;
  /** In the order in which they are told. */
  readonly edges: readonly (readonly [string, string])[];
  readonly from: string;
  readonly to: string;
}

/** All nodes that an edge or the question names, in alphabetical order. */
export const nodesOf = ({ edges, from, to }: Pick<Problem, "edges" | "from" | "to">): string[] =>
  [...new Set([...edges.flat(), from, to])].sort();

/** The nodes that one edge leads to from a node, in the order of the edges. */
export function nextOf({ edges, directed }: Pick<Problem, "edges" | "directed">, node: string): string[] {
  const next = edges.flatMap(([a, b]) => (a === node ? [b] : b === node && !directed ? [a] : []));
  return [...new Set(next)];
}

/** Distances from a node to all that it reaches. */
export function distances(problem: Pick<Problem, "edges" | "directed">, from: string): Map<string, number> {
  const found = new Map([[from, 0]]);
  for (const [node, distance] of found)
    for (const next of nextOf(problem, node)) if (!found.has(next)) found.set(next, distance + 1);
  return found;
}

/** The length of the shortest way, in edges; undefined where there is none. */
export const distance = (problem: Problem): number | undefined => distances(problem, problem.from).get(problem.to);

/** Whether two nodes are joined, in the way that leads from the first to the second. */
export const isEdge = ({ edges, directed }: Pick<Problem, "edges" | "directed">, a: string, b: string): boolean =>
  edges.some(([x, y]) => (x === a && y === b) || (!directed && x === b && y === a));

/** Equal for equal problems: letters and the order of edges are forgotten, and in undirected graphs their ends' order. */
export function problemKey(problem: Problem): string {
  const { task, directed, edges, from, to } = problem;
  const others = nodesOf(problem).filter((node) => node !== from && node !== to);
  const texts = permutations(others).map((order) => {
    const place = new Map([from, to, ...order].map((node, i) => [node, i + 1]));
    const told = edges.map(([a, b]) => {
      const ends = [place.get(a)!, place.get(b)!];
      return (directed ? ends : ends.sort((x, y) => x - y)).join(directed ? ">" : "-");
    });
    return told.sort().join(" ");
  });
  return `${task} ${texts.sort()[0]}`;
}

// Breadth-first search in lines. Owns the order of steps and their notation; must not know wordings.
//
//   A-D: A[D], D[A]           each edge: the list of what lies next to its ends, grown by one (directed: the first end's alone)
//   A-B: A[D,B], B[A]
//   B-C: B[A,C], C[B]
//   queue: A                  the ways to go on from, the first one first
//   A: A[D,B]; A-D, A-B       the first way: what lies next to its end, and the longer ways, or `seen` where a way has come before
//   queue: A-D, A-B
//   A-D: …
//   A-B: B[A,C]; A seen, A-B-C
//   found: A-B-C              or `found: none` after `queue: none`
//   length: A=0, B=1, C=2     where the length is asked
//
// Written with `-` in directed graphs, too: a way is a list of nodes.

import { nextOf, type Problem } from "./graph.ts";

/** A way from the start, node by node. */
export type Way = readonly string[];

/** What becomes of a way: its end's neighbours, and the ways that are new. */
export interface Visit {
  readonly way: Way;
  readonly next: readonly string[];
  /** A longer way for each neighbour; undefined where it was reached before. */
  readonly ways: readonly (Way | undefined)[];
  /** The ways that wait after it. */
  readonly queue: readonly Way[];
}

export interface Search {
  readonly visits: readonly Visit[];
  readonly found: Way | undefined;
}

/** The search up to the visit that finds the goal. */
export function search(problem: Problem): Search {
  const { from, to } = problem;
  const seen = new Set([from]);
  let queue: Way[] = [[from]];
  const visits: Visit[] = [];
  for (let way = queue[0]; way !== undefined; way = queue[0]) {
    const current = way;
    const next = nextOf(problem, current.at(-1)!);
    const ways = next.map((node) => {
      if (seen.has(node)) return undefined;
      seen.add(node);
      return [...current, node];
    });
    queue = [...queue.slice(1), ...ways.filter((longer) => longer !== undefined)];
    visits.push({ way, next, ways, queue });
    const found = ways.find((longer) => longer?.at(-1) === to);
    if (found !== undefined) return { visits, found };
  }
  return { visits, found: undefined };
}

export const writeWay = (way: Way): string => way.join("-");
const writeQueue = (queue: readonly Way[]): string => `queue: ${queue.map(writeWay).join(", ") || "none"}`;
const writeList = (node: string, next: readonly string[]): string => `${node}[${next.join(",")}]`;

function writeVisit({ way, next, ways }: Visit): string {
  const end = way.at(-1)!;
  const said = next.map((node, i) => (ways[i] === undefined ? `${node} seen` : writeWay(ways[i])));
  return `${writeWay(way)}: ${writeList(end, next)}; ${said.join(", ") || "none"}`;
}

function writeEdges(problem: Problem): string[] {
  const { edges, directed } = problem;
  return edges.map(([a, b], i) => {
    const told = { edges: edges.slice(0, i + 1), directed };
    const ends = directed ? [a] : [a, b];
    return `${a}-${b}: ${ends.map((node) => writeList(node, nextOf(told, node))).join(", ")}`;
  });
}

export function writeTrace(problem: Problem): string[] {
  const { visits, found } = search(problem);
  const isOver = found === undefined;
  return [
    ...writeEdges(problem),
    writeQueue([[problem.from]]),
    ...visits.flatMap((visit, i) => [
      writeVisit(visit),
      ...(i < visits.length - 1 || isOver ? [writeQueue(visit.queue)] : []),
    ]),
    `found: ${found === undefined ? "none" : writeWay(found)}`,
    ...(problem.task === "length" && found !== undefined
      ? [`length: ${found.map((node, i) => `${node}=${i}`).join(", ")}`]
      : []),
  ];
}

/** Words of the lines beside letters. */
export const GRAPH_VOCABULARY = ["queue", "seen", "found", "none", "length"];

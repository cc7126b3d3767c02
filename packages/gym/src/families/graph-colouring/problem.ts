// Colouring a graph: lettered things, pairs of them that must differ, colours 1 to k, some of them given. Owns the problem as data, the search for
// all completions, and the key; knows no words.

import { hash } from "node:crypto";

/** A graph with colours for some of its nodes. */
export interface Problem {
  /** Pairs of letters that get different colours, in the order in which they are told. */
  readonly pairs: readonly (readonly [string, string])[];
  readonly colours: number;
  readonly given: Colouring;
}

/** Colours by letter. */
export type Colouring = ReadonlyMap<string, number>;

/** The letters, in alphabetical order. */
export const lettersOf = ({ pairs }: Pick<Problem, "pairs">): string[] => [...new Set(pairs.flat())].sort();

/** The letters whose colours are asked. */
export const openOf = (problem: Problem): string[] => lettersOf(problem).filter((letter) => !problem.given.has(letter));

/** The letters that must differ from one, in the order of the pairs. */
export const neighboursOf = ({ pairs }: Pick<Problem, "pairs">, letter: string): string[] => [
  ...new Set(pairs.flatMap(([a, b]) => (a === letter ? [b] : b === letter ? [a] : []))),
];

/** A pair whose ends have one colour. */
export const clashIn = ({ pairs }: Pick<Problem, "pairs">, colouring: Colouring) =>
  pairs.find(([a, b]) => colouring.has(a) && colouring.get(a) === colouring.get(b));

/** Colours that a search gives at most. */
const MOST_GIVEN = 100_000;

/** Completions, at most `limit`: the open letters in turn, the one with most coloured neighbours first. */
export function completions(problem: Problem, limit: number): Colouring[] {
  const found: Colouring[] = [];
  if (clashIn(problem, problem.given) !== undefined) return found;
  const colouring = new Map(problem.given);
  const around = new Map(lettersOf(problem).map((letter) => [letter, neighboursOf(problem, letter)]));
  let given = 0;
  const search = (open: readonly string[]): void => {
    if (open.length === 0) {
      found.push(new Map(colouring));
      return;
    }
    const taken = (letter: string) => new Set(around.get(letter)!.map((other) => colouring.get(other)));
    const next = open.reduce((best, letter) => (taken(letter).size > taken(best).size ? letter : best));
    const colours = taken(next);
    for (let colour = 1; colour <= problem.colours; colour++) {
      if (found.length >= limit || given++ > MOST_GIVEN) break;
      if (colours.has(colour)) continue;
      colouring.set(next, colour);
      search(open.filter((letter) => letter !== next));
      colouring.delete(next);
    }
  };
  search(openOf(problem));
  return found;
}

/** `C=1, D=3`: the colours of the open letters. */
export const writeColouring = (problem: Problem, colouring: Colouring): string =>
  openOf(problem)
    .map((letter) => `${letter}=${colouring.get(letter)}`)
    .join(", ");

/** Rounds after which no two nodes of so small a graph are told apart any more. */
const ROUNDS = 6;

/**
 * Equal for equal problems: letters and colours are renamed, pairs and givens told in any order. Each node is described by its neighbours, these by
 * theirs, and so on; a given colour is a node of its own, joined to the letters that have it.
 */
export function problemKey(problem: Problem): string {
  const { pairs, colours, given } = problem;
  const edges = [...pairs, ...[...given].map(([letter, colour]) => [letter, String(colour)] as const)];
  const around = new Map<string, string[]>();
  for (const [a, b] of edges.flatMap(
    ([x, y]) =>
      [
        [x, y],
        [y, x],
      ] as const,
  ))
    around.set(a, [...(around.get(a) ?? []), b]);
  let described = new Map([...around.keys()].map((node) => [node, /\d/.test(node) ? "colour" : "node"]));
  for (let round = 0; round < ROUNDS; round++)
    described = new Map(
      [...around].map(([node, others]) => {
        const text = [described.get(node), ...[...new Set(others)].map((other) => described.get(other)!).sort()].join(
          " ",
        );
        return [node, hash("sha256", text, "hex").slice(0, 12)];
      }),
    );
  const all = hash("sha256", [...described.values()].sort().join(" "), "hex").slice(0, 12);
  return `${lettersOf(problem).length} nodes, ${pairs.length} pairs, ${colours} colours: ${all}`;
}

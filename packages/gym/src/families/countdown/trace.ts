// A search for the target in lines, with tries that fail and are taken back. Owns which tries are shown and their notation; must not know wordings.
//
//   7*8=56, left 3 25 56                    a move, and the numbers that are left
//   25-3=22, left 56 22; 56+22=78, 56-22=34     with two left, all that they give: no target, so the move is taken back
//   [BACK]
//   [BACK]                                  and so is the move before it
//   25+3=28, left 7 8 28
//   7*8=56, left 28 56; 56+28=84            as far as the target
//   84=56+28=7*8+28=7*8+(25+3)              results replaced by what gave them
//
// The tries are drawn, with a seed that the puzzle itself gives: near misses first. A move that is taken back leads nowhere.

import { hash } from "node:crypto";
import { BACK } from "../../back.ts";
import { Random } from "../../random.ts";
import { type Expression, write } from "./expression.ts";
import { after, allMoves, type Move, movesOf, type Puzzle, puzzleKey, type State, solutions } from "./puzzle.ts";

/** Failing tries that one state shows at most, and the share of searches that begin with a wrong first move. */
const MOST_TRIES = 2;
const WRONG_FIRST = 0.4;

/** A try of the search: a move from a state, taken back or not. */
type Try = { readonly state: State; readonly move: Move } | typeof BACK;

/** The tries of a puzzle, the last ones a solution. */
function search({ numbers, target }: Puzzle, random: Random): Try[] {
  const [solution] = random.shuffle(solutions(numbers, target));
  if (solution === undefined) return [];
  const tries: Try[] = [];
  let state: State = numbers;
  for (const move of solution.slice(0, Math.max(1, numbers.length - 2))) {
    if (state.length === 4 && random.chance(WRONG_FIRST)) tries.push(...deadEnd(state, target, random));
    if (state.length === 3) tries.push(...misses(state, target, random.int(0, MOST_TRIES)));
    tries.push({ state, move });
    state = after(state, move);
  }
  return tries;
}

/** A move that leads nowhere, with a few tries from there. */
function deadEnd(state: State, target: number, random: Random): Try[] {
  const dead = allMoves(state).filter(
    (move) => move.result !== target && solutions(after(state, move), target).length === 0,
  );
  if (dead.length === 0) return [];
  const move = random.pick(dead);
  const next = after(state, move);
  return [{ state, move }, ...misses(next, target, random.int(1, MOST_TRIES)), BACK];
}

/** Moves from three numbers that miss the target, the nearest misses first; each is taken back. */
function misses(state: State, target: number, count: number): Try[] {
  const away = (move: Move) => {
    const [a, b] = after(state, move) as [number, number];
    return Math.min(Math.abs(move.result - target), ...movesOf(a, b).map(({ result }) => Math.abs(result - target)));
  };
  return allMoves(state)
    .map((move) => ({ move, away: away(move) }))
    .filter((found) => found.away > 0)
    .sort((a, b) => a.away - b.away)
    .slice(0, count)
    .flatMap(({ move }) => [{ state, move }, BACK]);
}

const writeMove = ({ op, left, right, result }: Move): string => `${left}${op}${right}=${result}`;

/** A try's line: with two numbers left, what they give, up to the target. */
function writeTry(state: State, move: Move, target: number): string {
  const left = after(state, move);
  const line = `${writeMove(move)}, left ${left.join(" ")}`;
  if (left.length !== 2) return line;
  const given = movesOf(left[0]!, left[1]!);
  const found = given.findIndex(({ result }) => result === target);
  return `${line}; ${given
    .slice(0, found < 0 ? given.length : found + 1)
    .map(writeMove)
    .join(", ")}`;
}

/** The moves that no `[BACK]` took away, and the one that gives the target. */
function standing(tries: readonly Try[], { numbers, target }: Puzzle): Move[] {
  const moves: Move[] = [];
  for (const one of tries)
    if (one === BACK) moves.pop();
    else moves.push(one.move);
  const [a, b] = moves.reduce(after, numbers) as [number, number];
  return [...moves, movesOf(a, b).find(({ result }) => result === target)!];
}

/** A result while it is replaced: a number, or the move that gave it. */
type Node = { readonly value: number; readonly move?: Move; readonly left?: Node; readonly right?: Node };

/** The last move as a tree of all moves. */
function tree(moves: readonly Move[], numbers: readonly number[]): Node {
  let pool: Node[] = numbers.map((value) => ({ value }));
  for (const move of moves) {
    const take = (value: number) =>
      pool.splice(
        pool.findIndex((node) => node.value === value),
        1,
      )[0]!;
    const [left, right] = [take(move.left), take(move.right)];
    pool = [...pool, { value: move.result, move, left, right }];
  }
  return pool.at(-1)!;
}

/** The tree with its first `opened` moves written out, from the last move down, left before right. */
function opened(root: Node, count: number): Expression {
  const open = new Set<Node>();
  const queue = [root];
  for (let node = queue.shift(); node !== undefined && open.size < count; node = queue.shift()) {
    if (node.move === undefined) continue;
    open.add(node);
    queue.push(node.left!, node.right!);
  }
  const expression = (node: Node): Expression =>
    open.has(node) ? { op: node.move!.op, left: expression(node.left!), right: expression(node.right!) } : node.value;
  return expression(root);
}

/** The search of a puzzle as lines, and the expression that it ends in. */
export function solve(puzzle: Puzzle): { lines: string[]; expression: string } | undefined {
  const seed = Number.parseInt(hash("sha256", puzzleKey(puzzle), "hex").slice(0, 12), 16);
  const tries = search(puzzle, Random.fromSeed(seed));
  if (tries.length === 0) return undefined;
  const moves = standing(tries, puzzle);
  const root = tree(moves, puzzle.numbers);
  const forms = moves.map((_, i) => write(opened(root, i + 1)));
  return {
    lines: [
      ...tries.map((one) => (one === BACK ? BACK : writeTry(one.state, one.move, puzzle.target))),
      [puzzle.target, ...forms].join("="),
    ],
    expression: forms.at(-1)!,
  };
}

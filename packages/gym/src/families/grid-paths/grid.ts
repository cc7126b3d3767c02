// A map of squares, some of them walls, a start and a goal. Owns the problem as data, its search, reading a map from text, and drawing;
// knows no wordings.

import { breadthFirst, type Space, type State } from "../../breadth-first.ts";
import type { Random } from "../../random.ts";

/** The rows have one character a square: `S` start, `G` goal, `.` free, `#` wall. */
export interface Problem {
  readonly ask: "length" | "route";
  readonly rows: readonly string[];
}

/** Up, down, left, right, as places in this list: what they change in row and column. */
export type Direction = 0 | 1 | 2 | 3;
const DIRECTIONS: readonly (readonly [Direction, number, number])[] = [
  [0, -1, 0],
  [1, 1, 0],
  [2, 0, -1],
  [3, 0, 1],
];

/** What stands in a square (row and column from 1 on); undefined outside. */
export const squareAt = (rows: readonly string[], [row, column]: State): string | undefined =>
  rows[row! - 1]?.[column! - 1];

/** The square with this mark. */
function find(rows: readonly string[], mark: string): State {
  const row = rows.findIndex((squares) => squares.includes(mark));
  return [row + 1, (rows[row] ?? "").indexOf(mark) + 1];
}

/** The square one step away. */
export const stepFrom = ([row, column]: State, direction: Direction): State => {
  const [, down, right] = DIRECTIONS[direction]!;
  return [row! + down, column! + right];
};

export const startOf = (rows: readonly string[]): State => find(rows, "S");

/** Steps to the squares beside, walls among them as blocked. */
export const spaceOf = ({ rows }: Problem): Space<Direction> => ({
  start: startOf(rows),
  isGoal: (state) => squareAt(rows, state) === "G",
  steps: (state) =>
    DIRECTIONS.flatMap(([move]) => {
      const to = stepFrom(state, move);
      const square = squareAt(rows, to);
      if (square === undefined) return [];
      return square === "#" ? [{ move, to, isBlocked: true }] : [{ move, to }];
    }),
});

/** Most rows and columns of a map in a question from anywhere. */
const MOST = 12;
const ROW = /^[ \t]*(?:[SG.#_XO■█□·01][ \t]*){2,24}$/;

/** The first map in a text, and the text with `mark` in its place; undefined without one. Spaces between squares don't matter. */
export function findGrid(text: string, mark: string): { rows: string[]; rest: string } | undefined {
  const lines = text.split(/\r?\n/);
  const from = lines.findIndex((line) => ROW.test(line));
  if (from < 0) return undefined;
  let to = from;
  while (to < lines.length && ROW.test(lines[to]!)) to++;
  const rows = lines.slice(from, to).map((line) =>
    line
      .replace(/\s/g, "")
      .replace(/[X■█1]/g, "#")
      .replace(/[_O□·0]/g, "."),
  );
  const all = rows.join("");
  const isMap = rows.length <= MOST && rows.every((row) => row.length === rows[0]!.length && row.length <= MOST);
  if (!isMap || rows.length < 2 || all.split("S").length !== 2 || all.split("G").length !== 2) return undefined;
  return { rows, rest: [...lines.slice(0, from), mark, ...lines.slice(to)].join("\n") };
}

/** By level: rows, columns (no fewer than rows: the reasoning counts along the first row), lengths, what is asked. */
const LEVELS = [
  { rows: [3, 4], columns: [4, 4], lengths: [2, 3, 4, 5, 6], asks: ["length"] },
  { rows: [4, 5], columns: [5, 5], lengths: [3, 4, 5, 6, 7, 8], asks: ["length", "route"] },
  { rows: [5, 6], columns: [6, 7], lengths: [5, 6, 7, 8, 9, 10, 11, 12], asks: ["length", "route"] },
] as const;

export const GRID_LEVELS = LEVELS.length;
export const cellsOf = (level: number): readonly string[] => LEVELS[level - 1]!.asks;

export function drawProblem(random: Random, level: number): Problem {
  const { rows: height, columns: width, lengths, asks } = LEVELS[level - 1]!;
  const ask = random.pick<"length" | "route">(asks);
  const wanted = random.pick<number>(lengths);
  for (;;) {
    const [count, columns] = [random.int(height[0], height[1]), random.int(width[0], width[1])];
    const walls = random.pick([0.2, 0.3, 0.35, 0.4]);
    const squares: string[] = Array.from({ length: count * columns }, () => (random.chance(walls) ? "#" : "."));
    const [start, goal] = [random.below(squares.length), random.below(squares.length)];
    if (start === goal) continue;
    squares[start] = "S";
    squares[goal] = "G";
    const rows = Array.from({ length: count }, (_, i) => squares.slice(i * columns, (i + 1) * columns).join(""));
    const problem = { ask, rows };
    if (breadthFirst(spaceOf(problem)).way?.length === wanted) return problem;
  }
}

export const problemKey = ({ ask, rows }: Problem): string => `${ask} ${rows.join("/")}`;

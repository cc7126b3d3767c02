// Sudoku grids of 4 or 6 rows: cells, units and their names, and a search for all ways to fill one. Owns the rules; knows no words.
//
// Cells are numbered row by row, 0 is a blank. A box has two rows and half as many columns as the grid.

/** The sides of the grids. */
export type Side = 4 | 6;

/** A puzzle with one solution. */
export interface Sudoku {
  readonly side: Side;
  readonly given: readonly number[];
  readonly solution: readonly number[];
}

/** A row, column or box: its name and its cells. */
export interface Unit {
  readonly name: string;
  readonly cells: readonly number[];
}

/** What the rules say about a grid of one side. */
export interface Shape {
  readonly side: Side;
  /** `r1c1`, `r1c2`, … */
  readonly names: readonly string[];
  readonly rows: readonly Unit[];
  readonly columns: readonly Unit[];
  readonly boxes: readonly Unit[];
  /** All units: rows, columns, boxes. */
  readonly units: readonly Unit[];
  /** The row, the column and the box of each cell. */
  readonly unitsOf: readonly (readonly [Unit, Unit, Unit])[];
  /** The places of these among all units. */
  readonly unitIds: readonly (readonly [number, number, number])[];
  /** The cells that share a unit with a cell: of its row, then of its column, then of its box. */
  readonly peers: readonly (readonly number[])[];
}

function makeShape(side: Side): Shape {
  const numbers = Array.from({ length: side }, (_, i) => i);
  const cells = Array.from({ length: side * side }, (_, i) => i);
  const row = (cell: number) => Math.floor(cell / side);
  const column = (cell: number) => cell % side;
  const box = (cell: number) => 2 * Math.floor(row(cell) / 2) + Math.floor((2 * column(cell)) / side);
  const unitsBy = (letter: string, of: (cell: number) => number): Unit[] =>
    numbers.map((n) => ({ name: `${letter}${n + 1}`, cells: cells.filter((cell) => of(cell) === n) }));
  const [rows, columns, boxes] = [unitsBy("r", row), unitsBy("c", column), unitsBy("b", box)];
  const unitsOf = cells.map((cell) => [rows[row(cell)]!, columns[column(cell)]!, boxes[box(cell)]!] as const);
  return {
    side,
    names: cells.map((cell) => `r${row(cell) + 1}c${column(cell) + 1}`),
    rows,
    columns,
    boxes,
    units: [...rows, ...columns, ...boxes],
    unitsOf,
    unitIds: cells.map((cell) => [row(cell), side + column(cell), 2 * side + box(cell)]),
    peers: cells.map((cell) => [
      ...new Set(unitsOf[cell]!.flatMap((unit) => unit.cells.filter((other) => other !== cell))),
    ]),
  };
}

const SHAPES: Readonly<Record<Side, Shape>> = { 4: makeShape(4), 6: makeShape(6) };

/** The rules for a side. */
export const shapeOf = (side: Side): Shape => SHAPES[side];

/** The digits that may stand in a cell as far as its units' other cells say. */
export function candidates({ side, peers }: Shape, grid: readonly number[], cell: number): number[] {
  const seen = new Set(peers[cell]!.map((other) => grid[other]));
  return Array.from({ length: side }, (_, i) => i + 1).filter((digit) => !seen.has(digit));
}

/** Cells that a search fills at most. */
const MOST_FILLED = 50_000;
/** The digits of each set of bits, and how many they are. */
const DIGITS = Array.from({ length: 64 }, (_, bits) => [1, 2, 3, 4, 5, 6].filter((digit) => bits & (1 << (digit - 1))));
const COUNTS = DIGITS.map(({ length }) => length);

/**
 * Ways to fill the blanks, at most `limit`; the cell with the fewest candidates first, `order` says which digit is tried first.
 * @example
 * fillings(4, given, 2).length // 1: the puzzle has one solution
 */
export function fillings(
  side: Side,
  given: readonly number[],
  limit: number,
  order: (digits: number[]) => number[] = (digits) => digits,
): number[][] {
  const { units, unitIds } = SHAPES[side];
  const grid = [...given];
  // The digits that a unit has, as bits.
  const has = units.map(() => 0);
  const flip = (cell: number, digit: number) => {
    for (const unit of unitIds[cell]!) has[unit]! ^= 1 << digit;
  };
  for (const [cell, digit] of given.entries()) {
    if (digit === 0) continue;
    if (unitIds[cell]!.some((unit) => (has[unit]! & (1 << digit)) !== 0)) return [];
    flip(cell, digit);
  }
  const all = 2 ** (side + 1) - 2;
  const found: number[][] = [];
  let filled = 0;
  const search = (): void => {
    let [best, bits, fewest] = [-1, 0, side + 1];
    for (let cell = 0; cell < grid.length && fewest > 1; cell++) {
      if (grid[cell] !== 0) continue;
      const [row, column, box] = unitIds[cell]!;
      const free = all & ~(has[row]! | has[column]! | has[box]!);
      const count = COUNTS[free >> 1]!;
      if (count < fewest) [best, bits, fewest] = [cell, free, count];
    }
    if (best < 0) {
      found.push([...grid]);
      return;
    }
    for (const digit of order(DIGITS[bits >> 1]!)) {
      if (found.length >= limit || filled++ > MOST_FILLED) break;
      grid[best] = digit;
      flip(best, digit);
      search();
      flip(best, digit);
    }
    grid[best] = 0;
  };
  search();
  return found;
}

/** The digits of a grid as rows: `1 2 3 4 / 3 4 1 2 / …`, a blank as `_`. */
export const writeRows = (side: Side, grid: readonly number[]): string =>
  SHAPES[side].rows.map((row) => writeDigits(row.cells.map((cell) => grid[cell]!))).join(" / ");

/** Digits of one unit: `1 _ 3 4`. */
export const writeDigits = (digits: readonly number[]): string => digits.map((digit) => digit || "_").join(" ");

/** Equal for equal puzzles: digits are renamed in the order in which they stand. */
export function sudokuKey({ side, given }: Sudoku): string {
  const names = new Map([[0, 0]]);
  const renamed = given.map((digit) => {
    if (!names.has(digit)) names.set(digit, names.size);
    return names.get(digit)!;
  });
  return SHAPES[side].rows.map((row) => row.cells.map((cell) => renamed[cell] || "_").join("")).join(" ");
}

// How a sudoku is filled, in lines. Owns the order of the steps and their notation; knows no words of a question.
//
//   r1: 1 _ _ 4                              the rows, columns (c1) and boxes (b1: from left to right, then down) as they are given
//   r1c2: r1 1 4, c2 2, b1 1; 3              what the units of a blank have, and what is left for it
//   r1c2=3: r1c3 2, r2c2 2/4                 the only candidate of a cell: the cell is filled, its neighbours lose the digit
//   b1: r1c2 2/3, r2c1 2/4, r2c2 2/4; 3 only r1c2   no such cell: a digit with one place in a unit, which the next line fills in
//   try r1c2=2: r2c2 none                    no such digit either: a cell with two candidates is tried with the first
//   [BACK]                                   a cell with none left: all steps back to the try are taken back, the second is tried
//   r1: 1 _ _ 4; 1 3 2 4                     the rows in the end

import { candidates, type Shape, type Sudoku, shapeOf, type Unit, writeDigits } from "./grid.ts";

/** The mark that takes a step back. */
export const BACK = "[BACK]";

/** Words and digits of the lines that no question need have. */
export const SUDOKU_VOCABULARY: readonly string[] = [..."123456", ..."rcb", "only", "none", "try", BACK.slice(1, -1)];

/** The candidates of cells that are still blank; a filled cell has no entry. */
export type Left = ReadonlyMap<number, readonly number[]>;

/** What filling a cell leaves to the others: those of its neighbours that lose the digit, in the order of the lines. */
export function losers({ peers }: Shape, left: Left, cell: number, digit: number): Map<number, readonly number[]> {
  const found = new Map<number, readonly number[]>();
  for (const other of peers[cell]!) {
    const digits = left.get(other);
    if (digits?.includes(digit))
      found.set(
        other,
        digits.filter((one) => one !== digit),
      );
  }
  return found;
}

/** The first digit that has one place among the blanks of a unit, and that place. */
export function onlyPlace(unit: Unit, left: Left, side: number): { digit: number; cell: number } | undefined {
  for (let digit = 1; digit <= side; digit++) {
    const places = unit.cells.filter((cell) => left.get(cell)?.includes(digit));
    if (places.length === 1) return { digit, cell: places[0]! };
  }
  return undefined;
}

/** `2/3`, `none`. */
export const writeLeft = (digits: readonly number[]): string => digits.join("/") || "none";

const writeAll = ({ names }: Shape, left: Iterable<readonly [number, readonly number[]]>): string =>
  [...left].map(([cell, digits]) => `${names[cell]} ${writeLeft(digits)}`).join(", ") || "none";

/** The steps of a puzzle: its lines, what they needed, and the filled grid. */
export interface Filling {
  readonly lines: readonly string[];
  readonly needs: "candidates" | "places" | "tries";
  readonly grid: readonly number[];
}

/** Lines of the search at most; no drawn puzzle comes near it. */
const MOST_LINES = 1000;

/** Fills a grid as a person does. */
export function fill({ side, given }: Pick<Sudoku, "side" | "given">): Filling {
  const shape = shapeOf(side);
  const lines = shape.units.map((unit) => `${unit.name}: ${writeDigits(unit.cells.map((cell) => given[cell]!))}`);
  const left = new Map<number, readonly number[]>();
  for (const [cell, digit] of given.entries()) {
    if (digit !== 0) continue;
    left.set(cell, candidates(shape, given, cell));
    const seen = shape.unitsOf[cell]!.map(({ name, cells }) => {
      const digits = cells.map((other) => given[other]!).filter((one) => one !== 0);
      return `${name} ${digits.join(" ") || "none"}`;
    });
    lines.push(`${shape.names[cell]}: ${seen.join(", ")}; ${writeLeft(left.get(cell)!)}`);
  }
  const singles = [...left].filter(([, digits]) => digits.length === 1).map(([cell]) => cell);
  const search = new Search(shape, lines);
  const grid = search.run([...given], left, singles) ?? given;
  for (const { name, cells } of shape.rows) {
    const digits = (of: readonly number[]) => writeDigits(cells.map((cell) => of[cell]!));
    lines.push(`${name}: ${digits(given)}; ${digits(grid)}`);
  }
  return { lines, needs: search.needs, grid };
}

class Search {
  needs: Filling["needs"] = "candidates";
  readonly #shape: Shape;
  readonly #lines: string[];

  constructor(shape: Shape, lines: string[]) {
    this.#shape = shape;
    this.#lines = lines;
  }

  /** Fills the grid; undefined where some cell has nothing left. `singles`: cells with one candidate, as they came up. */
  run(grid: number[], left: Map<number, readonly number[]>, singles: number[]): number[] | undefined {
    while (left.size > 0 && this.#lines.length < MOST_LINES) {
      const single = singles.shift();
      if (single === undefined) {
        const place = this.#place(left);
        if (place === undefined) return this.#tryBoth(grid, left);
        if (!this.#put(grid, left, singles, place.cell, place.digit)) return undefined;
      } else if (left.has(single) && !this.#put(grid, left, singles, single, left.get(single)![0]!)) return undefined;
    }
    return left.size > 0 ? undefined : grid;
  }

  /** Fills one cell; false where another has nothing left then. */
  #put(
    grid: number[],
    left: Map<number, readonly number[]>,
    singles: number[],
    cell: number,
    digit: number,
    word = "",
  ) {
    grid[cell] = digit;
    left.delete(cell);
    const lost = losers(this.#shape, left, cell, digit);
    this.#lines.push(`${word}${this.#shape.names[cell]}=${digit}: ${writeAll(this.#shape, lost)}`);
    for (const [other, digits] of lost) {
      left.set(other, digits);
      if (digits.length === 1) singles.push(other);
    }
    return [...lost.values()].every((digits) => digits.length > 0);
  }

  /** Looks through boxes, rows and columns for a digit with one place. */
  #place(left: Left): { digit: number; cell: number } | undefined {
    const { boxes, rows, columns, side, names } = this.#shape;
    if (this.needs === "candidates") this.needs = "places";
    for (const unit of [...boxes, ...rows, ...columns]) {
      const blanks = unit.cells.filter((cell) => left.has(cell));
      if (blanks.length === 0) continue;
      const place = onlyPlace(unit, left, side);
      const found = place === undefined ? "none" : `${place.digit} only ${names[place.cell]}`;
      const listed = blanks.map((cell) => [cell, left.get(cell)!] as const);
      this.#lines.push(`${unit.name}: ${writeAll(this.#shape, listed)}; ${found}`);
      if (place !== undefined) return place;
    }
    return undefined;
  }

  /** Tries the candidates of the first cell that has fewest; a try that fails is taken back with all that followed it. */
  #tryBoth(grid: readonly number[], left: Left): number[] | undefined {
    this.needs = "tries";
    const fewest = Math.min(...[...left.values()].map(({ length }) => length));
    const [cell, digits] = [...left].find(([, { length }]) => length === fewest)!;
    for (const digit of digits) {
      const start = standing(this.#lines);
      const [tried, blanks, singles] = [[...grid], new Map(left), [] as number[]];
      const stands = this.#put(tried, blanks, singles, cell, digit, "try ");
      const done = stands ? this.run(tried, blanks, singles) : undefined;
      if (done !== undefined) return done;
      for (let steps = standing(this.#lines); steps > start; steps--) this.#lines.push(BACK);
    }
    return undefined;
  }
}

/** How many lines stand: none that was taken back. */
const standing = (lines: readonly string[]): number =>
  lines.reduce((count, line) => count + (line === BACK ? -1 : 1), 0);

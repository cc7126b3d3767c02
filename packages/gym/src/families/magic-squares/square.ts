// Squares of numbers with letters for missing ones, whose rows, columns and diagonals have one sum. Owns the lines of a square, both ways of
// solving one (line by line, and as linear equations), and the key; knows no words.

/** A cell: a number, or the letter of a missing one. */
export type Entry = number | string;

/** A square that lines with one missing number solve. */
export interface Square {
  readonly rows: readonly (readonly Entry[])[];
  /** The common sum, where the question tells it. */
  readonly sum?: number;
}

/** A row, column or diagonal with its name: `r1`, `c1`, `d1`. */
export interface Line {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** Rows, columns, then the diagonals from the upper left and from the upper right. */
export function linesOf({ rows }: Square): Line[] {
  const n = rows.length;
  const at = (i: number, j: number) => rows[i]![j]!;
  const all = Array.from({ length: n }, (_, i) => i);
  return [
    ...rows.map((entries, i) => ({ name: `r${i + 1}`, entries })),
    ...all.map((j) => ({ name: `c${j + 1}`, entries: all.map((i) => at(i, j)) })),
    { name: "d1", entries: all.map((i) => at(i, i)) },
    { name: "d2", entries: all.map((i) => at(i, n - 1 - i)) },
  ];
}

/** The letters, row by row. */
export const lettersOf = ({ rows }: Square): string[] => rows.flat().filter((entry) => typeof entry === "string");

/** Numbers by letter. */
export type Values = ReadonlyMap<string, number>;

/** The number of an entry; undefined where it is not known. */
export const numberIn = (entry: Entry, values: Values): number | undefined =>
  typeof entry === "number" ? entry : values.get(entry);

/** One step: a line without gaps gives the sum, or a line with one gap gives that number. */
export interface Step {
  readonly line: Line;
  readonly letter?: string;
  readonly value: number;
}

/** The steps that solve a square line by line; undefined where lines with one gap don't get there. */
export function solve(square: Square): Step[] | undefined {
  const lines = linesOf(square);
  const values = new Map<string, number>();
  const gaps = ({ entries }: Line) => entries.filter((entry) => numberIn(entry, values) === undefined) as string[];
  const total = ({ entries }: Line) => entries.reduce<number>((all, entry) => all + (numberIn(entry, values) ?? 0), 0);
  const steps: Step[] = [];
  let { sum } = square;
  if (sum === undefined) {
    const line = lines.find((one) => gaps(one).length === 0);
    if (line === undefined) return undefined;
    sum = total(line);
    steps.push({ line, value: sum });
  }
  for (let count = lettersOf(square).length; count > 0; count--) {
    const line = lines.find((one) => gaps(one).length === 1);
    if (line === undefined) return undefined;
    const letter = gaps(line)[0]!;
    const value = sum - total(line);
    values.set(letter, value);
    steps.push({ line, letter, value });
  }
  return lines.every((line) => total(line) === sum) ? steps : undefined;
}

/** The missing numbers of a square. */
export const valuesOf = (square: Square): Values =>
  new Map(
    (solve(square) ?? []).flatMap(({ letter, value }) => (letter === undefined ? [] : [[letter, value] as const])),
  );

/** The missing numbers as the solution of linear equations, found by elimination; undefined unless there is exactly one. */
export function eliminate(square: Square): Values | undefined {
  const letters = lettersOf(square);
  const width = letters.length + 1; // the last unknown is the sum
  const rows = linesOf(square).map(({ entries }) => {
    const row = Array.from({ length: width + 1 }, () => 0);
    for (const entry of entries)
      if (typeof entry === "number") row[width]! -= entry;
      else row[letters.indexOf(entry)]! += 1;
    row[width - 1] = -1;
    return row;
  });
  if (square.sum !== undefined) rows.push([...Array.from({ length: width - 1 }, () => 0), 1, square.sum]);
  let rank = 0;
  for (let column = 0; column < width; column++) {
    const pivot = rows.findIndex((row, i) => i >= rank && Math.abs(row[column]!) > 1e-9);
    if (pivot < 0) return undefined;
    [rows[rank], rows[pivot]] = [rows[pivot]!, rows[rank]!];
    const top = rows[rank]!.map((value) => value / rows[rank]![column]!);
    for (const [i, row] of rows.entries())
      rows[i] = i === rank ? top : row.map((value, k) => value - row[column]! * top[k]!);
    rank++;
  }
  const isConsistent = rows.slice(rank).every((row) => Math.abs(row[width]!) < 1e-6);
  return isConsistent ? new Map(letters.map((letter, i) => [letter, Math.round(rows[i]![width]!)])) : undefined;
}

/** `p=4, q=9`. */
export const writeValues = (square: Square, values: Values): string =>
  lettersOf(square)
    .map((letter) => `${letter}=${values.get(letter)}`)
    .join(", ");

/** Equal for equal squares: letters are forgotten. */
export function squareKey({ rows, sum }: Square): string {
  const text = rows.map((row) => row.map((entry) => (typeof entry === "number" ? entry : "_")).join(" ")).join(" / ");
  return sum === undefined ? text : `${text} to ${sum}`;
}

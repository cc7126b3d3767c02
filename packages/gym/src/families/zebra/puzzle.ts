// A zebra puzzle: houses in a row, categories of things of which each house has one, clues, and one question. Owns clues as data, their
// truth, elimination by one clue or one category at a time, and the key; knows no words.

/** A value is numbered through all categories: category · houses + place in the category's list. */
export type Clue =
  | { readonly kind: Relation; readonly a: number; readonly b: number }
  | { readonly kind: "at" | "notAt"; readonly a: number; readonly house: number };

/** Relations of two houses: the same or not, a before or after b in the row, directly so, or side by side. */
export type Relation = "same" | "not" | "left" | "right" | "justLeft" | "justRight" | "beside";

/** What is asked: the house of a value, or the value of a category in the house of a value or in a numbered house. */
export type Ask =
  | { readonly value: number; readonly want: "house" }
  | { readonly value: number; readonly want: number }
  | { readonly house: number; readonly want: number };

/** Houses are numbered from 1, from the left. */
export interface Puzzle {
  readonly houses: number;
  /** Category 0 is the people; each has a word list (categories.ts) and an index into it for each of its values. */
  readonly categories: readonly { readonly id: number; readonly words: readonly number[] }[];
  readonly clues: readonly Clue[];
  readonly ask: Ask;
}

/** For each value the houses that are left, as bits: bit 0 is house 1. */
export type Left = readonly number[];

/** Whether two houses stand in a relation. */
export function related(kind: Relation, a: number, b: number): boolean {
  switch (kind) {
    case "same":
      return a === b;
    case "not":
      return a !== b;
    case "left":
      return a < b;
    case "right":
      return a > b;
    case "justLeft":
      return a === b - 1;
    case "justRight":
      return a === b + 1;
    case "beside":
      return a === b - 1 || a === b + 1;
  }
}

export const housesOf = (bits: number): number[] =>
  Array.from({ length: 8 }, (_, i) => i + 1).filter((house) => (bits >> (house - 1)) & 1);

const bit = (house: number) => 1 << (house - 1);
const bitsOf = (houses: readonly number[]) => houses.reduce((bits, house) => bits | bit(house), 0);
export const isSingle = (bits: number): boolean => bits !== 0 && (bits & (bits - 1)) === 0;

/** Nothing is excluded yet. */
export const everything = ({ houses, categories }: Pick<Puzzle, "houses" | "categories">): number[] =>
  Array.from({ length: houses * categories.length }, () => 2 ** houses - 1);

/** The values that a clue speaks of. */
export const valuesOf = (clue: Clue): number[] => ("b" in clue ? [clue.a, clue.b] : [clue.a]);

/** What a clue leaves of its values' houses. */
export function byClue(clue: Clue, left: Left): Map<number, number> {
  const a = housesOf(left[clue.a]!);
  if (!("b" in clue)) {
    const kept = a.filter((house) => (house === clue.house) === (clue.kind === "at"));
    return new Map([[clue.a, bitsOf(kept)]]);
  }
  const b = housesOf(left[clue.b]!);
  const { kind } = clue;
  return new Map([
    [clue.a, bitsOf(a.filter((x) => b.some((y) => related(kind, x, y))))],
    [clue.b, bitsOf(b.filter((y) => a.some((x) => related(kind, x, y))))],
  ]);
}

/** The values of a category. */
export const valuesIn = (category: number, houses: number): number[] =>
  Array.from({ length: houses }, (_, i) => category * houses + i);

/** One round in a category: a house that one value has is no other's; a house that no other value can have is its only one's. */
export function byCategory(category: number, houses: number, left: Left): Map<number, number> {
  const values = valuesIn(category, houses);
  const changed = new Map<number, number>();
  for (const value of values) {
    const others = values.filter((other) => other !== value);
    const taken = others.reduce((bits, other) => bits | (isSingle(left[other]!) ? left[other]! : 0), 0);
    let kept = left[value]! & ~taken;
    const only = housesOf(left[value]!).find((house) => others.every((other) => (left[other]! & bit(house)) === 0));
    if (only !== undefined) kept = bit(only);
    if (kept !== left[value]) changed.set(value, kept);
  }
  return changed;
}

/** Houses by value where elimination decides all, in any order of steps; undefined where it doesn't or the clues contradict each other. */
export function solve(puzzle: Pick<Puzzle, "houses" | "categories" | "clues">): number[] | undefined {
  const left = everything(puzzle);
  for (let grown = true; grown; ) {
    grown = false;
    const rounds = [
      ...puzzle.clues.map((clue) => () => byClue(clue, left)),
      ...puzzle.categories.map((_, category) => () => byCategory(category, puzzle.houses, left)),
    ];
    for (const round of rounds)
      for (const [value, bits] of round())
        if (left[value] !== bits) {
          left[value] = bits;
          grown = true;
        }
  }
  return left.every(isSingle) ? left.map((bits) => housesOf(bits)[0]!) : undefined;
}

/** All ways to give each value a house that agree with the clues: for small puzzles. Stops at `most`. */
export function solutions(puzzle: Pick<Puzzle, "houses" | "categories" | "clues">, most: number): number[][] {
  const { houses, categories, clues } = puzzle;
  const found: number[][] = [];
  const place: number[] = [];
  const agrees = (clue: Clue) => {
    if (valuesOf(clue).some((value) => place[value] === undefined)) return true;
    if ("b" in clue) return related(clue.kind, place[clue.a]!, place[clue.b]!);
    return (place[clue.a] === clue.house) === (clue.kind === "at");
  };
  const next = (value: number) => {
    if (found.length >= most) return;
    if (value === houses * categories.length) {
      found.push([...place]);
      return;
    }
    const first = value - (value % houses);
    for (let house = 1; house <= houses; house++) {
      if (place.slice(first, value).includes(house)) continue;
      place[value] = house;
      if (clues.every((clue) => !valuesOf(clue).includes(value) || agrees(clue))) next(value + 1);
      place.length = value;
    }
  };
  next(0);
  return found;
}

/** The answer: a house number, or a value. */
export function answerOf({ houses, ask }: Puzzle, solution: readonly number[]): { house: number } | { value: number } {
  const house = "house" in ask ? ask.house : solution[ask.value]!;
  if (ask.want === "house") return { house };
  return { value: valuesIn(ask.want, houses).find((value) => solution[value] === house)! };
}

/** Equal for equal puzzles: words, categories' names and order, and the order of clues are forgotten. */
export function puzzleKey(puzzle: Puzzle, solution: readonly number[]): string {
  const { houses, categories, clues, ask } = puzzle;
  const texts = permutations(categories.map((_, i) => i)).map((order) => {
    const value = (v: number) => `${"abcd"[order[Math.floor(v / houses)]!]}${solution[v]}`;
    const told = clues.map((clue) => clueKey(clue, value)).sort();
    const want = ask.want === "house" ? "house" : "abcd"[order[ask.want]!];
    return `${told.join("; ")} ask ${want} of ${"house" in ask ? ask.house : value(ask.value)}`;
  });
  return `${houses} houses: ${texts.sort()[0]}`;
}

function clueKey(clue: Clue, value: (v: number) => string): string {
  if (!("b" in clue)) return `${value(clue.a)} ${clue.kind} ${clue.house}`;
  const { kind, a, b } = clue;
  if (kind === "right") return `${value(b)} left ${value(a)}`;
  if (kind === "justRight") return `${value(b)} justLeft ${value(a)}`;
  if (kind === "left" || kind === "justLeft") return `${value(a)} ${kind} ${value(b)}`;
  return [value(a), value(b)].sort().join(` ${kind} `);
}

function permutations(entries: readonly number[]): number[][] {
  if (entries.length < 2) return [[...entries]];
  return entries.flatMap((first) => permutations(entries.filter((e) => e !== first)).map((rest) => [first, ...rest]));
}

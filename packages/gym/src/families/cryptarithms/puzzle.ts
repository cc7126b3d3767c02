// Letter sums: two words and their sum, where each letter stands for one digit, some of them known. Owns the puzzle as data, its columns, the search for all
// solutions, and the key; knows no words of a question.

/** `AB+BA=CDC`: different letters are different digits, none of the three numbers begins with 0. */
export interface Puzzle {
  readonly addends: readonly [string, string];
  readonly sum: string;
  /** The letters that the question gives away. */
  readonly known: Digits;
}

/** Digits by letter. */
export type Digits = ReadonlyMap<string, number>;

/** Letters of a column: those of the addends that reach it, and that of the sum. */
export interface Column {
  readonly addends: readonly string[];
  readonly sum: string;
}

/** The columns that an addend reaches, from the right. */
export function columnsOf({ addends, sum }: Puzzle): Column[] {
  const length = Math.max(...addends.map((word) => word.length));
  return Array.from({ length }, (_, i) => ({
    addends: addends.flatMap((word) => word.at(-1 - i) ?? []),
    sum: sum.at(-1 - i) ?? "",
  }));
}

/** The letters, in the order in which they stand. */
export const lettersOf = ({ addends, sum }: Puzzle): string[] => [...new Set(addends.join("") + sum)];

/** The letters that are not 0. */
export const leadersOf = ({ addends, sum }: Puzzle): string[] => [...addends, sum].map((word) => word[0]!);

/** Whether the sum has one digit more than the longer addend. */
export const isLonger = ({ addends, sum }: Puzzle): boolean =>
  sum.length > Math.max(...addends.map((word) => word.length));

/** `AB+BA=CDC`. */
export const writeSum = ({ addends, sum }: Puzzle): string => `${addends.join("+")}=${sum}`;

/** `A=2, B=9`. */
export const writeDigits = (puzzle: Puzzle, digits: Digits): string =>
  lettersOf(puzzle)
    .map((letter) => `${letter}=${digits.get(letter)}`)
    .join(", ");

/** The number that a word stands for. */
export const numberOf = (word: string, digits: Digits): number =>
  Number([...word].map((letter) => digits.get(letter)).join(""));

/** Digits that a search tries at most. */
const MOST_TRIED = 300_000;

/** Solutions, at most `limit`: the letters of each column in turn, from the right. */
export function solutions(puzzle: Puzzle, limit: number): Digits[] {
  const columns = columnsOf(puzzle);
  const longer = puzzle.sum.length - columns.length;
  if (longer < 0 || longer > 1) return [];
  const leaders = new Set(leadersOf(puzzle));
  const digits = new Map(puzzle.known);
  if (new Set(digits.values()).size < digits.size || [...leaders].some((letter) => digits.get(letter) === 0)) return [];
  const found: Digits[] = [];
  let tried = 0;
  const assign = (letter: string, digit: number, then: () => void): void => {
    const known = digits.get(letter);
    if (known !== undefined) {
      if (known === digit) then();
      return;
    }
    const isUsed = [...digits.values()].includes(digit);
    if (isUsed || (digit === 0 && leaders.has(letter)) || tried++ > MOST_TRIED) return;
    digits.set(letter, digit);
    then();
    digits.delete(letter);
  };
  const search = (at: number, carry: number): void => {
    if (found.length >= limit) return;
    const column = columns[at];
    if (column === undefined) {
      const done = () => found.push(new Map(digits));
      if (longer === 0 && carry === 0) done();
      if (longer === 1 && carry === 1) assign(puzzle.sum[0]!, 1, done);
      return;
    }
    const next = (i: number, total: number): void => {
      const letter = column.addends[i];
      if (letter === undefined) assign(column.sum, total % 10, () => search(at + 1, Math.floor(total / 10)));
      else for (let digit = 0; digit < 10; digit++) assign(letter, digit, () => next(i + 1, total + digit));
    };
    next(0, carry);
  };
  search(0, 0);
  return found;
}

/** Equal for equal puzzles: letters are renamed in the order in which they stand, the addends may change places. */
export function puzzleKey({ addends: [first, second], sum, known }: Puzzle): string {
  const forms = [
    [first, second, sum],
    [second, first, sum],
  ].map((words) => {
    const letters = [...new Set(words.join(""))];
    const rename = (letter: string) => "abcdefghij"[letters.indexOf(letter)]!;
    const given = letters.filter((letter) => known.has(letter)).map((letter) => rename(letter) + known.get(letter));
    return [...words.map((word) => [...word].map(rename).join("")), ...given].join(" ");
  });
  return forms.sort()[0]!;
}

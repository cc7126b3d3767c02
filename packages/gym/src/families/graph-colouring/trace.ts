// How a graph is coloured, in lines. Owns the order of the steps and their notation; knows no words of a question.
//
//   A: B C E                      the neighbours of each letter
//   D: A 1, C 2; 3/4              the coloured neighbours of an open letter, and the colours that they leave
//   D=3: E 2, F 2/4               a letter with one colour left gets it; its neighbours that could have had it are left with these
//   try E=2: F none               none has one colour left: the first letter with fewest is tried with each
//   [BACK]                        a letter with none left: all steps back to the try are taken back

import { lettersOf, neighboursOf, openOf, type Problem } from "./problem.ts";

/** The mark that takes a step back. */
export const BACK = "[BACK]";

/** Words of the lines, and colours, that no question need have. */
export const COLOURING_VOCABULARY: readonly string[] = [..."1234", "none", "try", BACK.slice(1, -1)];

/** The colours left to letters that have none yet. */
export type Left = ReadonlyMap<string, readonly number[]>;

/** The neighbours of a letter that lose a colour, and what they are left with. */
export function losers(problem: Problem, left: Left, letter: string, colour: number): Map<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  for (const other of neighboursOf(problem, letter)) {
    const colours = left.get(other);
    if (colours?.includes(colour)) {
      const rest = colours.filter((one) => one !== colour);
      found.set(other, rest);
    }
  }
  return found;
}

/** `2/4`, `none`. */
export const writeLeft = (colours: readonly number[]): string => colours.join("/") || "none";

/** `E 2, F 2/4`, `none`. */
const writeAll = (left: Left): string =>
  [...left].map(([letter, colours]) => `${letter} ${writeLeft(colours)}`).join(", ") || "none";

/** The lines of a problem, and whether they try. */
export interface Reasoning {
  readonly lines: readonly string[];
  readonly tries: boolean;
}

/** Lines of a search at most; no drawn problem comes near it. */
const MOST_LINES = 1000;

/** What is left as long as no try is taken back: a search works on copies. */
interface State {
  readonly left: Map<string, readonly number[]>;
  /** Letters with one colour left, as they came up. */
  readonly singles: string[];
}

/** Colours a graph as a person does. */
export function reason(problem: Problem): Reasoning {
  const lines = lettersOf(problem).map((letter) => `${letter}: ${neighboursOf(problem, letter).join(" ")}`);
  const all = Array.from({ length: problem.colours }, (_, i) => i + 1);
  const left = new Map<string, readonly number[]>();
  for (const letter of openOf(problem)) {
    const coloured = neighboursOf(problem, letter).filter((other) => problem.given.has(other));
    const taken = new Set(coloured.map((other) => problem.given.get(other)));
    left.set(
      letter,
      all.filter((colour) => !taken.has(colour)),
    );
    const seen = coloured.map((other) => `${other} ${problem.given.get(other)}`).join(", ") || "none";
    lines.push(`${letter}: ${seen}; ${writeLeft(left.get(letter)!)}`);
  }
  let tries = false;
  const put = ({ left, singles }: State, letter: string, colour: number, word = ""): boolean => {
    left.delete(letter);
    const lost = losers(problem, left, letter, colour);
    lines.push(`${word}${letter}=${colour}: ${writeAll(lost)}`);
    for (const [other, colours] of lost) {
      left.set(other, colours);
      if (colours.length === 1) singles.push(other);
    }
    return [...lost.values()].every(({ length }) => length > 0);
  };
  const search = (state: State): boolean => {
    for (let letter = state.singles.shift(); letter !== undefined; letter = state.singles.shift())
      if (state.left.has(letter) && !put(state, letter, state.left.get(letter)![0]!)) return false;
    if (state.left.size === 0) return true;
    if (lines.length > MOST_LINES) return false;
    tries = true;
    const fewest = Math.min(...[...state.left.values()].map(({ length }) => length));
    const [letter, colours] = [...state.left].find(([, { length }]) => length === fewest)!;
    return colours.some((colour) => {
      const start = standing(lines);
      const copy = { left: new Map(state.left), singles: [] };
      if (put(copy, letter, colour, "try ") && search(copy)) return true;
      for (let steps = standing(lines); steps > start; steps--) lines.push(BACK);
      return false;
    });
  };
  search({ left, singles: [...left].filter(([, { length }]) => length === 1).map(([letter]) => letter) });
  return { lines, tries };
}

/** How many lines stand: none that was taken back. */
const standing = (lines: readonly string[]): number =>
  lines.reduce((count, line) => count + (line === BACK ? -1 : 1), 0);

// How a zebra puzzle is solved: clue by clue, round after round, each line saying which houses are left. Owns the order of steps, their
// notation, and reading claims back; must not know wordings.
//
//   Ann 1/2/3, Bob 1/2/3, Dan 1/2/3     the values of each category, and the houses that are left for them
//   cat 1/2/3, dog 1/2/3, fish 1/2/3
//   red 1/2/3, green 1/2/3, blue 1/2/3
//   Ann<cat: Ann 1/2/3, cat 1/2/3; Ann 1/2, cat 2/3     a clue in signs, what was left for its values, and what is left now
//   red=1: red 1/2/3; red 1
//   red 1, green 1/2/3, blue 1/2/3; green 2/3, blue 2/3     a category with a change: a house belongs to one of its values
//   Bob=dog: Bob 1/2/3, dog 1/2/3       no change
//   …                                   and so on: the clues that compare two values in turn, until one house is left for each
//   cat=2=Bob                           what is asked: the house, and who lives there
//
// Signs compare houses: `=`, `!=`, `<` (to the left), `a=b-1` (directly to the left), `a beside b`.

import type { Language } from "@lemma/protocol";
import {
  answerOf,
  byCategory,
  byClue,
  type Clue,
  everything,
  housesOf,
  isSingle,
  type Left,
  type Puzzle,
  type Relation,
  valuesIn,
  valuesOf,
} from "./puzzle.ts";

/** What values are called, by their numbers. */
export interface Naming {
  readonly language: Language;
  readonly names: readonly string[];
}

export const BESIDE: Readonly<Record<Language, string>> = { en: "beside", zh: "邻" };

/** A step: what was left for some values, and what is left after it; the clue it uses, or a category. */
export interface Step {
  readonly clue?: Clue;
  readonly values: readonly number[];
  readonly before: Left;
  /** One map a round: only what changed. */
  readonly after: readonly ReadonlyMap<number, number>[];
}

const MOST_ROUNDS = 4;

/** The steps in the order of the clues, round after round, until all is decided; undefined where that takes too many rounds. */
export function eliminate(puzzle: Pick<Puzzle, "houses" | "categories" | "clues">): Step[] | undefined {
  const { clues, houses } = puzzle;
  let left = everything(puzzle);
  const steps: Step[] = [];
  const take = (changes: ReadonlyMap<number, number>) => {
    left = left.map((bits, value) => changes.get(value) ?? bits);
  };
  const settle = (category: number) => {
    const before = left;
    const after: ReadonlyMap<number, number>[] = [];
    for (let changes = byCategory(category, houses, left); changes.size > 0; ) {
      after.push(changes);
      take(changes);
      changes = byCategory(category, houses, left);
    }
    if (after.length > 0) steps.push({ values: valuesIn(category, houses), before, after });
  };
  for (let round = 0; round < MOST_ROUNDS; round++)
    for (const clue of clues) {
      if (round > 0 && !("b" in clue)) continue;
      const before = left;
      const changes = new Map([...byClue(clue, left)].filter(([value, bits]) => left[value] !== bits));
      take(changes);
      steps.push({ clue, values: valuesOf(clue), before, after: changes.size === 0 ? [] : [changes] });
      for (const category of new Set([...changes.keys()].map((value) => Math.floor(value / houses)))) settle(category);
      if (left.every(isSingle)) return steps;
    }
  return undefined;
}

const SIGNS: Readonly<Record<Exclude<Relation, "beside">, readonly [sign: string, tail: string]>> = {
  same: ["=", ""],
  not: ["!=", ""],
  left: ["<", ""],
  right: [">", ""],
  justLeft: ["=", "-1"],
  justRight: ["=", "+1"],
};

/** A clue in signs. */
export function writeClue(clue: Clue, { names, language }: Naming): string {
  const a = names[clue.a]!;
  if (!("b" in clue)) return `${a}${clue.kind === "at" ? "=" : "!="}${clue.house}`;
  const b = names[clue.b]!;
  if (clue.kind === "beside") return language === "en" ? `${a} ${BESIDE.en} ${b}` : a + BESIDE.zh + b;
  const [sign, tail] = SIGNS[clue.kind];
  return a + sign + b + tail;
}

/** `Ann 1/2`. */
const writeLeft = (value: number, bits: number, { names }: Naming): string =>
  `${names[value]} ${housesOf(bits).join("/")}`;

function writeStep({ clue, values, before, after }: Step, naming: Naming): string {
  const parts = [
    values.map((value) => writeLeft(value, before[value]!, naming)),
    ...after.map((changes) =>
      values.filter((value) => changes.has(value)).map((value) => writeLeft(value, changes.get(value)!, naming)),
    ),
  ];
  const text = parts.map((part) => part.join(", ")).join("; ");
  return clue === undefined ? text : `${writeClue(clue, naming)}: ${text}`;
}

/** The last line: the value that is asked about, its house, and what is asked for. */
function writeAsked(puzzle: Puzzle, solution: readonly number[], { names }: Naming): string {
  const { ask } = puzzle;
  const answer = answerOf(puzzle, solution);
  const found = "value" in answer ? names[answer.value] : undefined;
  if ("house" in ask) return `${found}=${ask.house}`;
  const known = `${names[ask.value]}=${solution[ask.value]}`;
  return found === undefined ? known : `${known}=${found}`;
}

export function writeTrace(puzzle: Puzzle, solution: readonly number[], naming: Naming): string[] {
  const all = everything(puzzle);
  return [
    ...puzzle.categories.map((_, category) =>
      valuesIn(category, puzzle.houses)
        .map((value) => writeLeft(value, all[value]!, naming))
        .join(", "),
    ),
    ...(eliminate(puzzle) ?? []).map((step) => writeStep(step, naming)),
    writeAsked(puzzle, solution, naming),
  ];
}

/** What a question asks for, in the words of an answer. */
export function writeAnswer(puzzle: Puzzle, solution: readonly number[], { names }: Naming): string {
  const answer = answerOf(puzzle, solution);
  return "house" in answer ? String(answer.house) : names[answer.value]!;
}

/** The number of a value, by its name in any case. */
export const readValue = (text: string, { names }: Naming): number | undefined => {
  const value = names.findIndex((name) => name.toLowerCase() === text.trim().toLowerCase());
  return value < 0 ? undefined : value;
};

/** Reads `Ann 1/2, cat 2` as houses by value; undefined where it is something else. */
export function readLeft(text: string, naming: Naming): Map<number, number> | undefined {
  const left = new Map<number, number>();
  for (const piece of text.split(/[,，]/)) {
    const said = /^\s*(.+?)\s+([1-8](?:\/[1-8])*)\s*$/.exec(piece);
    const value = said === null ? undefined : readValue(said[1]!, naming);
    if (said === null || value === undefined) return undefined;
    left.set(
      value,
      said[2]!.split("/").reduce((bits, house) => bits | (1 << (Number(house) - 1)), 0),
    );
  }
  return left;
}

/** Reads a clue in signs; undefined where it isn't one. */
export function readClue(text: string, naming: Naming): Clue | undefined {
  const beside = text.split(naming.language === "en" ? / beside / : /邻/);
  const said =
    beside.length === 2 ? ["", beside[0]!, "beside", beside[1]!] : /^([^=!<>]+)(!=|[=<>])([^=!<>]+)$/.exec(text.trim());
  if (said === null) return undefined;
  const a = readValue(said[1]!, naming);
  if (a === undefined) return undefined;
  const sign = said[2]!;
  if (/^\s*[1-8]\s*$/.test(said[3]!)) {
    if (sign !== "=" && sign !== "!=") return undefined;
    return { kind: sign === "=" ? "at" : "notAt", a, house: Number(said[3]) };
  }
  const [, second = "", tail = ""] = /^(.+?)([-+]1)?$/.exec(said[3]!.trim()) ?? [];
  const b = readValue(second, naming);
  if (b === undefined || b === a) return undefined;
  if (sign === "beside") return tail === "" ? { kind: "beside", a, b } : undefined;
  const kind = (Object.keys(SIGNS) as (keyof typeof SIGNS)[]).find(
    (key) => SIGNS[key][0] === sign && SIGNS[key][1] === tail,
  );
  return kind === undefined ? undefined : { kind, a, b };
}

// A puzzle of knights and knaves: people of two kinds, one statement each, true exactly if its speaker is a knight. Owns statements as
// data, their truth, drawing, uniqueness by enumeration, key; knows no language and no reasoning.

import type { Random } from "../../random.ts";
import { NAMES } from "../ordering/names.ts";
import { THEMES } from "./kinds.ts";
import { reason } from "./reasoning.ts";

/** Whether somebody tells the truth. */
export type Kind = "knight" | "knave";

/** "Person 0 is a knave" (`right` a kind), "persons 0 and 1 are the same kind" (`right` a person), or not (`equal` false). */
export interface Equation {
  readonly left: number;
  readonly equal: boolean;
  readonly right: number | Kind;
}

/** What one person says: an equation, or two that `and` or an inclusive `or` joins. */
export interface Statement {
  readonly join?: "and" | "or";
  readonly parts: readonly Equation[];
}

/** People are numbered as they speak: person p says `statements[p]`. */
export interface Puzzle {
  /** What the two kinds are called: an index into THEMES. */
  readonly theme: number;
  /** The name of each person: an index into the list of names. */
  readonly people: readonly number[];
  readonly statements: readonly Statement[];
}

/** The kinds of all people. */
export type World = readonly Kind[];

export const other = (kind: Kind): Kind => (kind === "knight" ? "knave" : "knight");

const isTrueEquation = ({ left, equal, right }: Equation, world: World): boolean =>
  (world[left] === (typeof right === "number" ? world[right] : right)) === equal;

/** Whether a statement is true in a world. */
export function isTrue({ join, parts }: Statement, world: World): boolean {
  return join === "or"
    ? parts.some((part) => isTrueEquation(part, world))
    : parts.every((part) => isTrueEquation(part, world));
}

/** All worlds of some people: 2^people of them. */
export function worldsOf(people: number): World[] {
  return Array.from({ length: 2 ** people }, (_, bits) =>
    Array.from({ length: people }, (_, person): Kind => ((bits >> person) & 1 ? "knave" : "knight")),
  );
}

/** The worlds in which exactly the knights speak the truth. */
export function solutions(statements: readonly Statement[]): World[] {
  return worldsOf(statements.length).filter((world) =>
    statements.every((statement, person) => isTrue(statement, world) === (world[person] === "knight")),
  );
}

/** People, and whether statements may join two claims, by level. */
const LEVELS = [
  { people: [2], joined: false },
  { people: [2, 3, 3], joined: true },
  { people: [3, 4, 4], joined: true },
] as const;

export const KNIGHTS_LEVELS = LEVELS.length;

/** The numbers of people that a level has, each once. */
export const sizesOf = (level: number): number[] => [...new Set<number>(LEVELS[level - 1]!.people)];

const KINDS: readonly Kind[] = ["knight", "knave"];

/** A puzzle with one solution, which is drawn first: no kind is likelier than the other. Its order of telling lets one supposition decide it. */
export function drawPuzzle(random: Random, level: number): Puzzle {
  const { joined, people } = LEVELS[level - 1]!;
  const size = random.pick<number>(people);
  const names = random.shuffle(NAMES.en.map((_, id) => id)).slice(0, size);
  const theme = random.below(THEMES.length);
  const world = Array.from({ length: size }, () => random.pick(KINDS));
  for (;;) {
    const statements = world.map((kind, speaker) => {
      for (;;) {
        const statement = drawStatement(random, speaker, size, joined);
        if (isTrue(statement, world) === (kind === "knight")) return statement;
      }
    });
    const puzzle = { theme, people: names, statements };
    if (solutions(statements).length === 1 && reason(statements) !== undefined) return puzzle;
  }
}

function drawStatement(random: Random, speaker: number, size: number, joined: boolean): Statement {
  const others = Array.from({ length: size }, (_, id) => id).filter((id) => id !== speaker);
  const form = random.weighted([
    ["is", 4],
    ["same", 2],
    ["different", 2],
    ["and", joined ? 3 : 0],
    ["or", joined ? 4 : 0],
  ] as const);
  const is = (left: number): Equation => ({ left, equal: true, right: random.pick(KINDS) });
  if (form === "is") return { parts: [is(random.pick(others))] };
  const [first, second] = random.shuffle([speaker, ...others]) as [number, number];
  if (form === "and" || form === "or") return { join: form, parts: [is(first), is(second)] };
  // "Bob and I": the speaker comes last.
  const [left, right] = first === speaker ? [second, first] : [first, second];
  return { parts: [{ left, equal: form === "same", right }] };
}

/** Equal for equal puzzles: names, order of telling, order of what is joined, and what the kinds are called are forgotten. */
export function puzzleKey({ statements }: Puzzle): string {
  const texts = permutations(statements.map((_, id) => id)).map((place) => {
    const told: string[] = [];
    statements.forEach((statement, speaker) => {
      told[place[speaker]!] = statementKey(statement, place);
    });
    return told.map((text, i) => `${i + 1}: ${text}`).join("; ");
  });
  return texts.sort()[0] as string;
}

function statementKey({ join, parts }: Statement, place: readonly number[]): string {
  const texts = parts.map(({ left, equal, right }) => {
    const sides = typeof right === "number" ? [place[left]! + 1, place[right]! + 1].sort() : [place[left]! + 1, right];
    return sides.join(equal ? "=" : "!=");
  });
  return texts.sort().join(` ${join ?? ""} `);
}

function permutations(entries: readonly number[]): number[][] {
  if (entries.length < 2) return [[...entries]];
  return entries.flatMap((first) => permutations(entries.filter((e) => e !== first)).map((rest) => [first, ...rest]));
}

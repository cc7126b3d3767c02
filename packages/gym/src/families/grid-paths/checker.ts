// The checker of map problems: judges the restated rows, search lines and answers of a map read from a question. A route is walked: any
// shortest one is right. Must not know wordings.
//
//   S.#: 1,1 S; 1,2 .; 1,3 #        a row of the map, its squares with row and column

import type { Language, Verdict } from "@lemma/protocol";
import { proved, refuted, type StepLine, type TaskChecker, type TaskVerdict, unknown } from "@lemma/verify";
import { isShort, saysNone, wholeAnswer } from "../../answers.ts";
import { writeState } from "../../breadth-first.ts";
import { SearchLines } from "../../search-lines.ts";
import { type Direction, type Problem, spaceOf, squareAt, startOf, stepFrom } from "./grid.ts";

/** Letters of up, down, left, right. */
export const LETTERS: Readonly<Record<Language, string>> = { en: "UDLR", zh: "上下左右" };

const gridLines = new SearchLines<Problem, Direction>(spaceOf, {
  move: (direction, language) => LETTERS[language][direction]!,
});

const writeRow = (squares: string, row: number): string =>
  `${squares}: ${[...squares].map((square, i) => `${row},${i + 1} ${square}`).join("; ")}`;

/** The rows square by square, then the search. */
export function writeTrace(problem: Problem, language: Language): string[] {
  const rows = problem.rows.map((squares, i) => writeRow(squares, i + 1));
  return [...rows, ...gridLines.write(problem, language, problem.ask === "length" ? "moves" : "back")];
}

/** A shortest route in letters; undefined where there is none. */
export function routeOf(problem: Problem, language: Language): string | undefined {
  return gridLines
    .search(problem)
    .way?.map(({ move }) => LETTERS[language][move])
    .join("");
}

/** The number of steps of a shortest route; undefined where there is none. */
export const lengthOf = (problem: Problem): number | undefined => gridLines.search(problem).way?.length;

function judgeRow({ rows }: Problem, { label = "", body }: StepLine): TaskVerdict | undefined {
  if (!/^[SG.#]{2,}$/.test(label)) return undefined;
  const row = Number(/^(\d{1,2}),/.exec(body)?.[1]);
  const squares = rows[row - 1];
  if (squares === undefined) return { ...refuted({ rows: `${rows.length}` }), from: [-1] };
  const right = label === squares && `${label}: ${body}` === writeRow(squares, row);
  return { ...(right ? proved("enumeration") : refuted({ [`row ${row}`]: writeRow(squares, row) })), from: [-1] };
}

const WORDS: readonly (readonly [RegExp, Direction])[] = [
  [/^(?:u|up|上|↑|北|north|n)$/i, 0],
  [/^(?:d|down|下|↓|南|south)$/i, 1],
  [/^(?:l|left|左|←|西|west|w)$/i, 2],
  [/^(?:r|right|右|→|东|east|e)$/i, 3],
];

/** Reads a route: letters, words or arrows, with or without gaps. */
function readRoute(answer: string): Direction[] | undefined {
  const text = answer
    .replace(/\\(?:text|mathrm|mathtt)\s*\{([^}]*)\}/g, "$1")
    .replace(/\\(up|down|left|right)arrow/g, " $1 ")
    .replace(/\\[,; ]/g, " ")
    .replace(/\b(?:up|down|left|right|north|south|east|west)\b/gi, " $& ");
  const parts = text.match(/north|south|east|west|up|down|left|right|\p{L}|[↑↓←→]|\d/giu) ?? [];
  const route = parts.map((part) => WORDS.find(([form]) => form.test(part))?.[1]);
  const isRoute = route.length > 0 && route.length <= 200 && !/[^\p{L}↑↓←→\s,，、;；.。>()[\]-]/u.test(text);
  return isRoute && route.every((direction) => direction !== undefined) ? route : undefined;
}

function judgeRoute(problem: Problem, answer: string): Verdict {
  const route = readRoute(answer);
  if (route === undefined) return unknown("unparsed");
  let at = startOf(problem.rows);
  for (const [i, direction] of route.entries()) {
    at = stepFrom(at, direction);
    const square = squareAt(problem.rows, at);
    if (square === undefined || square === "#")
      return refuted({ step: `${i + 1}`, square: writeState(at), there: square === "#" ? "a wall" : "no square" });
  }
  if (squareAt(problem.rows, at) !== "G") return refuted({ end: writeState(at) });
  return route.length === lengthOf(problem) ? proved("enumeration") : refuted({ shorter: routeOf(problem, "en")! });
}

function checkAnswer(problem: Problem, answer: string): Verdict {
  if (!isShort(answer)) return unknown("unparsed");
  const length = lengthOf(problem);
  if (saysNone(answer))
    return length === undefined ? proved("enumeration") : refuted({ route: routeOf(problem, "en")! });
  if (problem.ask === "route") return judgeRoute(problem, answer);
  const number = answer.trim().replace(/\s*(?:steps?|moves?|步)[.。]?$/i, "");
  if (length === undefined) return /^\d+$/.test(number) ? refuted({ route: "none" }) : unknown("unparsed");
  return wholeAnswer(number, `${length}`);
}

export const checkerWith = (recognise: (question: string) => Problem | undefined): TaskChecker<Problem> => ({
  id: "grid-paths",
  recognise,
  checkStep: (problem, line, context) => judgeRow(problem, line) ?? gridLines.judge(problem, line, context),
  checkAnswer,
  answerBy: "checking",
});

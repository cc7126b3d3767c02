// The checker of sudokus: judges lines and answers of a puzzle read from a question. Owns what each line claims; must not know wordings. Lines
// are judged by what the standing lines before them say: behind a try, whatever follows from it is right, and only there.

import type { Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StandingStep,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { type Claim, readClaim } from "./claim.ts";
import { type Sudoku, shapeOf, writeDigits } from "./grid.ts";
import { losers, onlyPlace, writeLeft } from "./trace.ts";

/** What the standing lines say. */
interface State {
  readonly grid: number[];
  /** Candidates of blanks, as said. */
  readonly left: Map<number, readonly number[]>;
  /** The line that says a cell's candidates or digit, and that of a unit's givens. */
  readonly said: Map<number, number>;
  readonly listed: Map<string, number>;
  /** Digits with one place, as said. */
  readonly places: Map<string, number>;
  isTrying: boolean;
}

const same = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((x, i) => x === b[i]);
const sorted = (digits: readonly number[]) => [...digits].sort();

/** A verdict and the lines that it follows from. */
interface Judged {
  readonly verdict: Verdict;
  readonly from: readonly (number | undefined)[];
}

function judge(puzzle: Sudoku, claim: Claim, state: State): Judged {
  const shape = shapeOf(puzzle.side);
  const { names } = shape;
  const right = proved("enumeration");
  if (claim.kind === "unit") {
    const given = claim.unit.cells.map((cell) => puzzle.given[cell]!);
    const isRight = same(given, claim.digits);
    return { verdict: isRight ? right : refuted({ [claim.unit.name]: writeDigits(given) }), from: [-1] };
  }
  if (claim.kind === "row") return judgeRow(puzzle, claim, state);
  if (claim.kind === "left") return judgeLeft(puzzle, claim, state);
  const saidOf = (cells: Iterable<number>) => [...cells].map((cell) => state.said.get(cell));
  if (claim.kind === "place") {
    const { unit, left, only } = claim;
    const blanks = unit.cells.filter((cell) => state.grid[cell] === 0);
    const from = saidOf(blanks);
    if (blanks.some((cell) => !state.left.has(cell))) return { verdict: unknown("undecided"), from };
    for (const cell of new Set([...blanks, ...left.keys()])) {
      const expected = unit.cells.includes(cell) ? state.left.get(cell) : undefined;
      if (expected === undefined || !left.has(cell) || !same(expected, left.get(cell)!)) {
        const digit = puzzle.given[cell] || state.grid[cell];
        return { verdict: refuted({ [names[cell]!]: expected ? writeLeft(expected) : `${digit}` }), from };
      }
    }
    if (only === undefined) {
      const found = onlyPlace(unit, state.left, puzzle.side);
      return { verdict: found ? refuted({ only: `${found.digit} ${names[found.cell]}` }) : right, from };
    }
    const places = blanks.filter((cell) => left.get(cell)!.includes(only.digit));
    const isOnly = places.length === 1 && places[0] === only.cell;
    const found = places.map((cell) => names[cell]).join(" ") || "none";
    return { verdict: isOnly ? right : refuted({ [`places of ${only.digit}`]: found }), from };
  }
  return judgeFill(puzzle, claim, state);
}

function judgeRow(puzzle: Sudoku, claim: Claim & { kind: "row" }, state: State): Judged {
  const { name, cells } = claim.unit;
  const from = [state.listed.get(name) ?? -1, ...cells.map((cell) => state.said.get(cell))];
  const given = cells.map((cell) => puzzle.given[cell]!);
  if (!same(given, claim.given)) return { verdict: refuted({ [name]: writeDigits(given) }), from };
  const now = cells.map((cell) => state.grid[cell]!);
  if (same(now, claim.digits) && !now.includes(0)) return { verdict: proved("enumeration"), from };
  const solved = cells.map((cell) => puzzle.solution[cell]!);
  const known = state.isTrying ? now : solved;
  const clash = known.some((digit, i) => digit !== 0 && digit !== claim.digits[i]);
  return { verdict: clash ? refuted({ [name]: writeDigits(known) }) : unknown("undecided"), from };
}

function judgeLeft(puzzle: Sudoku, claim: Claim & { kind: "left" }, state: State): Judged {
  const shape = shapeOf(puzzle.side);
  const { cell, seen, digits } = claim;
  const name = shape.names[cell]!;
  const units = shape.unitsOf[cell]!;
  const from = units.map((unit) => state.listed.get(unit.name) ?? -1);
  if (state.grid[cell] !== 0) return { verdict: refuted({ [name]: `${state.grid[cell]}` }), from };
  const wrongName = [...seen.keys()].find((told) => !units.some((unit) => unit.name === told));
  if (wrongName !== undefined) return { verdict: refuted({ units: units.map((unit) => unit.name).join(" ") }), from };
  for (const unit of units) {
    const there = unit.cells.map((other) => state.grid[other]!).filter((digit) => digit !== 0);
    const told = seen.get(unit.name);
    if (told === undefined) return { verdict: unknown("undecided"), from };
    if (!same(sorted(told), sorted(there)))
      return { verdict: refuted({ [unit.name]: there.join(" ") || "none" }), from };
  }
  const all = new Set([...seen.values()].flat());
  const expected = Array.from({ length: puzzle.side }, (_, i) => i + 1).filter((digit) => !all.has(digit));
  const isRight = same(expected, sorted(digits));
  return { verdict: isRight ? proved("enumeration") : refuted({ [name]: writeLeft(expected) }), from };
}

function judgeFill(puzzle: Sudoku, claim: Claim & { kind: "fill" }, state: State): Judged {
  const shape = shapeOf(puzzle.side);
  const { cell, digit, isTry, lost } = claim;
  const name = shape.names[cell]!;
  const place = state.places.get(`${cell} ${digit}`);
  const expected = losers(shape, state.left, cell, digit);
  const from = [place, state.said.get(cell), ...[...expected.keys()].map((other) => state.said.get(other))];
  if (state.grid[cell] !== 0) return { verdict: refuted({ [name]: `${state.grid[cell]}` }), from: [-1] };
  const digits = state.left.get(cell);
  if (digits !== undefined && !digits.includes(digit)) return { verdict: refuted({ [name]: writeLeft(digits) }), from };
  const isFounded = digits?.length === 1 || place !== undefined || (isTry && digits !== undefined);
  if (!isFounded) {
    const isFalse = !isTry && !state.isTrying && puzzle.solution[cell] !== digit;
    return { verdict: isFalse ? refuted({ [name]: `${puzzle.solution[cell]}` }) : unknown("undecided"), from };
  }
  for (const other of new Set([...expected.keys(), ...lost.keys()])) {
    const there = expected.get(other);
    if (there !== undefined && lost.has(other) && same(there, sorted(lost.get(other)!))) continue;
    const now = there ?? state.left.get(other);
    const witness = now === undefined ? `${state.grid[other] || "not looked at"}` : writeLeft(now);
    return { verdict: refuted({ [shape.names[other]!]: witness }), from };
  }
  return { verdict: proved("enumeration"), from };
}

/** Adds what a proved line says. */
function learn(claim: Claim, index: number, state: State): void {
  if (claim.kind === "unit") state.listed.set(claim.unit.name, index);
  if (claim.kind === "left") {
    state.left.set(claim.cell, sorted(claim.digits));
    state.said.set(claim.cell, index);
  }
  if (claim.kind === "place" && claim.only !== undefined)
    state.places.set(`${claim.only.cell} ${claim.only.digit}`, index);
  if (claim.kind !== "fill") return;
  state.grid[claim.cell] = claim.digit;
  state.left.delete(claim.cell);
  state.said.set(claim.cell, index);
  state.isTrying ||= claim.isTry;
  for (const [cell, digits] of claim.lost) {
    state.left.set(cell, sorted(digits));
    state.said.set(cell, index);
  }
}

/** Lines of a reply that are looked back at; no drawn puzzle needs more. */
const LOOKED_BACK = 250;

function checkStep(puzzle: Sudoku, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const shape = shapeOf(puzzle.side);
  const claim = readClaim(shape, line);
  if (claim === undefined) return undefined;
  const state: State = {
    grid: [...puzzle.given],
    left: new Map(),
    said: new Map(),
    listed: new Map(),
    places: new Map(),
    isTrying: false,
  };
  for (const step of steps.slice(-LOOKED_BACK) as StandingStep[]) {
    const earlier = step.verdict.verdict === "proved" ? readClaim(shape, step) : undefined;
    if (earlier !== undefined) learn(earlier, step.index, state);
  }
  const { verdict, from } = judge(puzzle, claim, state);
  const known = [...new Set(from.filter((index) => index !== undefined))];
  return { ...verdict, from: known.length === 0 ? [-1] : known.sort((a, b) => a - b) };
}

/** A filled grid: as many digits as cells, whatever stands between them; the givens and the rules are held against it. */
function checkAnswer({ side, given }: Sudoku, answer: string): Verdict {
  const digits = answer.replace(/\\[a-z]+|\{|\}/gi, " ").replace(/[\s/|,;，；、\\&[\]()]+/g, "");
  if (!/^\d+$/.test(digits) || digits.length !== side * side) return unknown("unparsed");
  const grid = [...digits].map(Number);
  const { names, units } = shapeOf(side);
  const wrong = grid.findIndex(
    (digit, cell) => digit < 1 || digit > side || (given[cell] !== 0 && given[cell] !== digit),
  );
  if (wrong >= 0) return refuted({ [names[wrong]!]: given[wrong] ? `${given[wrong]} is given` : `not 1 to ${side}` });
  for (const { name, cells } of units) {
    const there = cells.map((cell) => grid[cell]!);
    if (new Set(there).size < side) return refuted({ [name]: there.join(" ") });
  }
  return proved("enumeration");
}

/** The checker, with the reader of questions. */
export const checkerWith = (recognise: (question: string) => Sudoku | undefined): TaskChecker<Sudoku> => ({
  id: "sudoku",
  recognise,
  checkStep,
  checkAnswer,
  answerBy: "checking",
});

// The checker of graph colouring: judges lines and answers of a problem read from a question. Owns what each line claims; must not know wordings.
// Lines are judged by what the standing lines before them say: behind a try, whatever follows from it is right, and only there. Any colouring
// that keeps the givens and the pairs apart is a right answer.

import type { Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { clashIn, completions, lettersOf, neighboursOf, openOf, type Problem } from "./problem.ts";
import { losers, writeLeft } from "./trace.ts";

/** What the standing lines say. */
interface State {
  readonly colours: Map<string, number>;
  readonly left: Map<string, readonly number[]>;
  /** The lines that tell a letter's neighbours, and what it is left with or has. */
  readonly listed: Map<string, number>;
  readonly said: Map<string, number>;
  isTrying: boolean;
}

type Claim =
  | { readonly kind: "neighbours"; readonly letter: string; readonly neighbours: readonly string[] }
  | {
      readonly kind: "left";
      readonly letter: string;
      readonly seen: ReadonlyMap<string, readonly number[]>;
      readonly colours: readonly number[];
    }
  | {
      readonly kind: "colour";
      readonly letter: string;
      readonly colour: number;
      readonly isTry: boolean;
      readonly lost: ReadonlyMap<string, readonly number[]>;
    };

/** `2/4` or `none`. */
function readLeft(text: string): number[] | undefined {
  if (text === "none") return [];
  return /^\d(?:\/\d)*$/.test(text) ? text.split("/").map(Number) : undefined;
}

/** `E 2, F 2/4` or `none`. */
function readAll(text: string): Map<string, readonly number[]> | undefined {
  const found = new Map<string, readonly number[]>();
  if (text === "none") return found;
  for (const part of text.split(/\s*[,，]\s*/)) {
    const [letter = "", colours = ""] = part.split(" ");
    const left = readLeft(colours);
    if (!/^[A-Z]$/.test(letter) || left === undefined || found.has(letter)) return undefined;
    found.set(letter, left);
  }
  return found;
}

function readClaim({ label = "", body }: StepLine): Claim | undefined {
  const coloured = /^(try )?([A-Z])\s*=\s*(\d)$/.exec(label);
  if (coloured !== null) {
    const lost = readAll(body);
    if (lost === undefined) return undefined;
    return {
      kind: "colour",
      letter: coloured[2]!,
      colour: Number(coloured[3]),
      isTry: coloured[1] !== undefined,
      lost,
    };
  }
  if (!/^[A-Z]$/.test(label)) return undefined;
  if (/^[A-Z](?: [A-Z])*$/.test(body)) return { kind: "neighbours", letter: label, neighbours: body.split(" ") };
  const [first = "", second = "", ...more] = body.split(/\s*[;；]\s*/);
  const [seen, colours] = [readAll(first), readLeft(second)];
  if (seen === undefined || colours === undefined || more.length > 0) return undefined;
  return { kind: "left", letter: label, seen, colours };
}

const same = (a: readonly unknown[], b: readonly unknown[]) => [...a].sort().join() === [...b].sort().join();

interface Judged {
  readonly verdict: Verdict;
  readonly from: readonly (number | undefined)[];
}

function judgeLeft(problem: Problem, { letter, seen, colours }: Claim & { kind: "left" }, state: State): Judged {
  const from = [-1, state.listed.get(letter)];
  const now = state.colours.get(letter);
  if (now !== undefined) return { verdict: refuted({ [letter]: `${now}` }), from };
  const coloured = neighboursOf(problem, letter).filter((other) => state.colours.has(other));
  for (const other of new Set([...coloured, ...seen.keys()])) {
    const there = coloured.includes(other) ? [state.colours.get(other)!] : undefined;
    if (there !== undefined && same(seen.get(other) ?? [], there)) continue;
    return {
      verdict: refuted({ [other]: there === undefined ? `no coloured neighbour of ${letter}` : `${there[0]}` }),
      from,
    };
  }
  const taken = new Set(coloured.map((other) => state.colours.get(other)));
  const expected = Array.from({ length: problem.colours }, (_, i) => i + 1).filter((colour) => !taken.has(colour));
  const isRight = same(expected, colours);
  return { verdict: isRight ? proved("enumeration") : refuted({ [letter]: writeLeft(expected) }), from };
}

function judgeColour(
  problem: Problem,
  { letter, colour, isTry, lost }: Claim & { kind: "colour" },
  state: State,
): Judged {
  const expected = losers(problem, state.left, letter, colour);
  const from = [state.said.get(letter), ...[...expected.keys()].map((other) => state.said.get(other))];
  const now = state.colours.get(letter);
  if (now !== undefined) return { verdict: refuted({ [letter]: `${now}` }), from: [state.said.get(letter) ?? -1] };
  const left = state.left.get(letter);
  if (left !== undefined && !left.includes(colour)) return { verdict: refuted({ [letter]: writeLeft(left) }), from };
  if (left === undefined || (left.length > 1 && !isTry)) {
    const [only, other] = isTry || state.isTrying ? [] : completions(problem, 2);
    const isFalse = only !== undefined && other === undefined && only.get(letter) !== colour;
    return { verdict: isFalse ? refuted({ [letter]: `${only.get(letter)}` }) : unknown("undecided"), from };
  }
  for (const other of new Set([...expected.keys(), ...lost.keys()])) {
    const there = expected.get(other);
    if (there !== undefined && lost.has(other) && same(there, lost.get(other)!)) continue;
    const kept = there ?? state.left.get(other);
    const witness = kept === undefined ? `${state.colours.get(other) ?? "not looked at"}` : writeLeft(kept);
    return { verdict: refuted({ [other]: witness }), from };
  }
  return { verdict: proved("enumeration"), from };
}

function judge(problem: Problem, claim: Claim, state: State): Judged {
  if (!lettersOf(problem).includes(claim.letter))
    return { verdict: refuted({ letters: lettersOf(problem).join(" ") }), from: [-1] };
  if (claim.kind === "left") return judgeLeft(problem, claim, state);
  if (claim.kind === "colour") return judgeColour(problem, claim, state);
  const expected = neighboursOf(problem, claim.letter);
  const isRight = same(expected, claim.neighbours);
  return { verdict: isRight ? proved("enumeration") : refuted({ [claim.letter]: expected.join(" ") }), from: [-1] };
}

/** Adds what a proved line says. */
function learn(claim: Claim, index: number, state: State): void {
  if (claim.kind === "neighbours") state.listed.set(claim.letter, index);
  else state.said.set(claim.letter, index);
  if (claim.kind === "left") state.left.set(claim.letter, [...claim.colours].sort());
  if (claim.kind !== "colour") return;
  state.colours.set(claim.letter, claim.colour);
  state.left.delete(claim.letter);
  state.isTrying ||= claim.isTry;
  for (const [letter, colours] of claim.lost) {
    state.left.set(letter, [...colours].sort());
    state.said.set(letter, index);
  }
}

/** Lines of a reply that are looked back at; no drawn problem needs more. */
const LOOKED_BACK = 100;

function checkStep(problem: Problem, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const claim = readClaim(line);
  if (claim === undefined) return undefined;
  const state: State = {
    colours: new Map(problem.given),
    left: new Map(),
    listed: new Map(),
    said: new Map(),
    isTrying: false,
  };
  for (const step of steps.slice(-LOOKED_BACK)) {
    const earlier = step.verdict.verdict === "proved" ? readClaim(step) : undefined;
    if (earlier !== undefined) learn(earlier, step.index, state);
  }
  const { verdict, from } = judge(problem, claim, state);
  const known = [...new Set(from.filter((index) => index !== undefined))].sort((a, b) => a - b);
  return { ...verdict, from: known.length === 0 ? [-1] : known };
}

function checkAnswer(problem: Problem, answer: string): Verdict {
  const text = answer.replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1").replace(/\\[,; ]|[$。.\s]/g, "");
  const colouring = new Map(problem.given);
  const open = new Set(openOf(problem));
  for (const pair of text.split(/[,，;；、]|and|和/)) {
    const [, letter = "", colour = ""] = /^([A-Za-z])(?:=|:|：|为|是|->|→)(\d)$/.exec(pair) ?? [];
    const name = letter.toUpperCase();
    if (!open.has(name) && !problem.given.has(name)) return unknown("unparsed");
    const before = colouring.get(name) ?? Number(colour);
    if (before !== Number(colour)) return refuted({ [name]: `${before}` });
    if (before < 1 || before > problem.colours) return refuted({ [name]: `not 1 to ${problem.colours}` });
    colouring.set(name, before);
    open.delete(name);
  }
  if (open.size > 0) return unknown("unparsed");
  const clash = clashIn(problem, colouring);
  return clash === undefined
    ? proved("enumeration")
    : refuted({ [clash.join("-")]: `both ${colouring.get(clash[0])}` });
}

/** The checker, with the reader of questions. */
export const checkerWith = (recognise: (question: string) => Problem | undefined): TaskChecker<Problem> => ({
  id: "graph-colouring",
  recognise,
  checkStep,
  checkAnswer,
  answerBy: "checking",
});

// The checker of jug puzzles: judges search lines and answers of a puzzle read from a question. A plan is replayed: any plan that ends with
// the amount in a jug is right, however long. Must not know wordings.

import type { Verdict } from "@lemma/protocol";
import { proved, refuted, type TaskChecker, unknown } from "@lemma/verify";
import { isShort, saysNone, wholeAnswer } from "../../answers.ts";
import { type State, type Step, writeState } from "../../breadth-first.ts";
import { SearchLines } from "../../search-lines.ts";
import { after, type Move, type Puzzle, spaceOf, startOf, writeMove } from "./jugs.ts";

/** Longer plans are not replayed. */
const LONGEST = 100;

/**
 * The lines of a puzzle; a pouring adds what both jugs have and compares it with what the second one holds. Two puzzles have moves with
 * different names, so the sizes stand in each move.
 */
export const jugLines = new SearchLines<Puzzle, { readonly move: Move; readonly sizes: readonly number[] }>(
  (puzzle) => {
    const space = spaceOf(puzzle);
    const steps = (state: State) =>
      space.steps(state).map((step) => ({ ...step, move: { move: step.move, sizes: puzzle.sizes } }));
    return { ...space, steps };
  },
  { move: ({ move, sizes }, language) => writeMove(move, sizes, language), work: pouring },
);

/** `0+3=3<=5` where all goes in, `5+0=5>3 5-3=2` where something stays. */
function pouring(from: State, { move: { move, sizes } }: Step<{ move: Move; sizes: readonly number[] }>): string {
  if (!("from" in move)) return "";
  const [poured, there, room] = [from[move.from]!, from[move.to]!, sizes[move.to]!];
  const sum = poured + there;
  return `${poured}+${there}=${sum}${sum > room ? `>${room} ${sum}-${room}=${sum - room}` : `<=${room}`}`;
}

const UNIT = "(?:\\s*-?\\s*(?:lit(?:er|re)s?|gallons?|cups?|quarts?|pints?|ounces?|oz|l|升|杯|两|斤|公升|加仑)\\b)?";
const JUG =
  `(?:the\\s+)?(\\d{1,3})${UNIT}(?:\\s*(?:的|jugs?|buckets?|jars?|pitchers?|壶|水壶|桶|水桶|瓶|瓶子|罐|罐子))*`.replaceAll(
    "\\b",
    "(?![a-z])",
  );
const FILL = new RegExp(`^(?:fill(?:\\s+up)?|装满|灌满|注满|加满)\\s*${JUG}$`, "i");
const EMPTY = new RegExp(`^(?:empty(?:\\s+out)?|倒空|倒掉|清空)\\s*${JUG}$`, "i");
const POUR = new RegExp(
  `^(?:pour\\s+)?(?:把|将|从)?\\s*${JUG}\\s*(?:->|→|>|into|to|倒入|倒进|倒到|倒往)\\s*${JUG}$`,
  "i",
);

/** Reads one move; a jug that isn't there has the place -1. */
function readMove(text: string, sizes: readonly number[]): Move | undefined {
  const place = (size: string | undefined) => sizes.indexOf(Number(size));
  const [fill, empty, pour] = [FILL, EMPTY, POUR].map((form) => form.exec(text));
  if (fill) return { fill: place(fill[1]) };
  if (empty) return { empty: place(empty[1]) };
  return pour ? { from: place(pour[1]), to: place(pour[2]) } : undefined;
}

/** Reads a plan; undefined where a part is no move. */
function readPlan(answer: string, sizes: readonly number[]): [text: string, move: Move][] | undefined {
  const parts = answer
    .replace(/\\(?:to|rightarrow)\b/g, "->")
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/\\[,; ]/g, " ")
    .replace(/[.。\s]+$/, "")
    .split(/[,，、;；\n]|\bthen\b|然后|再(?=把|将|装|倒)/)
    .map((part) => part.replace(/^\s*(?:\d{1,2}[.)]\s+)?|\s+$/g, ""))
    .filter((part) => part !== "");
  if (parts.length === 0 || parts.length > LONGEST) return undefined;
  const plan = parts.map((part) => [part, readMove(part, sizes)] as const);
  return plan.every((entry): entry is [string, Move] => entry[1] !== undefined) ? plan : undefined;
}

function judgePlan(puzzle: Puzzle, answer: string): Verdict {
  const { sizes, tap, target } = puzzle;
  const plan = readPlan(answer, sizes);
  if (plan === undefined) return unknown("unparsed");
  let state = startOf(puzzle);
  for (const [text, move] of plan) {
    if (Object.values(move).includes(-1)) return refuted({ "no such jug": text, jugs: sizes.join(", ") });
    if (!tap && !("from" in move)) return refuted({ "only pouring is possible": text });
    if ("from" in move && move.from === move.to) return refuted({ "no other jug": text });
    state = after(state, move, sizes);
  }
  return state.includes(target) ? proved("enumeration") : refuted({ end: writeState(state), target: `${target}` });
}

function checkAnswer(puzzle: Puzzle, answer: string): Verdict {
  if (!isShort(answer)) return unknown("unparsed");
  const { way } = jugLines.search(puzzle);
  if (saysNone(answer)) {
    if (way === undefined) return proved("enumeration");
    return refuted({ plan: way.map(({ move }) => writeMove(move.move, puzzle.sizes, "en")).join(", ") });
  }
  if (puzzle.ask === "plan") return judgePlan(puzzle, answer);
  const number = answer.trim().replace(/\s*(?:moves?|steps?|pourings?|pours?|步|次)[.。]?$/i, "");
  if (way === undefined) return /^\d+$/.test(number) ? refuted({ way: "none" }) : unknown("unparsed");
  return wholeAnswer(number, `${way.length}`);
}

export const checkerWith = (recognise: (question: string) => Puzzle | undefined): TaskChecker<Puzzle> => ({
  id: "water-jugs",
  recognise,
  checkStep: (puzzle, line, context) => jugLines.judge(puzzle, line, context),
  checkAnswer,
  answerBy: "checking",
});

// The checker of block puzzles: judges lines and answers of a puzzle read from a question. A plan is carried out: any plan within the moves
// that the question allows is right. Must not know wordings.

import type { Language, Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { isShort, saysNone, wholeAnswer } from "../../answers.ts";
import { after, blocksOf, type Move, type Puzzle, type Stacks, sameStacks, wrongBlocks } from "./blocks.ts";
import { leastMoves, search } from "./search.ts";
import { WORDS, writeBlock, writePlan, writeStacks, writeWrong } from "./trace.ts";

const LANGUAGES: readonly Language[] = ["en", "zh"];
/** Longer plans are not carried out. */
const LONGEST = 100;

/** Longer texts are no move. */
const LONGEST_MOVE = 80;

const MOVE =
  /^(?:(?:move|put|take|place|stack|unstack)\s+|把|将)?(?:block\s+)?([A-Z])\s*(?:块|积木)?\s*(?:>|->|→|onto|on|to|放到|移到|放在|放|移|到)\s*(?:the\s+)?(?:block\s+)?([A-Z]|table|桌(?:子|面)?)(?:块|积木)?(?:上面?)?$/i;

/** Reads one move: `A>B`, `A>table`, `move A onto the table`, 把A放到B上. */
function readMove(text: string): Move | undefined {
  if (text.length > LONGEST_MOVE) return undefined;
  const [, block, onto] = MOVE.exec(text.trim()) ?? [];
  if (block === undefined) return undefined;
  return { block: block.toUpperCase(), onto: onto!.length > 1 || onto === "桌" ? undefined : onto!.toUpperCase() };
}

function readPlan(answer: string): Move[] | undefined {
  if (!isShort(answer)) return undefined;
  const parts = answer
    .replace(/\\(?:to|rightarrow)\b/g, "->")
    .replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1")
    .replace(/\\[,; ]/g, " ")
    .replace(/[.。\s]+$/, "")
    .split(/[,，、;；\n]|\bthen\b|然后|再(?=把|将)/)
    .map((part) => part.replace(/^\s*(?:\d{1,2}[.)]\s+)?|\s+$/g, ""))
    .filter((part) => part !== "");
  const plan = parts.map(readMove);
  const isPlan = plan.length > 0 && plan.length <= LONGEST && plan.every((move) => move !== undefined);
  return isPlan ? (plan as Move[]) : undefined;
}

const isNow = (name: keyof typeof WORDS.en, text: string | undefined): boolean =>
  LANGUAGES.some((language) => WORDS[language][name] === text);

/** What the standing lines have come to: the stacks, the moves left, and the lines that say so. */
function stateOf({ start }: Puzzle, { steps }: StepContext) {
  let [stacks, left, last, limit]: [Stacks, number | undefined, number, number] = [start, undefined, -1, -1];
  for (const { label, body, index, verdict } of steps) {
    if (verdict.verdict !== "proved" || label === undefined) continue;
    const move = readMove(label);
    if (isNow("limit", label)) [stacks, left, last, limit] = [start, Number(/\d+$/.exec(body)?.[0]), index, index];
    else if (move !== undefined && body.includes(";"))
      [stacks, left, last] = [after(stacks, move) ?? stacks, (left ?? 0) - 1, index];
  }
  return { stacks, left, last, limit };
}

/** `A | C B; wrong A B; left 2-1=1` after the move before the colon. */
function judgeMove(
  { goal }: Puzzle,
  move: Move,
  body: string,
  stacks: Stacks,
  left: number | undefined,
): Verdict | undefined {
  const [shown = "", wrong = "", rest = ""] = body.split(/[;；]\s*/);
  const said = wrong.split(/\s+/);
  const sum = /^\S+ (\d{1,3})-1=(-?\d{1,3})$/.exec(rest);
  if (!isNow("wrong", said[0]) || sum === null || !isNow("left", rest.split(" ")[0])) return undefined;
  const next = after(stacks, move);
  if (next === undefined) return refuted({ "no move from": writeStacks(stacks) });
  const given = shown.split("|").map((stack) => stack.replace(/\s/g, ""));
  if (!sameStacks(given, next)) return refuted({ stacks: writeStacks(next) });
  const expected = wrongBlocks(next, goal);
  const listed = isNow("none", said[1]) ? [] : said.slice(1);
  if ([...listed].sort().join() !== [...expected].sort().join())
    return refuted({ wrong: expected.join(" ") || "none" });
  const isCounted = Number(sum[1]) === left && Number(sum[2]) === Number(sum[1]) - 1;
  return isCounted ? proved("enumeration") : refuted({ left: `${(left ?? 0) - 1}` });
}

/** The most moves that a plan may have, or a limit below which none is found. */
function judgeLimit(puzzle: Puzzle, body: string): Verdict | undefined {
  const sum = /^(?:(\d{1,3})\+1=)?(\d{1,3})$/.exec(body);
  if (sum === null) return undefined;
  const limit = Number(sum[2]);
  if (sum[1] !== undefined && Number(sum[1]) + 1 !== limit) return refuted({ sum: `${Number(sum[1]) + 1}` });
  if (puzzle.ask === "plan" && puzzle.most !== undefined)
    return limit === puzzle.most ? proved("enumeration") : refuted({ limit: `${puzzle.most}` });
  const least = leastMoves(puzzle);
  return limit <= least ? proved("enumeration") : refuted({ plan: writePlan(search(puzzle).plan!, "en") });
}

function checkStep(puzzle: Puzzle, { label, body }: StepLine, context: StepContext): TaskVerdict | undefined {
  if (label === undefined) return undefined;
  const linked = (verdict: Verdict | undefined, ...from: number[]): TaskVerdict | undefined =>
    verdict === undefined ? undefined : { ...verdict, from };
  const isOneOf = (forms: readonly string[]) => forms.includes(`${label}: ${body}`);
  const { stacks, left, last, limit } = stateOf(puzzle, context);
  if (/^[A-Z]$/.test(label)) {
    if (!blocksOf(puzzle.start).includes(label))
      return linked(refuted({ blocks: blocksOf(puzzle.start).join(" ") }), -1);
    const forms = LANGUAGES.map((language) => writeBlock(puzzle, label, language));
    return linked(isOneOf(forms) ? proved("enumeration") : refuted({ [label]: forms[0]! }), -1);
  }
  if (isNow("wrong", label)) {
    const forms = LANGUAGES.map((language) => writeWrong(puzzle, language));
    const from = context.steps.filter((step) => /^[A-Z]$/.test(step.label ?? "")).map(({ index }) => index);
    return linked(
      isOneOf(forms) ? proved("enumeration") : refuted({ wrong: forms[0]! }),
      ...(from.length > 0 ? from : [-1]),
    );
  }
  if (isNow("limit", label))
    return linked(judgeLimit(puzzle, body), Math.max(limit, context.steps.at(-1)?.index ?? -1));
  if (isNow("plan", label)) {
    if (isNow("none", body)) {
      const { plan } = search(puzzle);
      return linked(plan === undefined ? proved("enumeration") : refuted({ plan: writePlan(plan, "en") }), limit);
    }
    const plan = readPlan(body);
    return plan === undefined ? undefined : linked(judgePlan(puzzle, plan), last);
  }
  if (isNow("moves", label)) {
    if (!/^\d{1,3}$/.test(body)) return undefined;
    const least = leastMoves(puzzle);
    return linked(Number(body) === least ? proved("enumeration") : refuted({ moves: `${least}` }), last);
  }
  const move = readMove(label);
  return move === undefined ? undefined : linked(judgeMove(puzzle, move, body, stacks, left), last);
}

/** Carries a plan out. */
function judgePlan({ start, goal, most }: Puzzle, plan: readonly Move[]): Verdict {
  let stacks = start;
  for (const [i, move] of plan.entries()) {
    const next = after(stacks, move);
    if (next === undefined) return refuted({ move: `${i + 1}`, "not possible from": writeStacks(stacks) });
    stacks = next;
  }
  if (!sameStacks(stacks, goal)) return refuted({ end: writeStacks(stacks), goal: writeStacks(goal) });
  if (most !== undefined && plan.length > most) return refuted({ moves: `${plan.length}`, allowed: `${most}` });
  return proved("enumeration");
}

function checkAnswer(puzzle: Puzzle, answer: string): Verdict {
  if (!isShort(answer)) return unknown("unparsed");
  if (saysNone(answer)) {
    const { plan } = search(puzzle);
    return plan === undefined ? proved("enumeration") : refuted({ plan: writePlan(plan, "en") });
  }
  if (puzzle.ask === "least")
    return wholeAnswer(answer.trim().replace(/\s*(?:moves?|steps?|步|次)[.。]?$/i, ""), `${leastMoves(puzzle)}`);
  const plan = readPlan(answer);
  return plan === undefined ? unknown("unparsed") : judgePlan(puzzle, plan);
}

export const checkerWith = (recognise: (question: string) => Puzzle | undefined): TaskChecker<Puzzle> => ({
  id: "blocks-world",
  recognise,
  checkStep,
  checkAnswer,
  answerBy: "checking",
});

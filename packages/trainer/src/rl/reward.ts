// What a reply is worth, from what the verifier said of it. Owns the parts of the reward and the reason of every reply that earns nothing;
// judges no mathematics and asks no model. All of it is plain functions of plain values.
//
// total = weights.answer * answer + weights.steps * steps + weights.format * format + weights.length * length
//   answer   1 if the reply passes, else 0. It passes if its answer is right, and with `strict` only if it is sound too: some line is
//            proved and follows from something, every line left standing is proved (prose and definitions aside), and the answer
//            survives being put back into the question, where its family can do that.
//   steps    (good - false) / lines, of the standing checkable lines. Good: proved and linked, or wrong and repaired: refuted, taken back
//            by [BACK], and followed by a proved line. Repairs count up to a quarter of the standing lines (at least one); those
//            beyond count as lines that are not good, so that a thought made of repairs earns less than a straight one.
//   format   -1 if the reply is not one closed thought and one answer in the form that its task asks for, else 0.
//   length   0 up to four fifths of the limit, then falling to -1 at the limit (DAPO's soft overlong punishment, arXiv 2503.14476).

import type { StepVerdict } from "@lemma/protocol";
import type { AnswerCheck, Grade } from "@lemma/verify";
import type { RewardWeights } from "../recipe/rl-schema.ts";

/** What the verifier said, and what is known of the reply's form. */
export interface JudgedReply {
  grade: Grade;
  steps: readonly StepVerdict[];
  /** By substitution, without the reference. */
  substitution: AnswerCheck;
  /** What is wrong with the form; undefined: nothing. */
  formatFault: string | undefined;
  isTruncated: boolean;
  /** Generated tokens. */
  length: number;
}

/** Which part of the way from text to reward failed. */
export const FAILURES = ["budget", "format", "parsing", "verification"] as const;
export type FailureKind = (typeof FAILURES)[number];

/** Why a reply did not pass, in words for the completions table. */
export interface Failure {
  kind: FailureKind;
  reason: string;
}

export interface Reward {
  total: number;
  parts: { answer: number; steps: number; format: number; length: number };
  /** The answer is right, whatever the lines are. */
  isRight: boolean;
  /** Some line is proved, all that stand are, and substitution does not object. */
  isSound: boolean;
  passes: boolean;
  /** Absent where the reply passes. */
  failure?: Failure;
  /** Standing checkable lines, the proved and linked ones, the false ones, and wrong lines that were repaired. */
  lines: { checkable: number; proved: number; refuted: number; repaired: number };
}

const SOFT_SHARE = 0.2;
const REPAIR_SHARE = 0.25;

/** @example rewardOf(judged, { answer: 1, steps: 0.2, format: 0.2, length: 0, strict: true }, 256).total // 1.2 at best */
export function rewardOf(judged: JudgedReply, weights: RewardWeights, maxTokens: number): Reward {
  const lines = countLines(judged.steps);
  const isRight = judged.grade.verdict === "proved" && !judged.isTruncated;
  const flaw = flawOf(judged, lines);
  const isSound = flaw === undefined;
  const passes = isRight && (isSound || !weights.strict);
  const parts = {
    answer: passes ? 1 : 0,
    steps: stepShare(lines),
    format: judged.formatFault === undefined ? 0 : -1,
    length: overlong(judged.length, maxTokens),
  };
  const total =
    weights.answer * parts.answer +
    weights.steps * parts.steps +
    weights.format * parts.format +
    weights.length * parts.length;
  const failure = passes ? undefined : failureOf(judged, flaw);
  return { total, parts, isRight, isSound, passes, lines, ...(failure ? { failure } : {}) };
}

/** Standing lines that can be checked, and the repaired ones. A repair: refuted, withdrawn, and the next standing line is proved. */
function countLines(steps: readonly StepVerdict[]): Reward["lines"] {
  const counts = { checkable: 0, proved: 0, refuted: 0, repaired: 0 };
  for (const [at, step] of steps.entries()) {
    if (step.withdrawn) {
      const next = steps.slice(at + 1).find(({ withdrawn }) => !withdrawn);
      if (step.verdict === "refuted" && next?.verdict === "proved") counts.repaired++;
      continue;
    }
    if (isSilent(step)) continue;
    counts.checkable++;
    if (step.verdict === "proved" && step.from.length > 0) counts.proved++;
    if (step.verdict === "refuted") counts.refuted++;
  }
  return counts;
}

const isSilent = (step: StepVerdict): boolean =>
  step.verdict === "unknown" && (step.reason === "prose" || step.reason === "definition");

function stepShare({ checkable, proved, refuted, repaired }: Reward["lines"]): number {
  if (checkable === 0) return 0;
  const good = Math.min(repaired, Math.max(1, Math.floor(checkable * REPAIR_SHARE)));
  return (proved + good - refuted) / (checkable + repaired);
}

function overlong(length: number, limit: number): number {
  const soft = Math.ceil(limit * SOFT_SHARE);
  return 0 - Math.min(1, Math.max(0, (length - (limit - soft)) / soft));
}

/** The first thing that keeps a reply from being sound. */
function flawOf({ steps, substitution }: JudgedReply, lines: Reward["lines"]): Failure | undefined {
  const standing = steps.filter((step) => !step.withdrawn && !isSilent(step));
  const wrong = standing.find(({ verdict }) => verdict === "refuted");
  if (wrong !== undefined) return { kind: "verification", reason: `a false line stands: ${wrong.text}` };
  const open = standing.find(({ verdict }) => verdict === "unknown");
  if (open?.verdict === "unknown") {
    const kind = open.reason === "budget" ? "budget" : open.reason === "unparsed" ? "parsing" : "verification";
    return { kind, reason: `a line is not proved (${open.reason}): ${open.text}` };
  }
  if (lines.proved === 0) return { kind: "verification", reason: "no line is proved and linked" };
  // Without `task` no family could judge: the reference alone has to do.
  if (substitution.task === undefined || substitution.verdict === "proved") return undefined;
  if (substitution.verdict === "refuted") return { kind: "verification", reason: "the answer fails substitution" };
  const kind =
    substitution.reason === "budget" ? "budget" : substitution.reason === "unparsed" ? "parsing" : "verification";
  return { kind, reason: `substitution is undecided (${substitution.reason})` };
}

/** Why a reply does not pass: the earliest cause. */
function failureOf({ isTruncated, formatFault, grade, length }: JudgedReply, flaw: Failure | undefined): Failure {
  if (isTruncated) return { kind: "budget", reason: `cut off at ${length} tokens` };
  if (grade.verdict === "unknown") {
    if (grade.reason === "budget") return { kind: "budget", reason: "the grader's step budget is used up" };
    if (formatFault !== undefined) return { kind: "format", reason: formatFault };
    if (grade.reason === "unparsed") return { kind: "parsing", reason: "the answer can't be read" };
    return { kind: "verification", reason: `the answer is undecided (${grade.reason})` };
  }
  if (grade.verdict === "refuted") return { kind: "verification", reason: "the answer is wrong" };
  return flaw ?? { kind: "verification", reason: "the reply does not pass" };
}

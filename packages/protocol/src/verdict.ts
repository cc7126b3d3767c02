// Verdicts: what the symbolic kernel says of a pair, an answer or a step. Owns only types; the kernel is packages/verify.

/** How a claim was proved. `modular` is a polynomial identity test with error below 2^-64. */
export type ProofMethod = "exact" | "modular" | "interval" | "residual" | "enumeration" | "execution";

/** Why nothing could be said. `numerically-equal`: equal at sample points, which is no proof. */
export type UnknownReason =
  | "prose"
  | "definition"
  | "unparsed"
  | "unsupported"
  | "budget"
  | "undecided"
  | "numerically-equal"
  | "bad-input";

/** Three values, never a silent false: a refutation names a point or value that a person can check. */
export type Verdict =
  | { verdict: "proved"; method: ProofMethod }
  | { verdict: "refuted"; witness: Record<string, string> }
  | { verdict: "unknown"; reason: UnknownReason };

/**
 * How a task judges an answer without a reference. `checking`: the answer is put to the question (a root into its equation, an
 * order beside its facts), which may be far easier than finding it. `recomputing`: the kernel works the answer out (arithmetic, a
 * program's output) and would not need the model.
 */
export type AnswerBy = "checking" | "recomputing";

/**
 * The verdict on the answer of a reply that was checked before it was given. Anything but `proved` marks the best of replies of
 * which none passed. `attempts`: how many were made; `task` and `by` are absent where no task could check the question.
 */
export type Verified = Verdict & { attempts: number; task?: string; by?: AnswerBy };

/** An attempt that was taken back, with the verdict on its answer. `attempt` counts from 1; `text` is the answer, which was held. */
export type WithdrawnAttempt = Verdict & { attempt: number; text: string };

/**
 * The verdict on one line of reasoning.
 * `start`/`end` are UTF-16 offsets of `text` in the reasoning; `from` are the indices of the steps it follows from
 * (-1 is the question, empty means unlinked); `withdrawn` becomes true when a later `[BACK]` takes the step back.
 */
export type StepVerdict = Verdict & {
  index: number;
  text: string;
  start: number;
  end: number;
  from: number[];
  withdrawn: boolean;
};

/**
 * Checks one reply while it arrives: `push` takes the next piece of reasoning text and returns the verdicts of the
 * lines it completed; `end` returns those of the rest. A verdict with an index already returned replaces it (a `[BACK]`
 * re-issues the withdrawn step with `withdrawn: true`).
 */
export interface StepChecker {
  push(text: string): StepVerdict[];
  end(): StepVerdict[];
}

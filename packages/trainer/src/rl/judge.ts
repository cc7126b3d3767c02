// Sends replies through the verifier's processes: answer, steps, substitution. Owns who is asked what, and the alarm: a verifier that fails
// (throws, is stopped at its time limit, can't read the problem's own reference) must never look like a wrong reply.

import { LemmaError } from "@lemma/protocol";
import type { AnswerCheck, Grade } from "@lemma/verify";
import { gradeReply } from "@lemma/verify/code";
import { VerifyPool } from "@lemma/verify/pool";
import { questionMessages } from "./problems.ts";
import { formatFault } from "./reply-format.ts";
import type { JudgedReply } from "./reward.ts";
import type { RolloutGroup, RolloutReply } from "./rollouts.ts";

/** The verifier's part that judging uses; VerifyPool is one. */
export type Verifier = Pick<VerifyPool, "run" | "stopped">;

/** A reply that could not be judged: it earns nothing and is left out of the update. */
export interface UnjudgedReply {
  error: string;
}

/** More failures than this share of the last WINDOW replies stop the run; FEWEST keeps one accident from doing so. */
const LIMIT = 0.01;
const WINDOW = 1024;
const FEWEST = 3;

/** The pool with every family of the gym. */
export const gymPool = (signal?: AbortSignal): VerifyPool =>
  new VerifyPool({ modules: [import.meta.resolve("@lemma/gym")], ...(signal ? { signal } : {}) });

/** Judges replies with one verifier and watches how often it fails. */
export class Judge {
  readonly #verifier: Verifier;
  /** The last replies, true where the verifier failed, and what the last failure said. */
  readonly #recent: boolean[] = [];
  #lastError = "";
  #failures = 0;
  #judged = 0;

  constructor(verifier: Verifier) {
    this.#verifier = verifier;
  }

  /** Replies that the verifier failed on so far, and replies in all. */
  get counts(): { failures: number; judged: number } {
    return { failures: this.#failures, judged: this.#judged };
  }

  /**
   * Judges the replies of a group, in order. Equal replies are judged once.
   * @throws LEMMA_E_TRAINING when the verifier fails on more than 1 % of the last 1,024 replies (and on three at least)
   */
  async group(group: RolloutGroup): Promise<(JudgedReply | UnjudgedReply)[]> {
    const known = new Map<string, Promise<JudgedReply | UnjudgedReply>>();
    const judged = await Promise.all(
      group.replies.map((reply) => {
        const key = JSON.stringify([reply.isTruncated, reply.reasoning, reply.text]);
        const verdict = known.get(key) ?? this.#judge(group, reply);
        known.set(key, verdict);
        return verdict.then((one) => ("error" in one ? one : { ...one, length: reply.tokens.length }));
      }),
    );
    for (const one of judged) this.#note("error" in one ? one.error : undefined);
    this.#checkRate();
    return judged;
  }

  async #judge({ problem: { row } }: RolloutGroup, reply: RolloutReply): Promise<JudgedReply | UnjudgedReply> {
    const question = questionMessages(row).findLast(({ role }) => role === "user")!.content;
    const { verifier, answer: reference, task } = row;
    const request = { problem: question, response: reply.text, reference, verifier };
    const stoppedBefore = this.#verifier.stopped;
    try {
      const isProgram = verifier.kind === "program" && Array.isArray(verifier.tests);
      const [grade, steps, substitution] = await Promise.all([
        reply.isTruncated ? UNFINISHED : isProgram ? gradeReply(request) : this.#verifier.run("grade", request),
        this.#verifier.run("checkSteps", { question, reasoning: reply.reasoning, task }),
        reply.isTruncated ? UNFINISHED : this.#verifier.run("checkAnswer", { question, response: reply.text, task }),
      ]);
      if (grade.verdict === "unknown" && grade.reason === "bad-input")
        return { error: `${task}: the verifier can't use the row's own reference ${JSON.stringify(reference)}` };
      // A check that ran into the pool's time or memory limit answers unknown/budget; the kernel's own budget ends long before.
      const verdicts = [grade, substitution, ...steps];
      const isStopped = verdicts.some((one) => one.verdict === "unknown" && one.reason === "budget");
      if (isStopped && this.#verifier.stopped > stoppedBefore)
        return { error: `${task}: a check was stopped at the pool's limit` };
      const fault = formatFault(reply, row);
      const { isTruncated } = reply;
      return { grade, steps, substitution, formatFault: fault, isTruncated, length: reply.tokens.length };
    } catch (error) {
      if (LemmaError.isInstance(error) && error.code === "LEMMA_E_ABORTED") throw error;
      return { error: `${task}: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}` };
    }
  }

  #note(error: string | undefined): void {
    this.#judged++;
    this.#recent.push(error !== undefined);
    if (this.#recent.length > WINDOW) this.#recent.shift();
    if (error === undefined) return;
    this.#failures++;
    this.#lastError = error;
  }

  #checkRate(): void {
    const failed = this.#recent.filter(Boolean).length;
    if (failed < FEWEST || failed <= LIMIT * this.#recent.length) return;
    const share = ((100 * failed) / this.#recent.length).toFixed(1);
    throw new LemmaError("LEMMA_E_TRAINING", {
      problem:
        `the verifier failed on ${failed} of the last ${this.#recent.length} replies (${share} %, at most 1 % is borne): rewards can't be trusted. ` +
        `The last failure: ${this.#lastError}. Repair the verifier or leave that task out`,
    });
  }
}

/** Nothing is read from a reply that was cut off. */
const UNFINISHED: Grade & AnswerCheck = { verdict: "unknown", reason: "unparsed", extracted: null };

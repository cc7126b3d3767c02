// Short names for the three verdicts. Owns nothing else; the types are protocol's.

import type { ProofMethod, UnknownReason, Verdict } from "@lemma/protocol";

/** A proof by `method`. */
export const proved = (method: ProofMethod = "exact"): Verdict => ({ verdict: "proved", method });

/** A refutation; the witness names a point or values that a person can check. */
export const refuted = (witness: Record<string, string>): Verdict => ({ verdict: "refuted", witness });

/** Nothing could be said, and why. */
export const unknown = (reason: UnknownReason): Verdict => ({ verdict: "unknown", reason });

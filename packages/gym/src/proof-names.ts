// The names of the proofs that a family can claim. Owns names only, so that families may import them; the proofs stand in proofs.ts.

/** The proofs of a family whose questions, steps and answers are all mathematics. */
export const MATHEMATICAL_PROOFS = [
  "reproducible",
  "wordings",
  "prompts",
  "questions",
  "computable",
  "steps",
  "answers",
  "perturbations",
] as const;

/** The name of a proof. */
export type ProofName = (typeof MATHEMATICAL_PROOFS)[number];

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
  "frequency",
] as const;

/** The proofs of a puzzle with one solution, which a search finds too (`solutions`). */
export const PUZZLE_PROOFS = [...MATHEMATICAL_PROOFS, "unique"] as const;

/** The name of a proof. */
export type ProofName = (typeof PUZZLE_PROOFS)[number];

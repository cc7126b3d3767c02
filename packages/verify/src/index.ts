// The public surface of @lemma/verify.
export {};

// The public surface of @lemma/eval.
export {};

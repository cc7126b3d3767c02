// The public surface of @lemma/data.
export {};

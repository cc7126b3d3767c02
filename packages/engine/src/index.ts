// The public surface of @lemma/engine.
export {};

// The public surface of @lemma/trainer.
export {};

// The public surface of @lemma/cli.
export {};

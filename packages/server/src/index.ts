// The public surface of @lemma/server.
export {};

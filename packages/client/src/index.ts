// The public surface of @lemma/client.
export {};

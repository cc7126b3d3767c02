// The public surface of @lemma/gym.
export {};

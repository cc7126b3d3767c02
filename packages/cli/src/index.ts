// @lemma/cli is the `lemma` command (bin/lemma.mjs); nothing is imported from it.

export {};

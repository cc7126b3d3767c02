// How a family's wordings become phrasings. Owns the step from lists of texts to numbered phrasings; knows no family.

import type { Language } from "@lemma/protocol";
import { numberPhrasings, type Phrasing } from "./family.ts";

/** A family's wordings: held-out ones first, since they were written first. W is what one wording needs, often one text. */
export interface Wordings<W> {
  readonly heldOut: readonly W[];
  readonly trained: readonly W[];
}

/** Numbers the wordings of both languages: the n-th English one corresponds to the n-th Chinese one. */
export function phrasingsFrom<P, W>(
  wordings: Readonly<Record<Language, Wordings<W>>>,
  make: (wording: W, language: Language) => Omit<Phrasing<P>, "id">,
): Readonly<Record<Language, readonly Phrasing<P>[]>> {
  const number = (language: Language) => [
    ...numberPhrasings(
      "trained",
      wordings[language].trained.map((wording) => make(wording, language)),
    ),
    ...numberPhrasings(
      "heldout",
      wordings[language].heldOut.map((wording) => make(wording, language)),
    ),
  ];
  return { en: number("en"), zh: number("zh") };
}

// Wordings of families that ask problems of several kinds: each wording has a text for each kind. Owns the step from such lists to
// phrasings and to a reader of questions; knows no family. wordings.ts numbers the phrasings, matcher.ts reads them.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "./family.ts";
import { type Matcher, matcher, type SlotText } from "./matcher.ts";
import type { Random } from "./random.ts";
import { type Slots, template } from "./template.ts";
import { phrasingsFrom } from "./wordings.ts";

/** Texts by kind, held-out ones first: they were written first. There are as many wordings as the longest list has texts; a shorter one is gone through again. */
export interface KindTexts<K extends string> {
  readonly heldOut: Readonly<Record<K, readonly string[]>>;
  readonly trained: Readonly<Record<K, readonly string[]>>;
}

interface KindWording<K extends string> {
  readonly texts: Readonly<Record<K, string>>;
  readonly isHeldOut: boolean;
}

function wordingsOf<K extends string>(lists: Readonly<Record<K, readonly string[]>>, isHeldOut: boolean) {
  const kinds = Object.keys(lists) as K[];
  return Array.from(
    { length: Math.max(...kinds.map((kind) => lists[kind].length)) },
    (_, i): KindWording<K> => ({
      texts: Object.fromEntries(kinds.map((kind) => [kind, lists[kind][i % lists[kind].length]])) as Record<K, string>,
      isHeldOut,
    }),
  );
}

/**
 * The phrasings of a family. `slotsFor` fills the slots of a problem; held-out wordings have words of their own in slots too. A text that
 * begins with a slot gets its capital letter.
 */
export function kindPhrasings<P, K extends string>(
  texts: Readonly<Record<Language, KindTexts<K>>>,
  kindOf: (problem: P) => K,
  slotsFor: (problem: P, language: Language, random: Random, isHeldOut: boolean) => Slots,
): Readonly<Record<Language, readonly Phrasing<P>[]>> {
  const wordings = (language: Language) => ({
    heldOut: wordingsOf(texts[language].heldOut, true),
    trained: wordingsOf(texts[language].trained, false),
  });
  return phrasingsFrom<P, KindWording<K>>({ en: wordings("en"), zh: wordings("zh") }, (wording, language) => {
    const kinds = Object.keys(wording.texts) as K[];
    const forms = new Map(kinds.map((kind) => [kind, template(wording.texts[kind])]));
    return {
      templates: [...forms.values()],
      render(problem, random) {
        const slots = slotsFor(problem, language, random, wording.isHeldOut);
        const text = forms.get(kindOf(problem))!.render(slots, random);
        return /^[a-z]{2}|^a /.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text;
      },
    };
  });
}

/** A matcher for all these texts, and for `typed` ones that people write and no wording has; the tag is the kind. */
export function kindMatcher<K extends string>(
  texts: Readonly<Record<Language, KindTexts<K>>>,
  slots: SlotText,
  typed: readonly (readonly [kind: K, text: string])[] = [],
): Matcher<K> {
  const told = [texts.en, texts.zh].flatMap(({ heldOut, trained }) =>
    [heldOut, trained].flatMap((lists) =>
      (Object.keys(lists) as K[]).flatMap((kind) => lists[kind].map((text) => [kind, text] as const)),
    ),
  );
  return matcher(
    [...told, ...typed].map(([kind, text]) => [template(text), kind] as const),
    slots,
  );
}

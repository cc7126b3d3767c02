// Common words by language, for Gopher's rule that running text has at least two. English: the eight of the paper; the others: eight
// to ten of the most frequent words of each language.

const LISTS: Record<string, string> = {
  en: "the be to of and that have with",
  de: "der die das und ist nicht von zu mit ein",
  fr: "le la les de et est que dans un une",
  es: "el la los de y que es en un una",
  it: "il la di e che è non un una per",
  pt: "o a os de e que é não um uma",
  nl: "de het een en van is dat niet met op",
  sv: "och att det som en är på för med av",
  da: "og at det som en er på for med af",
  pl: "i w na z się nie to jest do że",
  cs: "a v na se je že to s z do",
  ru: "и в не на что с он как это по",
  uk: "і в не на що з це як та до",
  tr: "ve bir bu da de için ile çok ne olarak",
  zh: "的 了 是 在 和 有 不 我 这 他",
  ja: "の に は を た が で て と し",
  ko: "이 그 수 것 등 및 더 있다 하는 있는",
};

const SETS = new Map(Object.entries(LISTS).map(([language, words]) => [language, new Set(words.split(" "))]));

/** The common words of a language; undefined where there is no list. An unknown language is taken for English, as the paper does. */
export function stopWordsOf(language: string): ReadonlySet<string> | undefined {
  return SETS.get(language === "unknown" ? "en" : language);
}

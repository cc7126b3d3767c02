// The language of a text. Owns the sample, the script rule for Chinese, Japanese and Korean, and when nothing is said.
//
// A sample of three parts is looked at. Where Han, kana and Hangul characters weigh most (one counts for EAST letters), the script
// decides: mostly Hangul is Korean, at least a twentieth kana is Japanese, the rest is Chinese. Otherwise franc compares trigrams.
// Its confidence is how far the second language lies behind the first (0 to 1): small between neighbours such as Danish and Norwegian.

/** What a text is written in. */
export interface Identified {
  /** ISO 639-1, or `unknown`. */
  language: string;
  /** From 0 to 1. */
  confidence: number;
}

export interface LanguageLimits {
  /** Letters that the sample must have; Han, kana and Hangul count for EAST. */
  minLetters: number;
  minConfidence: number;
}

export type LanguageIdentifier = (text: string, limits: LanguageLimits) => Identified;

/** ISO 639-3 as franc says it, and ISO 639-1. Others are not looked for: rare languages would be found in names and code. */
const CODES: Readonly<Record<string, string>> = Object.fromEntries(
  `eng:en deu:de fra:fr spa:es ita:it por:pt nld:nl swe:sv dan:da nob:no fin:fi pol:pl ces:cs slk:sk hun:hu ron:ro bul:bg
  hrv:hr srp:sr slv:sl ukr:uk rus:ru bel:be ell:el tur:tr ind:id vie:vi tgl:tl arb:ar pes:fa urd:ur heb:he hin:hi ben:bn
  tam:ta tel:te mar:mr guj:gu kan:kn mal:ml pan:pa sin:si tha:th mya:my khm:km lao:lo kat:ka hye:hy kaz:kk uzn:uz azj:az
  swh:sw hau:ha yor:yo ibo:ig amh:am som:so zul:zu lit:lt lvs:lv est:et als:sq mkd:mk cat:ca glg:gl afr:af epo:eo npi:ne
  cmn:zh jpn:ja kor:ko`
    .split(/\s+/)
    .map((pair) => pair.split(":") as [string, string]),
);

const PART = 680;

/** Units that are scored together. */
const WINDOW = 200;

/** How many letters of an alphabet a Han, kana or Hangul character counts for. */
const EAST = 4;

const UNKNOWN: Identified = { language: "unknown", confidence: 0 };

/** Beginning, middle and end of a text: franc looks at no more than 2048 units. */
export function sampleOf(text: string): string {
  if (text.length <= 3 * PART) return text;
  const middle = (text.length - PART) >> 1;
  return [text.slice(0, PART), text.slice(middle, middle + PART), text.slice(-PART)].join("\n");
}

const times = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Placeholders, addresses and markup say nothing of the language. */
const NOT_TEXT = /https?:\/\/\S{1,200}|<[A-Z_]{2,12}>|[\d_]+/g;

/** franc's scores shrink towards each other as counts grow with a text: windows of one length are scored, and the mean is taken. */
function votes(sample: string, score: (window: string) => [string, number][]): [string, number][] {
  const count = Math.max(1, Math.round(sample.length / WINDOW));
  const sums = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const window = sample.slice(Math.floor((i * sample.length) / count), Math.floor(((i + 1) * sample.length) / count));
    for (const [code, points] of score(window)) sums.set(code, (sums.get(code) ?? 0) + points / count);
  }
  return [...sums].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}

/** Loads franc; the function that it returns is pure. */
export async function languageIdentifier(): Promise<LanguageIdentifier> {
  const { francAll } = await import("franc");
  const only = Object.keys(CODES);
  return (text, { minLetters, minConfidence }) => {
    const sample = sampleOf(text).replace(NOT_TEXT, " ");
    const kana = times(sample, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
    const hangul = times(sample, /\p{Script=Hangul}/gu);
    const east = kana + hangul + times(sample, /\p{Script=Han}/gu);
    const others = times(sample, /\p{L}/gu) - east;
    if (east * EAST + others < minLetters) return UNKNOWN;
    const sure = (language: string, confidence: number): Identified =>
      confidence < minConfidence ? UNKNOWN : { language, confidence: Math.round(confidence * 1e4) / 1e4 };
    if (east * EAST >= others) {
      const share = (east * EAST) / (east * EAST + others);
      return sure(hangul * 2 > east ? "ko" : kana * 20 >= east ? "ja" : "zh", share);
    }
    const [first, second] = votes(sample, (window) => francAll(window, { only, minLength: 1 }));
    const language = CODES[first?.[0] ?? "und"];
    if (language === undefined) return UNKNOWN;
    return sure(language, first![1] - (second?.[1] ?? 0));
  };
}

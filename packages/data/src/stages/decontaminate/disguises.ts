// The forms in which an evaluation item may stand in a document. Owns the disguises that canaries wear; each keeps what is asked.

import type { Random } from "@lemma/gym";

type Disguise = (text: string, random: Random) => string;

/** Words beside no formula. */
const WORD = /(?<![\p{L}\p{N}\\^_{])\p{L}{3,}(?![\p{L}\p{N}_({])/gu;
const FULL_WIDTH = 0xfee0;

/** New line ends, every few words; in a script without spaces, every few characters. */
const wrapped: Disguise = (text, random) => {
  const width = random.int(12, 60);
  let last = 0;
  return text.replace(/ |(?<=\p{sc=Han})(?=\p{sc=Han})/gu, (gap, at: number) => {
    if (at - last < width) return gap;
    last = at;
    return "\n";
  });
};

/** Another case for each word. */
const recased: Disguise = (text, random) =>
  text.replace(WORD, (word) =>
    random.pick([word.toUpperCase(), word.toLowerCase(), word[0]!.toUpperCase() + word.slice(1).toLowerCase()]),
  );

/** Marks left out and exchanged, and commas between words. */
const punctuation: Disguise = (text, random) =>
  text
    .replace(/[;:!?"“”'‘’。，；：！？、]|(?<!\d)[.,]|[.,](?!\d)/g, (mark) => random.pick(["", mark, "!", ";", " … "]))
    .replace(/(?<=\p{L}{3}) (?=\p{L}{3})/gu, () =>
      random.weighted([
        [" ", 6],
        [", ", 1],
        [" “", 1],
      ] as const),
    );

/** Emphasis, a heading, a quotation. */
const markdown: Disguise = (text, random) => {
  const mark = random.pick(["**", "*", "__"]);
  const lead = random.pick(["> ", "### ", "", "- "]);
  const marked = text.replace(WORD, (word) => (random.chance(0.2) ? `${mark}${word}${mark}` : word));
  return lead + (lead === "> " ? marked.replaceAll("\n", "\n> ") : marked);
};

/** Full-width letters, taken-apart accents, invisible characters, wide spaces. */
const unicode: Disguise = (text, random) =>
  text
    .normalize("NFD")
    .replace(/[a-z0-9]+/gi, (word) =>
      random.chance(0.3)
        ? [...word].map((letter) => String.fromCharCode(letter.charCodeAt(0) + FULL_WIDTH)).join("")
        : word,
    )
    .replace(/(?<=\p{L})(?=\p{L})/gu, () => (random.chance(0.05) ? random.pick(["\u200b", "\u00ad", "\u2060"]) : ""))
    .replaceAll(" ", () => random.pick([" ", "\u00a0", "\u3000"]));

/** All disguises, by name. */
export const DISGUISES: Readonly<Record<string, Disguise>> = {
  plain: (text) => text,
  wrapped,
  recased,
  punctuation,
  markdown,
  unicode,
  combined: (text, random) =>
    [recased, punctuation, markdown, wrapped, unicode].reduce((sum, disguise) => disguise(sum, random), text),
};

/** The text inside a longer one, between two of its words. */
export function planted(text: string, host: string, random: Random): string {
  if (host === "") return text;
  const at = host.indexOf(" ", random.below(Math.min(host.length, 1 << 20)));
  const [before, after] = at < 0 ? [host, ""] : [host.slice(0, at), host.slice(at + 1)];
  return `${before}\n\n${text}\n\n${after}`;
}

// Who says what, as words and back: `Ann says: "Bob is a knave."`. Owns the frames around statements and reading all of them from a
// question; the statements themselves are statements.ts's.

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import { NAMES } from "../ordering/names.ts";

/** Frames: {s} is the speaker, {t} the statement. */
export interface Frames {
  readonly trained: readonly string[];
  readonly heldOut: readonly string[];
}

export const FRAMES: Readonly<Record<Language, Frames>> = {
  en: {
    trained: [
      '{s} says: "{t}."',
      '{s} says, "{t}."',
      "{s} says: {t}.",
      "{s} says: {t}.",
      '{s} said: "{t}."',
      '{s} claims: "{t}."',
      "{s} claims: {t}.",
      '{s} states: "{t}."',
      "{s} states: {t}.",
      '{s} tells you: "{t}."',
      '"{t}," says {s}.',
      '{s}: "{t}."',
    ],
    heldOut: ["{s} declares: {t}.", 'Words of {s}: "{t}."', "{s} lets you know: {t}."],
  },
  zh: {
    trained: [
      "{s}说：“{t}。”",
      "{s}说：“{t}。”",
      "{s}说：{t}。",
      "{s}说，{t}。",
      "{s}声称：{t}。",
      "{s}声称：“{t}。”",
      "{s}讲：“{t}。”",
      "“{t}。”{s}说。",
      "{s}：“{t}。”",
    ],
    heldOut: ["{s}宣布：{t}。", "{s}的话是：“{t}。”", "{s}告诉大家：{t}。"],
  },
};

/** One statement in its frame. */
export function frame(pattern: string, speaker: string, said: string): string {
  const text = pattern.includes('"') ? said[0]!.toUpperCase() + said.slice(1) : said;
  return pattern.replace("{s}", speaker).replace("{t}", text);
}

/** The frames that a question uses: mostly one for all, sometimes mixed. */
export function drawFrames(language: Language, heldOut: number | undefined, count: number, random: Random): string[] {
  const { trained, heldOut: held } = FRAMES[language];
  if (heldOut !== undefined) return Array.from({ length: count }, () => held[heldOut]!);
  const mixed = random.chance(0.3);
  const one = random.pick(trained);
  return Array.from({ length: count }, () => (mixed ? random.pick(trained) : one));
}

/** A statement in a question, with its speaker's name as written. */
export interface Said {
  readonly speaker: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const NAME: Readonly<Record<Language, string>> = {
  en: "\\b([A-Z][A-Za-z]*)",
  zh: `(${NAMES.zh.join("|")}|[甲乙丙丁戊己庚辛]|[小阿老]\\p{Script=Han}|[A-Z][A-Za-z]*)`,
};
const SENTENCE = '([^"“”「」.。;；!！?？\\n]{3,120})';

const PATTERNS: readonly { readonly regex: RegExp; readonly speakerFirst: boolean; readonly language: Language }[] = (
  ["en", "zh"] as const
).flatMap((language) => {
  const { trained, heldOut } = FRAMES[language];
  return [...new Set([...trained, ...heldOut])].map((pattern) => {
    const source = pattern
      .replace(/[.?]/g, "\\$&?")
      .replace(/。/g, "。?")
      .replace("：", "[:：]")
      .replace('t}\\.?"', 't}[.!]?"')
      .replace(/ /g, "\\s+")
      .replace("{s}", NAME[language])
      .replace("{t}", SENTENCE);
    const quoted = /["“]/.test(pattern);
    return {
      regex: new RegExp(quoted ? source : `${source}(?=[.。;；!！?？\\n]|$|\\s)`, "gu"),
      speakerFirst: pattern.indexOf("{s}") < pattern.indexOf("{t}"),
      language,
    };
  });
});

/** All that is said in a text, in order; of two readings of one place, the longer. */
export function readSpeech(text: string, language: Language): Said[] {
  const found: Said[] = [];
  for (const { regex, speakerFirst, language: spoken } of PATTERNS) {
    if (spoken !== language) continue;
    for (const match of text.matchAll(regex)) {
      const [speaker, said] = speakerFirst ? [match[1]!, match[2]!] : [match[2]!, match[1]!];
      const start = match.index;
      found.push({ speaker, text: said.trim().replace(/[,，]$/, ""), start, end: start + match[0].length });
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Said[] = [];
  for (const said of found) if (said.start >= (kept.at(-1)?.end ?? 0)) kept.push(said);
  return kept;
}

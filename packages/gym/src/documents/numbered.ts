// Long documents of numbered entries, one a line: writing their numbers and reading them back. Owns the sizes of documents and the forms of
// numbers; knows no family. Reading is linear in the text.

import { hash } from "node:crypto";
import type { Language } from "@lemma/protocol";
import type { Matcher, SlotText } from "../matcher.ts";

/**
 * Entries by level. An English entry has about 70 characters, and a token about 4 of them: some 0.5K, 2K, 8K and 32K tokens of English;
 * the same entries in Chinese have a third of the characters.
 */
export const SIZES = [30, 130, 530, 2100] as const;

/** Rows that proofs walk at these levels for each hundred at the scored one: every check is the same, on fewer documents. */
export const PROOF_SHARES = [100, 20, 5, 2] as const;

/** No document is longer, in characters. */
const LONGEST = 400_000;
/** Lines beside the entries: the title, words around, the question. */
const MOST_OTHERS = 12;
const LONGEST_OTHER = 400;

const HEAD =
  /^\s*(?:(?:entry|day|no\.?|item|line|note|record|page)\s*|§\s*|[[(（]\s*|第\s*)?(\d{1,5})\s*(?:[.:)\]、：）．]|[条天号页则项行]\s*[：:、]?|\s|(?=\p{Script=Han}))\s*(\S.*)$/iu;

/** One entry as read: which form, and its values. */
export interface ReadEntry<T> {
  readonly tag: T;
  readonly slots: SlotText;
}

/** Entries 1, 2, 3, … as a reader knows them, and the other lines; undefined where an entry is unknown or out of its place. */
export function readEntries<T>(
  text: string,
  begin: (language: Language) => Matcher<T>,
): { entries: ReadEntry<T>[]; others: string[]; language: Language } | undefined {
  if (text.length > LONGEST || text.length < 100) return undefined;
  const language: Language = /\p{Script=Han}/u.test(text) ? "zh" : "en";
  const lines = text.split("\n");
  if (lines.length < 4) return undefined;
  const read = begin(language);
  const entries: ReadEntry<T>[] = [];
  const others: string[] = [];
  for (const typed of lines) {
    const line = language === "zh" ? typed.replace(/(?<=\p{Script=Han}) +| +(?=\p{Script=Han})/gu, "") : typed;
    const head = line.length > LONGEST_OTHER ? null : HEAD.exec(line);
    if (head === null || Number(head[1]) !== entries.length + 1) {
      if (line.length > LONGEST_OTHER || others.length >= MOST_OTHERS) return undefined;
      others.push(line);
      continue;
    }
    const entry = read(head[2]!);
    if (entry === undefined) return undefined;
    entries.push(entry);
  }
  return entries.length < 3 ? undefined : { entries, others, language };
}

/** What an entry is called in reasoning: `entry 12`, 第12条. */
export const entryLabel = (number: number, language: Language): string =>
  language === "en" ? `entry ${number}` : `第${number}条`;

/** The number of the entry that a label names; undefined where it names none. */
export function entryNumber(label: string): number | undefined {
  const found = /^(?:entry ?(\d{1,5})|第 ?(\d{1,5}) ?条)$/i.exec(label);
  return found === null ? undefined : Number(found[1] ?? found[2]);
}

/** A short name for a long text: documents are too long for a key. */
export const digest = (text: string): string => hash("sha256", text, "hex").slice(0, 16);

/** Whether two texts are equal beside spaces and case. */
export const plain = (text: string): string => text.replace(/\s+/g, "").toLowerCase();

// Answers that give each name a word: `Ann=knight, Bob: knave`, `Ann is a knight`, `李雷是骑士`. Owns reading and comparing them; knows no puzzle.

import type { Verdict } from "@lemma/protocol";
import { proved, refuted, unknown } from "../verdict.ts";

const PAIR = /^(.+?)\s*(?:=|[:：]|\bis\s+an?\b|\bis\b|是)\s*(.+?)[.。]?$/iu;

/** The word of each name, in lower case; undefined where a piece is no pair, or a name has two words. */
export function namedValues(text: string): Map<string, string> | undefined {
  const plain = text.replace(/\\(?:text|mathrm)\s*\{([^}]*)\}/g, "$1").replace(/\\[,;: ]/g, " ");
  const values = new Map<string, string>();
  for (const piece of plain.split(/[,，;；、\n]|\band\b/i)) {
    if (piece.trim() === "") continue;
    const pair = PAIR.exec(piece.trim().toLowerCase());
    if (pair === null) return undefined;
    const [name, value] = [pair[1]!.trim(), pair[2]!.trim()];
    if ((values.get(name) ?? value) !== value) return undefined;
    values.set(name, value);
  }
  return values.size === 0 ? undefined : values;
}

/** The verdict on words for names: each of the reference's, in any order, and no more. */
export function gradeNamedValues(answer: string, reference: string): Verdict {
  const expected = namedValues(reference);
  if (expected === undefined) return unknown("bad-input");
  const given = namedValues(answer);
  if (given === undefined) return unknown("unparsed");
  for (const [name, value] of expected) {
    const mine = given.get(name);
    if (mine === undefined) return refuted({ missing: name });
    if (mine !== value) return refuted({ [name]: mine, expected: value });
  }
  for (const name of given.keys()) if (!expected.has(name)) return refuted({ unexpected: name });
  return proved("exact");
}

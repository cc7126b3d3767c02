// Reads a question on a table: the table by its layout, then what is asked by the headings and names that the words around it mention.
// Owns these patterns; layouts.ts finds the table.

import { findTable } from "./layouts.ts";
import { wordOf } from "./lexicon.ts";
import { type Ask, solve, type TableQuestion } from "./problem.ts";

/** No longer text is a question of this family. */
const LONGEST = 2000;

const ABOVE =
  /(?:\b(?:more|greater|larger|higher) than|\babove|\bover|\bexceeding|>|超过|大于|高于|多于)\s*(\d{1,6})(?!\d|\.\d)/i;
const BELOW = /(?:\b(?:less|fewer|smaller|lower) than|\bbelow|\bunder|<|低于|少于|小于|不到)\s*(\d{1,6})(?!\d|\.\d)/i;
const SUM = /\b(?:sum|total|add|altogether)\b|总和|合计|总共|加起来|之和|相加/i;
const COUNT = /how many|\bcount|number of|多少|几/i;
const HIGH = /\b(?:highest|largest|greatest|most|biggest|maximum)\b|最[高大多]/i;
const LOW = /\b(?:lowest|smallest|least|fewest|minimum)\b|最[低小少]/i;
const DIFFERENCE = /\bdifference|\bgap\b|差/i;
const MORE = /how much (?:more|larger|greater|higher)|by how much does|比.*[多大高]|超过/i;
const OTHER = /\baverage|\bmean\b|\bmedian|at least|at most|\bratio|percent|平均|至少|至多|不超过|中位/i;

/** A row that is in no table that was found: one of its cells is open or no number, so the table is not this family's. */
const LEFT_OVER = /^ *\|.*\| *$|^[^,\n]{1,60}, *(?:\d{1,9}|\?) *(?:,|$)|^\S[^\n]{0,60}? {2,}(?:-?\d{1,9}|\?) *$/m;

/** The places of the words that a text mentions, in order. */
function mentions(text: string, words: readonly string[]): { word: number; at: number }[] {
  const lower = text.toLowerCase();
  return words
    .flatMap((word, i) => {
      const found: { word: number; at: number }[] = [];
      const needle = word.toLowerCase();
      for (let at = lower.indexOf(needle); at >= 0 && found.length < 4; at = lower.indexOf(needle, at + 1)) {
        const isPart =
          /[a-z]/.test(needle) && /[a-z]/.test((lower[at - 1] ?? " ") + (lower[at + needle.length] ?? " "));
        if (!isPart) found.push({ word: i, at });
      }
      return found;
    })
    .sort((p, q) => p.at - q.at);
}

function readAsk(rest: string, columns: readonly string[], names: readonly string[]): Ask | undefined {
  const named = mentions(rest, columns);
  const [first] = named;
  if (first === undefined || OTHER.test(rest)) return undefined;
  const mentioned = [...new Set(named.map(({ word }) => word))];
  const above = ABOVE.exec(rest);
  const limit = above ?? BELOW.exec(rest);
  if (limit !== null) {
    const by = named.findLast(({ at }) => at < limit.index) ?? first;
    const filter = { column: by.word, isAbove: above !== null, limit: Number(limit[1]) };
    if (mentioned.length > 2) return undefined;
    if (SUM.test(rest)) {
      const summed = mentioned.find((word) => word !== by.word) ?? by.word;
      return { kind: "filtered sum", ...filter, summed };
    }
    return COUNT.test(rest) && mentioned.length === 1 ? { kind: "count", ...filter } : undefined;
  }
  if (mentioned.length > 1) return undefined;
  const rows = [...new Set(mentions(rest, names).map(({ word }) => word))];
  const column = first.word;
  if (rows.length === 2 && (DIFFERENCE.test(rest) || MORE.test(rest)))
    return { kind: "difference", column, row: rows[0]!, other: rows[1]! };
  if (rows.length > 0) return undefined;
  if (HIGH.test(rest) !== LOW.test(rest)) return { kind: "extreme", column, isHigh: HIGH.test(rest) };
  return SUM.test(rest) ? { kind: "sum", column } : undefined;
}

/** Reads a question on a table; undefined where there is no table of whole numbers, or something else is asked. */
export function readTableQuestion(text: string): TableQuestion | undefined {
  if (text.length > LONGEST || !/\d/.test(text) || /print|console|```|=/.test(text)) return undefined;
  const found = findTable(text);
  if (found === undefined || LEFT_OVER.test(found.rest)) return undefined;
  const { head, columns, rows } = found.table;
  const ask = readAsk(
    found.rest,
    columns,
    rows.map(({ name }) => name),
  );
  if (ask === undefined) return undefined;
  const table = {
    head: wordOf(head),
    columns: columns.map(wordOf),
    rows: rows.map(({ name, values }) => ({ name: wordOf(name), values })),
  };
  const sorted = largerFirst(ask, rows, DIFFERENCE.test(found.rest));
  if (sorted === undefined) return undefined;
  const question = { table, ask: sorted };
  return solve(question) === undefined ? undefined : question;
}

/** A difference with the larger number first; "how much larger" is asked only of the larger. */
function largerFirst(ask: Ask, rows: TableQuestion["table"]["rows"], isEither: boolean): Ask | undefined {
  if (ask.kind !== "difference") return ask;
  const { kind, column, row, other } = ask;
  if (rows[row]!.values[column]! >= rows[other]!.values[column]!) return ask;
  return isEither ? { kind, column, row: other, other: row } : undefined;
}

// How string tasks become questions, and how such a question is read back. Owns the quoting of strings; the wordings stand in
// english.ts and chinese.ts.

import type { Language } from "@lemma/protocol";
import { numberPhrasings, type Phrasing } from "../../family.ts";
import { matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import { type Template, template } from "../../template.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./english.ts";
import { KINDS, type Kind, type StringTask } from "./problem.ts";

type Lists = Readonly<Record<Kind, readonly string[]>>;

const QUOTES: Readonly<Record<Language, readonly (readonly [open: string, close: string])[]>> = {
  en: [
    ['"', '"'],
    ['"', '"'],
    ["'", "'"],
    ["`", "`"],
  ],
  zh: [
    ['"', '"'],
    ["“", "”"],
    ["“", "”"],
    ["'", "'"],
  ],
};

const entries: (readonly [Template, Kind])[] = [];

/** The n-th phrasing has the n-th wording of every kind. */
function phrasings(group: "trained" | "heldout", language: Language, lists: Lists): Phrasing<StringTask>[] {
  return numberPhrasings(
    group,
    lists.reverse.map((_, n) => {
      const forms = Object.fromEntries(KINDS.map((kind) => [kind, template(lists[kind][n]!)])) as Record<
        Kind,
        Template
      >;
      for (const kind of KINDS) entries.push([forms[kind], kind]);
      return {
        templates: Object.values(forms),
        render({ kind, word, other = "" }, random) {
          const [open, close] = random.pick(QUOTES[language]);
          const quoted = (text: string) => open + text + close;
          return forms[kind].render({ w: quoted(word), v: quoted(other), c: quoted(other) }, random);
        },
      };
    }),
  );
}

export const stringPhrasings: Readonly<Record<Language, readonly Phrasing<StringTask>[]>> = {
  en: [...phrasings("trained", "en", TRAINED_EN), ...phrasings("heldout", "en", HELD_OUT_EN)],
  zh: [...phrasings("trained", "zh", TRAINED_ZH), ...phrasings("heldout", "zh", HELD_OUT_ZH)],
};

/** Longer strings are not this family's: its places have one digit, up to a dozen. */
const QUOTED = "[\"'`“‘][a-z]{1,12}[\"'`”’]";
const read = matcher(entries, { w: QUOTED, v: QUOTED, c: "[\"'`“‘][a-z][\"'`”’]" });

/** Reads a string task from a question in any of the wordings. */
export function readTask(text: string): StringTask | undefined {
  const question = questionText(text);
  if (question === undefined || !/["'`“‘][a-z]{1,12}["'`”’]/i.test(question)) return undefined;
  const found = read(question);
  if (found === undefined) return undefined;
  const bare = (slot: string | undefined) => slot?.slice(1, -1).toLowerCase();
  const { w, v, c } = found.slots;
  const word = bare(w);
  const other = bare(v ?? c);
  if (word === undefined) return undefined;
  return { kind: found.tag, word, ...(other === undefined ? {} : { other }) };
}

// How sequences are asked, and how such a question is read back; the texts stand in english.ts and chinese.ts.
//
// Slots: {s} the terms, {o} the terms with dots behind them or without, {last} the last one, {n} and {nth} the place (`12`, `12th`),
// {name} a person, {blank} a gap to fill.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { ruleOf, type Sequence } from "./problem.ts";

/** A text for each question: the next term, the n-th, the sum of the first n. */
export type Wording = readonly [next: string, term: string, sum: string];

/** One beginning for three questions: {q} is where they stand. */
export function frame(text: string, next: string, term: string, sum: string): Wording {
  const put = (question: string) => text.replace("{q}", question);
  return [put(next), put(term), put(sum)];
}

const ASKED = ["next", "term", "sum"] as const;

const NAMES = { en: ["Ann", "Ben", "Mia", "Tom", "Eva", "Leo"], zh: ["小明", "小红", "小华", "小丽"] } as const;

const BLANKS = { en: ["?", "__", "x", "..."], zh: ["？", "__", "（）", "（ ）"] } as const;

/** `1st`, `2nd`, `3rd`, `11th`. */
function ordinal(n: number): string {
  const ending = n % 100 > 10 && n % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${ending}`;
}

function slotsFor({ terms, n }: Sequence, language: Language, random: Random) {
  const comma =
    language === "en"
      ? ", "
      : random.weighted([
          ["，", 4],
          ["、", 3],
          [", ", 2],
          [",", 1],
        ] as const);
  const s = terms.join(comma);
  const dots = random.weighted([
    ["", 2],
    [`${comma}...`, 3],
    [`${comma}…`, 1],
  ] as const);
  return {
    s,
    o: s + dots,
    last: String(terms.at(-1)),
    n: String(n),
    nth: ordinal(n),
    name: random.pick(NAMES[language]),
    blank: random.pick(BLANKS[language]),
  };
}

/** The wordings of the family, by language. */
export const sequencePhrasings = phrasingsFrom<Sequence, Wording>({ en: ENGLISH, zh: CHINESE }, (wording, language) => {
  const forms = wording.map(template);
  return {
    templates: forms,
    render: (problem, random) => forms[ASKED.indexOf(problem.ask)]!.render(slotsFor(problem, language, random), random),
  };
});

const LIST = "-?\\d{1,9}(?:[,，、;；] ?-?\\d{1,9}){3,11}";
const DOTS = "(?:[,，、;；]? ?(?:\\.\\.\\.|…+))?";

/** Read, but never asked in these words alone. */
const ALSO_READ: readonly Wording[] = [
  ["next [term|number] [of|in] {o}", "{nth} [term|number] of {o}", "sum of the first {n} [terms|numbers] of {o}"],
  ["数列{o}的下一[项|个数]", "数列{o}的第{n}[项|个数]", "数列{o}的前{n}[项|个数][的|之|]和"],
];

let read: Matcher<Sequence["ask"]> | undefined;

const wordMatcher = (): Matcher<Sequence["ask"]> =>
  matcher(
    [ENGLISH, CHINESE]
      .flatMap(({ heldOut, trained }) => [...heldOut, ...trained, ...ALSO_READ])
      .flatMap((wording) => wording.map((text, i) => [template(text), ASKED[i]!] as const)),
    {
      s: LIST,
      o: LIST + DOTS,
      last: "-?\\d+",
      n: "\\d{1,3}",
      nth: "\\d{1,3}(?:st|nd|rd|th)",
      name: "[A-Z]\\w+|小.",
      // A question mark at the end may be missing.
      blank: "[?？]|__|x|（ ?）|\\.\\.\\.|$",
    },
  );

/** Places that may be asked: by rules other than the arithmetic one, each place is a step. */
const FARTHEST = { arithmetic: 999, other: 30 } as const;

/** Reads a sequence and what is asked of it; undefined where its terms follow no rule. */
export function readSequence(text: string): Sequence | undefined {
  const question = questionText(text);
  if (question === undefined || !new RegExp(LIST).test(question)) return undefined;
  read ??= wordMatcher();
  const found = read(question);
  if (found === undefined) return undefined;
  const { s, o, n, nth } = found.slots;
  const terms = (s ?? o)!.match(/-?\d+/g)!.map(Number);
  const rule = ruleOf(terms);
  const place = found.tag === "next" ? terms.length + 1 : Number.parseInt(n ?? nth ?? "0", 10);
  if (rule === undefined || place < 1 || place > FARTHEST[rule === "arithmetic" ? rule : "other"]) return undefined;
  return { terms, ask: found.tag, n: place };
}

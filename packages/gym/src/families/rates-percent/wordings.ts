// How rates and percent are asked, and how such a question is read back; the texts stand in english.ts and chinese.ts.
//
// Slots: {a} {b} {c} {d} {n} the numbers of a problem, {pct} its percentage (`15%`, `15 percent`, 百分之15); words that tell up from
// down ({rise} a noun, in Chinese also a verb; {go} {goes} {went} {raised} {change} {Change} verbs; {more} {larger} {dearer} {added}
// {above}); {name} {thing} {things} {unit} {trait} {do} {fee} for stories.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { isProblem, KINDS, type Kind, type Rates } from "./problem.ts";

/** Texts by kind; the first list of each language has as many as there are phrasings, a shorter one is gone through again. */
export interface Texts {
  readonly heldOut: Readonly<Record<Kind, readonly string[]>>;
  readonly trained: Readonly<Record<Kind, readonly string[]>>;
}

/** The words for up and down, by slot. */
const DIRECTIONS: Readonly<Record<Language, Readonly<Record<string, readonly [up: string, down: string]>>>> = {
  en: {
    rise: ["increase rise", "decrease drop reduction"],
    go: ["rise grow increase", "fall drop decrease"],
    goes: ["rises grows increases", "falls drops decreases"],
    went: ["grew", "shrank"],
    raised: ["raised increased", "lowered reduced decreased"],
    change: ["increase raise", "decrease reduce lower"],
    Change: ["Increase Raise", "Decrease Reduce Lower"],
    more: ["more", "less"],
    larger: ["larger", "smaller"],
    dearer: ["dearer", "cheaper"],
    added: ["added", "removed"],
    above: ["above", "below"],
  },
  zh: {
    rise: ["增加 上涨 提高 增长", "减少 下降 降低"],
    more: ["多", "少"],
    dearer: ["涨价", "降价"],
  },
};

const DOWN = /decrease|drop|reduc|fall|shrank|lower|less|small|cheap|removed|below|减|降|少/i;

const STORY = {
  en: {
    name: ["Ann", "Ben", "Mia", "Tom", "Eva", "Leo"],
    thing: ["coat", "bike", "lamp", "phone", "chair", "watch"],
    things: ["pens", "books", "apples", "eggs", "cups", "tickets"],
    trait: ["late", "ill", "new", "away"],
    do: ["swim", "dance", "sing", "cook"],
    fee: ["tax", "tip", "fee"],
  },
  zh: {
    name: ["小明", "小红", "小华", "小丽"],
    thing: ["外套", "自行车", "台灯", "手机", "椅子"],
    things: ["支笔", "本书", "个苹果", "张票", "个杯子"],
    trait: ["迟到", "请假", "生病"],
    do: ["游泳", "跳舞", "唱歌"],
    fee: ["税", "小费", "服务费"],
  },
} as const;

function slotsFor(problem: Rates, language: Language, random: Random) {
  const { kind, values, isDown } = problem;
  const [a, b, c, d] = values.map(String);
  const [percent, whole] = kind === "percent" ? [a, b] : [b, a];
  const pct = (r: Random) =>
    r.pick(
      language === "en"
        ? [`${percent}%`, `${percent}%`, `${percent} percent`]
        : [`${percent}%`, `${percent}%`, `百分之${percent}`],
    );
  const directions = Object.entries(DIRECTIONS[language]).map(
    ([slot, words]) => [slot, random.pick(words[isDown ? 1 : 0].split(" "))] as const,
  );
  const story = Object.entries(STORY[language]).map(([slot, words]) => [slot, random.pick<string>(words)] as const);
  const slots: Record<string, string | ((r: Random) => string)> = {
    ...Object.fromEntries(story),
    ...Object.fromEntries(directions),
    a: a!,
    b: b!,
    c: c ?? "",
    d: d ?? "",
    n: whole!,
    pct,
  };
  if (language === "zh") {
    const things = slots.things as string;
    slots.unit = things.slice(0, 1);
    slots.things = things.slice(1);
  }
  return slots;
}

/** As many wordings as the longest list has; wording i says each kind with text i of its list, the list gone through again. */
const wordingsOf = (texts: Texts["trained"]): Readonly<Record<Kind, string>>[] =>
  Array.from(
    { length: Math.max(...KINDS.map((kind) => texts[kind].length)) },
    (_, i) =>
      Object.fromEntries(KINDS.map((kind) => [kind, texts[kind][i % texts[kind].length]])) as Record<Kind, string>,
  );

const WORDINGS = {
  en: { heldOut: wordingsOf(ENGLISH.heldOut), trained: wordingsOf(ENGLISH.trained) },
  zh: { heldOut: wordingsOf(CHINESE.heldOut), trained: wordingsOf(CHINESE.trained) },
};

/** The wordings of the family, by language. */
export const ratesPhrasings = phrasingsFrom<Rates, Readonly<Record<Kind, string>>>(WORDINGS, (wording, language) => {
  const forms = new Map(KINDS.map((kind) => [kind, template(wording[kind])]));
  return {
    templates: [...forms.values()],
    render(problem, random) {
      const text = forms.get(problem.kind)!.render(slotsFor(problem, language, random), random);
      return /^[a-z]{2}/.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text;
    },
  };
});

let read: Matcher<Kind> | undefined;

function wordMatcher(): Matcher<Kind> {
  const number = "\\d{1,7}";
  const slots: Record<string, string> = { a: number, b: number, c: number, d: number, n: number };
  slots.pct = `${number} ?(?:%|percent|per cent)|百分之${number}`;
  slots.unit = "\\p{Script=Han}";
  for (const slot of new Set([...Object.keys(DIRECTIONS.en), ...Object.keys(DIRECTIONS.zh)]))
    slots[slot] = [DIRECTIONS.en[slot], DIRECTIONS.zh[slot]]
      .flatMap((words) => words ?? [])
      .flatMap((words) => words.split(" "))
      .join("|");
  for (const [slot, words] of Object.entries(STORY.en))
    slots[slot] = [
      ...words,
      ...STORY.zh[slot as keyof (typeof STORY)["zh"]].map((word) => (slot === "things" ? word.slice(1) : word)),
    ].join("|");
  return matcher(
    [ENGLISH, CHINESE].flatMap(({ heldOut, trained }) =>
      KINDS.flatMap((kind) => [...heldOut[kind], ...trained[kind]].map((text) => [template(text), kind] as const)),
    ),
    slots,
  );
}

/** Reads a problem from a question in any of the wordings; undefined where it has no whole answer. */
export function readRates(text: string): Rates | undefined {
  const question = questionText(text);
  if (question === undefined || !/\d\D+\d/.test(question)) return undefined;
  read ??= wordMatcher();
  const found = read(question);
  if (found === undefined) return undefined;
  const { tag: kind, slots } = found;
  const number = (slot: string) => Number(/\d+/.exec(slots[slot] ?? "")?.[0] ?? Number.NaN);
  const values =
    kind === "percent"
      ? [number("pct"), number("n")]
      : kind === "applied" || kind === "original"
        ? [number("n"), number("pct")]
        : ["a", "b", "c", "d"].slice(0, kind === "mixture" ? 4 : kind === "price" ? 3 : 2).map(number);
  const told = Object.keys(DIRECTIONS.en).flatMap((slot) => slots[slot] ?? []);
  const isDown = kind === "change" ? values[1]! < values[0]! : told.some((word) => DOWN.test(word));
  if (kind === "change" && told.some((word) => DOWN.test(word) !== isDown)) return undefined;
  const problem = { kind, values, isDown };
  return isProblem(problem) ? problem : undefined;
}

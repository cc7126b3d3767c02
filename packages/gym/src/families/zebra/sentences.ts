// Sentences of zebra puzzles: lists of values, clues, questions. Owns the manners of speaking, trained and held out, in both languages.
// Slots: {a} and {b} persons (categories.ts says how), {hasB} and {hasNotB} what is said of the second, {k} a house's number, {nth} the same
// as an ordinal, {one} and {all} a category, {list} its values.

import type { Language } from "@lemma/protocol";
import type { Clue } from "./puzzle.ts";

/** The sentences for one kind of clue, question or list. */
export interface Manner {
  readonly clues: Readonly<Record<Clue["kind"], readonly string[]>>;
  readonly lists: readonly string[];
  /** Which value of a category goes with a value; in which house it is; which value a numbered house has. */
  readonly asks: {
    readonly with: readonly string[];
    readonly house: readonly string[];
    readonly in: readonly string[];
  };
  /** Between clues: a held-out manner has a word of its own there. */
  readonly between: readonly string[];
  /** Before the last word of a list: a long list is a run of characters that held-out manners don't share. */
  readonly and: string;
}

const EN_TRAINED: Manner = {
  clues: {
    same: ["{a} {hasB}"],
    not: ["{a} {hasNotB}"],
    at: ["{a} lives in house {k}", "{a} lives in house number {k}", "{a} lives in the {nth} house"],
    notAt: ["{a} does not live in house {k}", "{a} does not live in the {nth} house"],
    left: ["{a} lives to the left of {b}", "{a} lives somewhere to the left of {b}"],
    right: ["{a} lives to the right of {b}", "{a} lives somewhere to the right of {b}"],
    justLeft: ["{a} lives directly to the left of {b}", "{a} lives immediately to the left of {b}"],
    justRight: ["{a} lives directly to the right of {b}", "{a} lives immediately to the right of {b}"],
    beside: ["{a} lives next to {b}", "{a} lives next door to {b}", "{a} and {b} are neighbours"],
  },
  lists: ["The {all} are {list}.", "The {all}: {list}.", "There are different {all}: {list}."],
  asks: {
    with: ["Which {one} goes with {a}?", "What is the {one} of {a}?", "Find the {one} of {a}."],
    house: ["In which house does {a} live?", "What is the house number of {a}?", "Where does {a} live?"],
    in: ["Which {one} belongs to house {k}?", "What is the {one} in house {k}?"],
  },
  between: [". ", ". ", "; "],
  and: " and ",
};

const EN_HELD_OUT: readonly Manner[] = [
  {
    clues: {
      same: ["{a} plus {b} make one person"],
      not: ["{a} plus {b} make two persons"],
      at: ["{a} occupies number {k}"],
      notAt: ["{a} never occupied number {k}"],
      left: ["{a} comes before {b}"],
      right: ["{a} comes after {b}"],
      justLeft: ["{a} comes just before {b}"],
      justRight: ["{a} comes just after {b}"],
      beside: ["{a} touches {b}"],
    },
    lists: ["Among {all} we have {list} here."],
    asks: {
      with: ["Which {one} matches {a}?"],
      house: ["Which number matches {a}?"],
      in: ["Which {one} matches number {k}?"],
    },
    between: [". Then again, "],
    and: " and ",
  },
  {
    clues: {
      same: ["{a} equals {b}"],
      not: ["{a} never equals {b}"],
      at: ["{a} holds place {k}"],
      notAt: ["{a} avoids place {k}"],
      left: ["{a} stands farther west than {b}"],
      right: ["{a} stands farther east than {b}"],
      justLeft: ["{a} stands one place west from {b}"],
      justRight: ["{a} stands one place east from {b}"],
      beside: ["{a} borders on {b}"],
    },
    lists: ["Here {list} serve as {all}."],
    asks: {
      with: ["For {a}, state the {one}."],
      house: ["For {a}, state the place."],
      in: ["For place {k}, state the {one}."],
    },
    between: ["; moreover, "],
    and: " and ",
  },
  {
    clues: {
      same: ["{a} turns out as {b}"],
      not: ["{a} cannot be {b}"],
      at: ["{a} got door {k}"],
      notAt: ["{a} missed door {k}"],
      left: ["{a} precedes {b}"],
      right: ["{a} follows {b}"],
      justLeft: ["{a} immediately precedes {b}"],
      justRight: ["{a} immediately follows {b}"],
      beside: ["{a} adjoins {b}"],
    },
    lists: ["{all} to hand out: {list}, nothing else."],
    asks: {
      with: ["Work out which {one} suits {a}."],
      house: ["Work out which door suits {a}."],
      in: ["Work out which {one} suits door {k}."],
    },
    between: [". Besides, "],
    and: " and ",
  },
];

const ZH_TRAINED: Manner = {
  clues: {
    same: ["{a}{hasB}"],
    not: ["{a}{hasNotB}"],
    at: ["{a}住在{k}号房", "{a}住在第{k}座房子"],
    notAt: ["{a}不住在{k}号房", "{a}不住在第{k}座房子"],
    left: ["{a}住在{b}的左边", "{a}住在{b}左边的某处"],
    right: ["{a}住在{b}的右边", "{a}住在{b}右边的某处"],
    justLeft: ["{a}住在紧靠{b}左边的房子", "{a}紧靠着住在{b}的左边"],
    justRight: ["{a}住在紧靠{b}右边的房子", "{a}紧靠着住在{b}的右边"],
    beside: ["{a}住在{b}的隔壁", "{a}和{b}是邻居"],
  },
  lists: ["{all}有{list}。", "{all}：{list}。", "{all}各不相同，是{list}。"],
  asks: {
    with: ["{a}的{one}是什么？", "求{a}的{one}。", "{a}的{one}是哪一个？"],
    house: ["{a}住在几号房？", "求{a}的房号。", "{a}的房号是多少？"],
    in: ["{k}号房的{one}是什么？", "求{k}号房的{one}。"],
  },
  between: ["。", "；", "，"],
  and: "和",
};

const ZH_HELD_OUT: readonly Manner[] = [
  {
    clues: {
      same: ["{a}跟{b}算一个人"],
      not: ["{a}跟{b}算两个人"],
      at: ["{a}占了第{k}间"],
      notAt: ["{a}没占第{k}间"],
      left: ["{a}的位置先于{b}"],
      right: ["{a}的位置后于{b}"],
      justLeft: ["{a}的位置恰好先于{b}"],
      justRight: ["{a}的位置恰好后于{b}"],
      beside: ["{a}的位置挨着{b}"],
    },
    lists: ["{all}当中可见{list}之类。"],
    asks: { with: ["哪个{one}对得上{a}？"], house: ["哪一间对得上{a}？"], in: ["哪个{one}对得上第{k}间？"] },
    between: ["。又闻"],
    and: "、",
  },
  {
    clues: {
      same: ["{a}等于{b}"],
      not: ["{a}异于{b}"],
      at: ["{a}排到{k}位"],
      notAt: ["{a}没排{k}位"],
      left: ["{a}比{b}更靠左端"],
      right: ["{a}比{b}更靠右端"],
      justLeft: ["{a}比{b}靠左一位"],
      justRight: ["{a}比{b}靠右一位"],
      beside: ["{a}毗连{b}"],
    },
    lists: ["{list}构成{all}。"],
    asks: { with: ["就{a}而言，{one}为何？"], house: ["就{a}而言，排位为何？"], in: ["就{k}位而言，{one}为何？"] },
    between: ["；此外，"],
    and: "、",
  },
  {
    clues: {
      same: ["{a}恰为{b}"],
      not: ["{a}绝非{b}"],
      at: ["{a}门牌为{k}"],
      notAt: ["{a}门牌非{k}"],
      left: ["{a}排前而{b}排后"],
      right: ["{a}排后而{b}排前"],
      justLeft: ["{a}之后紧接{b}"],
      justRight: ["{a}之前紧接{b}"],
      beside: ["{a}邻近{b}"],
    },
    lists: ["要安排的{all}：{list}，别无其他。"],
    asks: {
      with: ["请推断与{a}相配的{one}。"],
      house: ["请推断与{a}相配的门牌。"],
      in: ["请推断与门牌{k}相配的{one}。"],
    },
    between: ["。再则，"],
    and: "、",
  },
];

export const MANNERS: Readonly<Record<Language, { readonly trained: Manner; readonly heldOut: readonly Manner[] }>> = {
  en: { trained: EN_TRAINED, heldOut: EN_HELD_OUT },
  zh: { trained: ZH_TRAINED, heldOut: ZH_HELD_OUT },
};

export const ORDINALS = ["first", "second", "third", "fourth", "fifth"] as const;

// What houses and the people in them have: names, colours, pets, drinks, jobs, hobbies. Owns the words of both languages; knows no clue.
// No two words of a language are equal or contain each other, so that a word says its category.

import type { Language } from "@lemma/protocol";
import { NAMES } from "../ordering/names.ts";

/** The words of one category in one language; {v} is a value. */
export interface CategoryWords {
  readonly words: readonly string[];
  /** What the category is called: for one value and for all. */
  readonly one: string;
  readonly all: string;
  /** The person with a value, as the subject of a sentence. */
  readonly who: string;
  /** What is said of that person: that it is so, that it isn't. */
  readonly has: string;
  readonly hasNot: string;
}

export type Category = Readonly<Record<Language, CategoryWords>>;

const say = (one: string, all: string, who: string, has: string, hasNot: string) => ({ one, all, who, has, hasNot });

/** All categories, in a fixed order; the first is that of the people. */
export const CATEGORIES: readonly Category[] = [
  {
    en: { words: NAMES.en, ...say("name", "names", "{v}", "is {v}", "is not {v}") },
    zh: { words: NAMES.zh, ...say("名字", "名字", "{v}", "是{v}", "不是{v}") },
  },
  {
    en: {
      words: ["red", "green", "blue", "yellow", "white"],
      ...say(
        "house colour",
        "house colours",
        "the {v} house's owner",
        "lives in the {v} house",
        "does not live in the {v} house",
      ),
    },
    zh: {
      words: ["红", "绿", "蓝", "黄", "白"],
      ...say("房子颜色", "房子颜色", "住{v}房子的人", "住{v}房子", "不住{v}房子"),
    },
  },
  {
    en: {
      words: ["cat", "dog", "fish", "parrot", "rabbit"],
      ...say("pet", "pets", "the {v} owner", "has the {v}", "does not have the {v}"),
    },
    zh: { words: ["猫", "狗", "鱼", "鹦鹉", "兔子"], ...say("宠物", "宠物", "养{v}的人", "养{v}", "不养{v}") },
  },
  {
    en: {
      words: ["tea", "coffee", "milk", "water", "juice"],
      ...say("drink", "drinks", "the {v} drinker", "drinks {v}", "does not drink {v}"),
    },
    zh: { words: ["茶", "咖啡", "牛奶", "水", "果汁"], ...say("饮料", "饮料", "喝{v}的人", "喝{v}", "不喝{v}") },
  },
  {
    en: {
      words: ["baker", "doctor", "lawyer", "driver", "farmer"],
      ...say("job", "jobs", "the {v}", "is the {v}", "is not the {v}"),
    },
    zh: { words: ["面包师", "医生", "律师", "司机", "农民"], ...say("职业", "职业", "{v}", "是{v}", "不是{v}") },
  },
  {
    en: {
      words: ["painting", "singing", "dancing", "swimming", "chess"],
      ...say("hobby", "hobbies", "the {v} fan", "likes {v}", "does not like {v}"),
    },
    zh: { words: ["画画", "唱歌", "跳舞", "游泳", "下棋"], ...say("爱好", "爱好", "爱{v}的人", "爱{v}", "不爱{v}") },
  },
];

// The phrases of a problem: what an urn holds, what is asked for, which dice. Owns their spelling in both languages, for trained and for
// held-out wordings apart; read.ts reads them back.
//
// Sorts are no colours that noise (noise-words.ts) may put into a question.

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import type { Coins, Dice, Draw, Draws, Numbered, Table, Trials } from "./problem.ts";

/** Who speaks: the language, the group of wordings, and the choice among equal phrases. */
export interface Voice {
  readonly language: Language;
  readonly isHeldOut: boolean;
  readonly random: Random;
}

const SORTS = {
  en: {
    trained: ["black", "grey", "striped", "plain", "beige"],
    heldOut: ["violet", "spotted", "maroon", "turquoise"],
  },
  zh: { trained: ["紫", "灰", "橙", "粉"], heldOut: ["棕", "条纹", "圆点", "格子"] },
} as const;
const THINGS = {
  en: { trained: ["marbles", "beads", "buttons", "socks", "cards"], heldOut: ["pebbles", "tokens", "gems"] },
  zh: { trained: ["个|球"], heldOut: ["颗|珠"] },
} as const;
const GROUPS = {
  en: {
    trained: ["boys girls", "teachers pupils", "cooks drivers", "poets painters"],
    heldOut: ["farmers sailors", "nurses lawyers"],
  },
  zh: { trained: ["男生 女生", "老师 学生", "厨师 司机"], heldOut: ["农夫 水手", "护士 律师"] },
} as const;
const TRAITS = {
  en: { trained: ["sing", "dance", "swim", "cook"], heldOut: ["ski", "knit", "jog"] },
  zh: { trained: ["会唱歌", "会跳舞", "会游泳"], heldOut: ["会滑雪", "会编织"] },
} as const;

type Lists = Readonly<Record<Language, { readonly trained: readonly string[]; readonly heldOut: readonly string[] }>>;
const listOf = (lists: Lists, { language, isHeldOut }: Voice): readonly string[] =>
  lists[language][isHeldOut ? "heldOut" : "trained"];

/** An urn: its slots, and the word for each sort. */
export function spellCounts(counts: readonly number[], voice: Voice) {
  const words = voice.random.shuffle(listOf(SORTS, voice)).slice(0, counts.length);
  const things = voice.random.pick(listOf(THINGS, voice));
  if (voice.language === "en") {
    const parts = counts.map((count, i) => `${count} ${words[i]}`);
    return { sorts: words, slots: { counts: `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`, things } };
  }
  const [unit, noun] = things.split("|");
  const parts = counts.map((count, i) => `${count}${unit}${words[i]}${noun}`);
  return {
    sorts: words.map((word) => word + noun),
    slots: { counts: `${parts.slice(0, -1).join("、")}和${parts.at(-1)}` },
  };
}

/** Which thing is wanted of one draw: `not black`, `a violet or a spotted one`. */
export function spellDraw({ wanted, isNot }: Draw, sorts: readonly string[], voice: Voice): string {
  const words = wanted.map((sort) => sorts[sort]!);
  if (voice.language === "en") {
    if (voice.isHeldOut)
      return isNot ? `anything but ${words[0]}` : `${words.map((word) => `a ${word}`).join(" or ")} one`;
    return (isNot ? "not " : "") + words.join(" or ");
  }
  if (voice.isHeldOut) return isNot ? `${words[0]}以外的珠` : words.join("或");
  return (isNot ? "不是" : "是") + words.join("或");
}

const NUMBER_CONDITIONS = {
  en: {
    trained: {
      more: ["is larger than {k}", "is greater than {k}"],
      less: ["is smaller than {k}", "is less than {k}"],
      least: ["is at least {k}"],
      multiple: ["is a multiple of {k}", "is divisible by {k}"],
    },
    heldOut: {
      more: ["exceed {k}"],
      less: ["stay below {k}"],
      least: ["reach {k} or more"],
      multiple: ["have {k} as a factor"],
    },
  },
  zh: {
    trained: {
      more: ["大于{k}"],
      less: ["小于{k}"],
      least: ["不小于{k}", "至少是{k}"],
      multiple: ["是{k}的倍数", "能被{k}整除"],
    },
    heldOut: { more: ["超过{k}"], less: ["不到{k}"], least: ["达到{k}"], multiple: ["含有因数{k}"] },
  },
} as const;

export function spellNumber({ condition, k }: Numbered, { language, isHeldOut, random }: Voice): string {
  const phrases = NUMBER_CONDITIONS[language][isHeldOut ? "heldOut" : "trained"][condition];
  return random.pick<string>(phrases).replace("{k}", String(k));
}

export function spellCoins({ condition, k }: Coins, { language, isHeldOut, random }: Voice): string {
  if (language === "zh") {
    const side = random.pick(["正面", "反面"]);
    if (isHeldOut) return condition === "exactly" ? `${side}不多不少${k}回` : `${side}起码${k}回`;
    return `${condition === "exactly" ? "恰好" : "至少"}有${k}个${side}`;
  }
  const side = random.pick(["head", "tail"]) + (k === 1 ? "" : "s");
  if (isHeldOut) return condition === "exactly" ? `precisely ${k} ${side}` : `${k} ${side} or more`;
  return `${condition === "exactly" ? "exactly" : "at least"} ${k} ${side}`;
}

const BACK = {
  en: {
    trained: { true: ["with replacement", "putting each back"], false: ["without replacement", "putting none back"] },
    heldOut: { true: ["each returned before the next"], false: ["none returned"] },
  },
  zh: {
    trained: { true: ["有放回"], false: ["不放回"] },
    heldOut: { true: ["每颗看完丢回去"], false: ["掏出的都留在外面"] },
  },
} as const;

export function spellDraws(problem: Draws, sorts: readonly string[], { language, isHeldOut, random }: Voice) {
  const { times, isBack, event } = problem;
  const [x, y] = problem.sorts.map((sort) => sorts[sort]!);
  const back = random.pick<string>(BACK[language][isHeldOut ? "heldOut" : "trained"][`${isBack}`]);
  const isThree = times === 3;
  if (language === "zh") {
    const k = isThree ? "三" : "两";
    const events = isHeldOut
      ? { all: `颗颗是${x}`, order: `${x}在前、${y}在后`, each: `${x}与${y}各一颗`, some: `其中见到${x}` }
      : {
          all: `${k}个都是${x}`,
          order: `先取到${x}、后取到${y}`,
          each: `一个是${x}、一个是${y}`,
          some: `至少有一个${x}`,
        };
    return { k, back, event: events[event] };
  }
  const events = isHeldOut
    ? {
        all: `nothing but ${x}`,
        order: `${x} followed by ${y}`,
        each: `${x} and ${y} in either order`,
        some: `any ${x} among them`,
      }
    : {
        all: `${isThree ? "all three" : "both"} are ${x}`,
        order: `the first is ${x} and the second is ${y}`,
        each: `one is ${x} and one is ${y}`,
        some: `at least one is ${x}`,
      };
  return { k: isThree ? "three" : "two", K: isThree ? "Three" : "Two", back, event: events[event] };
}

export function spellDice({ sides: [a, b], condition, k }: Dice, { language, isHeldOut, random }: Voice) {
  const isPlain = a === 6 && b === 6 && random.chance(0.5);
  if (language === "zh") {
    if (isHeldOut)
      return {
        dice: a === b ? `一对${a}面骰` : `${a}面骰与${b}面骰各一`,
        cond: { sum: `总点数为${k}`, least: `总点数达到${k}`, most: `总点数不超过${k}` }[condition],
      };
    return {
      dice: isPlain ? "两个骰子" : a === b ? `两个${a}面骰子` : `一个${a}面骰子和一个${b}面骰子`,
      cond: { sum: `点数之和是${k}`, least: `点数之和至少是${k}`, most: `点数之和至多是${k}` }[condition],
    };
  }
  if (isHeldOut)
    return {
      dice: a === b ? `a pair of ${a}-sided dice` : `one ${a}-sided and one ${b}-sided die`,
      cond: `a total of ${k}${{ sum: "", least: " or more", most: " or less" }[condition]}`,
    };
  return {
    dice: isPlain
      ? "two dice"
      : a === b
        ? `two dice with ${a} faces`
        : `a die with ${a} faces and a die with ${b} faces`,
    cond: `the sum is ${{ sum: "", least: "at least ", most: "at most " }[condition]}${k}`,
  };
}

export function spellTrials({ event }: Trials, { language, isHeldOut, random }: Voice): string {
  if (language === "zh")
    return isHeldOut
      ? { all: "全部得手", none: "全部落空", some: "起码得手一回" }[event]
      : { all: "每次都成功", none: "一次也不成功", some: "至少成功一次" }[event];
  if (isHeldOut) return { all: "only successes", none: "only failures", some: "one success or more" }[event];
  return {
    all: random.pick(["every try succeeds", "all tries succeed"]),
    none: "no try succeeds",
    some: "at least one try succeeds",
  }[event];
}

/** The slots of a two-way table. */
export function spellTable({ cells, given, group, trait }: Table, voice: Voice) {
  const [A, B] = voice.random.pick(listOf(GROUPS, voice)).split(" ") as [string, string];
  const verb = voice.random.pick(listOf(TRAITS, voice));
  const told = [A, B][group]!;
  const isNot = trait === 1;
  const sides = {
    en: voice.isHeldOut
      ? { group: [`to be a ${told.slice(0, -1)}`], trait: [isNot ? `not to ${verb}` : `to ${verb}`] }
      : {
          group: [`the ${told}`, `is a ${told.slice(0, -1)}`],
          trait: isNot ? [`those who do not ${verb}`, `does not ${verb}`] : [`those who ${verb}`, `${verb}s`],
        },
    zh: voice.isHeldOut
      ? { group: [`是${told}`], trait: [(isNot ? "不" : "") + verb] }
      : {
          group: [told, `是${told}`],
          trait: isNot ? [`不${verb}的人`, `不${verb}`] : [`${verb}的人`, verb],
        },
  }[voice.language];
  const [[a, c], [b, d]] = cells;
  return {
    A,
    B,
    do: verb,
    a: String(a),
    b: String(b),
    c: String(c),
    d: String(d),
    p: String(a + c),
    q: String(b + d),
    given: sides[given][0]!,
    wanted: sides[given === "group" ? "trait" : "group"].at(-1)!,
  };
}

// What the people are compared in. Owns the relation words of both languages; knows no puzzle. `high` is the end that `>`
// points away from: `Ann>Bob` says that Ann is taller, faster, older, … or comes before Bob in a race, an arrival, a ranking.
//
// In a fact {a} is the name said first, {b} the other, {m} a modifier. `up` says that {a} is above {b}, `down` that {b} is.
// Held-out wordings use only facts with {m} and without 的, and modifiers of their own: no long run of characters is shared. An entry that stands twice is chosen twice as often.

import type { Language } from "@lemma/protocol";

/** The words of a quantity in one language. */
export interface QuantityWords {
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** What trained wordings say instead, where a sentence would share a run of characters with a held-out wording. */
  readonly trained?: { readonly up: readonly string[]; readonly down: readonly string[] };
  readonly modifiers: readonly string[];
  readonly heldOutModifiers: readonly string[];
  /** The two ends as they stand in "from … to …". */
  readonly from: string;
  readonly to: string;
  /** The first, second and third from the high end; the first (and second) from the low end. */
  readonly high: readonly string[];
  readonly low: readonly string[];
  /** What the people talk about. */
  readonly topic: string;
}

export interface Quantity {
  readonly id: string;
  readonly words: Readonly<Record<Language, QuantityWords>>;
}

const EN_DEGREE = {
  modifiers: [
    ...["", "", "", "", "a bit ", "much ", "slightly ", "clearly ", "a little ", "a lot ", "noticeably "],
    ...[
      "considerably ",
      "quite a bit ",
      "only slightly ",
      "a good deal ",
      "just a little bit ",
      "rather ",
      "definitely ",
    ],
  ],
  heldOutModifiers: ["even ", "far ", "somewhat "],
};
const EN_PLACE = {
  modifiers: [
    ...["", "", "", "", "a bit ", "just ", "well ", "a little ", "only just ", "a long way ", "some way "],
    ...["quite a bit ", "just a little bit ", "a good deal ", "right ", "clearly "],
  ],
  heldOutModifiers: EN_DEGREE.heldOutModifiers,
};
const ZH_DEGREE = {
  modifiers: [
    ...["", "", "", "", "更", "还要", "稍微", "还", "要", "略微", "稍稍", "要稍微"],
    ...["一直", "总是", "显然", "真的", "还要更", "显然要", "真的要"],
  ],
  heldOutModifiers: ["明显", "确实", "其实"],
};

/** English words of an adjective with its comparative and superlative, and those of its opposite. */
function english(
  topic: string,
  adjective: string,
  [more, most]: readonly [string, string],
  [less, least]: readonly [string, string],
  also: { readonly up?: string; readonly down?: string } = {},
): QuantityWords {
  const says = (word: string) => `{a} is {m}${word} than {b}`;
  return {
    ...EN_DEGREE,
    up: [says(more), says(more), also.up ?? says(more), `compared with {a}, {b} is {m}${less}`],
    down: [says(less), says(less), also.down ?? says(less), `{a} is not as ${adjective} as {b}`],
    from: most,
    to: least,
    high: [`the ${most}`, `the second ${most}`, `the third ${most}`],
    low: [`the ${least}`, `the second ${least}`],
    topic,
  };
}

/** Chinese words: `more` and `less` stand behind 比 …, `most` and `least` in 最…的, 第二…的. */
function chinese(
  topic: string,
  more: string,
  less: string,
  ends: readonly [from: string, to: string],
  superlatives: readonly [high: string, low: string],
  also: { readonly up?: string; readonly down?: string } = {},
): QuantityWords {
  const says = (word: string) => `{a}比{b}{m}${word}`;
  const [high, low] = superlatives.map((word) => (place: string) => word.replace("*", place)) as [
    (place: string) => string,
    (place: string) => string,
  ];
  return {
    ...ZH_DEGREE,
    up: [says(more), says(more), also.up ?? says(more), `和{a}相比，{b}{m}${less}`],
    down: [says(less), says(less), also.down ?? says(less), `{a}没有{b}${more}`],
    from: ends[0],
    to: ends[1],
    high: [high("最"), high("第二"), high("第三")],
    low: [low("最"), low("第二")],
    topic,
  };
}

/** All quantities, in a fixed order. */
export const QUANTITIES: readonly Quantity[] = [
  {
    id: "height",
    words: {
      en: english("their heights", "tall", ["taller", "tallest"], ["shorter", "shortest"]),
      zh: chinese("身高", "高", "矮", ["高", "矮"], ["*高的", "*矮的"], {
        up: "{a}的个子比{b}{m}高",
        down: "{a}的个子比{b}{m}矮",
      }),
    },
  },
  {
    id: "speed",
    words: {
      en: english("their pace", "fast", ["faster", "fastest"], ["slower", "slowest"], {
        up: "{a} runs {m}faster than {b}",
        down: "{a} runs {m}slower than {b}",
      }),
      zh: chinese("跑步", "快", "慢", ["快", "慢"], ["*快的", "*慢的"], {
        up: "{a}跑得比{b}{m}快",
        down: "{a}跑得比{b}{m}慢",
      }),
    },
  },
  {
    id: "age",
    words: {
      en: english("their ages", "old", ["older", "oldest"], ["younger", "youngest"]),
      zh: chinese("年龄", "年长", "年轻", ["年长", "年轻"], ["*年长的", "*年轻的"], {
        up: "{a}的年龄比{b}{m}大",
        down: "{a}的年龄比{b}{m}小",
      }),
    },
  },
  {
    id: "weight",
    words: {
      en: english("their weight", "heavy", ["heavier", "heaviest"], ["lighter", "lightest"], {
        up: "{a} weighs {m}more than {b}",
        down: "{a} weighs {m}less than {b}",
      }),
      zh: chinese("体重", "重", "轻", ["重", "轻"], ["*重的", "*轻的"], {
        up: "{a}的体重比{b}{m}大",
        down: "{a}的体重比{b}{m}小",
      }),
    },
  },
  {
    id: "wealth",
    words: {
      en: english("their money", "rich", ["richer", "richest"], ["poorer", "poorest"], {
        up: "{a} owns {m}more than {b}",
        down: "{a} owns {m}less than {b}",
      }),
      zh: chinese("财富", "富有", "贫穷", ["富有", "贫穷"], ["*富有的", "*贫穷的"], {
        up: "{a}的钱比{b}{m}多",
        down: "{a}的钱比{b}{m}少",
      }),
    },
  },
  {
    id: "strength",
    words: {
      en: english("their strength", "strong", ["stronger", "strongest"], ["weaker", "weakest"]),
      zh: chinese("力气", "强壮", "弱", ["强", "弱"], ["*强的", "*弱的"], {
        up: "{a}的力气比{b}{m}大",
        down: "{a}的力气比{b}{m}小",
      }),
    },
  },
  {
    id: "arrival",
    words: {
      en: {
        ...EN_DEGREE,
        up: ["{a} arrived {m}earlier than {b}", "{a} came {m}earlier than {b}"],
        down: ["{a} arrived {m}later than {b}", "{a} came {m}later than {b}"],
        from: "earliest",
        to: "latest",
        high: ["the earliest", "the second earliest", "the third earliest"],
        low: ["the latest", "the second latest"],
        topic: "their arrival",
      },
      zh: {
        ...ZH_DEGREE,
        up: ["{a}比{b}{m}早到", "{a}到得比{b}{m}早"],
        down: ["{a}比{b}{m}晚到", "{a}到得比{b}{m}晚"],
        from: "早",
        to: "晚",
        high: ["最早到的", "第二早到的", "第三早到的"],
        low: ["最晚到的", "第二晚到的"],
        topic: "到达时间",
      },
    },
  },
  {
    id: "race",
    words: {
      en: {
        ...EN_PLACE,
        up: ["{a} finished {m}before {b}", "{a} finished {m}ahead of {b}"],
        down: ["{a} finished {m}after {b}", "{a} finished {m}behind {b}"],
        from: "first",
        to: "last",
        high: ["the first to finish", "the second to finish", "the third to finish"],
        low: ["the last to finish"],
        topic: "a race",
      },
      zh: {
        ...ZH_DEGREE,
        up: ["{a}比{b}{m}先到终点", "{a}{m}先于{b}到终点"],
        down: ["{a}比{b}{m}后到终点", "{a}{m}后于{b}到终点"],
        trained: {
          up: ["{a}比{b}{m}先到终点", "{a}{m}先于{b}到达终点"],
          down: ["{a}比{b}{m}后到终点", "{a}{m}后于{b}到达终点"],
        },
        from: "最先",
        to: "最后",
        high: ["第一个到终点的", "第二个到终点的", "第三个到终点的"],
        low: ["最后到终点的"],
        topic: "一场比赛",
      },
    },
  },
  {
    id: "rank",
    words: {
      en: {
        ...EN_PLACE,
        up: ["{a} is ranked {m}above {b}", "{a} ranks {m}above {b}"],
        down: ["{a} is ranked {m}below {b}", "{a} ranks {m}below {b}"],
        from: "highest",
        to: "lowest",
        high: ["the highest", "the second highest", "the third highest"],
        low: ["the lowest", "the second lowest"],
        topic: "their ranks",
      },
      zh: {
        ...ZH_DEGREE,
        up: ["{a}的排名比{b}{m}高", "{a}的名次比{b}{m}高", "{a}排名比{b}{m}高"],
        down: ["{a}的排名比{b}{m}低", "{a}的名次比{b}{m}低", "{a}排名比{b}{m}低"],
        from: "高",
        to: "低",
        high: ["排名最高的", "排名第二高的", "排名第三高的"],
        low: ["排名最低的", "排名第二低的"],
        topic: "排名",
      },
    },
  },
];

/** The quantity with this id. */
export function quantityById(id: string): Quantity {
  return QUANTITIES.find((quantity) => quantity.id === id) as Quantity;
}

// How choices are counted in questions, and how such a question is read back. The held-out wordings were written first; each has a text
// for arrangements, one for selections, one for sequences with repetition. Slots: {n} things, {k} of them, {things} and {name} for stories.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { type Choice, isProblem, KINDS, type Kind } from "./problem.ts";

type Wording = readonly [arrangements: string, selections: string, sequences: string];

const ENGLISH: Wordings<Wording> = {
  heldOut: [
    [
      "From {n} dancers a queue of {k} is formed. How many queues could be formed?",
      "From {n} dancers a troupe of {k} is formed. How many troupes could be formed?",
      "A safe wants {k} symbols, each from {n} signs that may come back. How many codes could be formed?",
    ],
    [
      "{n} paints, {k} stripes, no paint twice: count the flags.",
      "{n} paints, {k} go on a palette, no paint twice: count the palettes.",
      "{n} paints, {k} stripes, paints may come back: count the flags.",
    ],
    [
      "With {n} runners, gold to rank {k} can be awarded in what number of manners?",
      "With {n} runners, an unranked squad of {k} can be named in what number of manners?",
      "With {n} answers to each of {k} quiz items, a sheet can be filled in what number of manners?",
    ],
  ],
  trained: [
    [
      "[In how many ways can we|How many ways are there to] arrange {k} of {n} [different |]{things} in a row?",
      "[In how many ways can we|How many ways are there to] choose {k} of {n} [different |]{things}[, in any order|, without order]?",
      "[In how many ways can we|How many ways are there to] write {k} [letters|digits] of {n}, [each as often as you like|with repetition]?",
    ],
    [
      "[How many|What number of] permutations of {k} out of {n} [are there|exist]?",
      "[How many|What number of] combinations of {k} out of {n} [are there|exist]?",
      "[How many|What number of] sequences of length {k} over {n} [symbols|letters] [are there|exist]?",
    ],
    ["P({n}, {k}) [= ?|=|=?|is what?]", "C({n}, {k}) [= ?|=|=?|is what?]", "{n}^{k} [words|codes]: how many is that?"],
    [
      "[Compute|Find|Calculate] the number of [ordered choices|arrangements] of {k} from {n}.",
      "[Compute|Find|Calculate] the number of [unordered choices|selections] of {k} from {n}.",
      "[Compute|Find|Calculate] the number of [ordered choices|sequences] of {k} from {n} with repetition.",
    ],
    [
      "{name} puts {k} of {n} {things} on a shelf, side by side. How many orders are possible?",
      "{name} takes {k} of {n} {things} along. How many selections are possible?",
      "{name} draws one of {n} {things}, puts it back, {k} times in all. How many sequences are possible?",
    ],
    [
      "A club of {n} [elects|picks] {k} people for {k} different posts. [How many ways?|How many results?]",
      "A club of {n} [elects|picks] a committee of {k}. [How many ways?|How many results?]",
      "A lock has {k} rings with {n} [letters|digits] each. [How many codes?|How many settings?]",
    ],
    [
      "[There are|We have] {n} {things}; {k} are placed in order, none twice. [How many outcomes?|Count the outcomes.]",
      "[There are|We have] {n} {things}; {k} are picked, order is unimportant. [How many outcomes?|Count the outcomes.]",
      "[There are|We have] {n} {things}; {k} picks in order, repeats allowed. [How many outcomes?|Count the outcomes.]",
    ],
    [
      "Things: {n}\nPlaces: {k}\n[Ordered, none twice|Arrangements]?",
      "Things: {n}\nChosen: {k}\n[Unordered, none twice|Selections]?",
      "Things: {n}\nPlaces: {k}\n[Ordered, repeats allowed|With repetition]?",
    ],
    [
      "[Can|Could] you [please |]count the arrangements of {k} out of {n} {things}?",
      "[Can|Could] you [please |]count the subsets of {k} out of {n} {things}?",
      "[Can|Could] you [please |]count the words of {k} letters from an alphabet of {n}?",
    ],
    [
      "How many [lists|rows] of {k} different {things} [are there|can be made] from {n}?",
      "How many [groups|sets] of {k} {things} [are there|can be made] from {n}?",
      "How many [strings|passwords] of {k} characters [are there|can be made] if {n} characters may be used again and again?",
    ],
    [
      "{n} [pupils|friends|players], {k} [chairs|seats] in a row: how many seatings?",
      "{n} [pupils|friends|players], a team of {k}: how many teams?",
      "{k} [pupils|friends|players] each choose one of {n} {things}: how many results?",
    ],
    [
      "[If|When] {k} of {n} {things} are lined up, how many different lines [are there|result]?",
      "[If|When] {k} of {n} {things} go into a bag, how many different bags [are there|result]?",
      "[If|When] {k} places each get one of {n} kinds, how many patterns [are there|result]?",
    ],
    [
      "[I need|We want] the number of {k}-permutations of {n} {things}.",
      "[I need|We want] the number of {k}-element subsets of {n} {things}.",
      "[I need|We want] the number of {k}-letter words over {n} letters.",
    ],
    [
      "[Order matters|The order counts], nothing repeats: {k} from {n}. How many?",
      "[Order does not matter|The order is unimportant], nothing repeats: {k} from {n}. How many?",
      "[Order matters|The order counts], repeats are fine: {k} from {n}. How many?",
    ],
    [
      "[Out of|Of] {n} {things}, the first {k} places of a list are filled. [How many lists?|Count the lists.]",
      "[Out of|Of] {n} {things}, a pack of {k} is made. [How many packs?|Count the packs.]",
      "A [code|plate] has {k} places, and {n} signs can stand on each. [How many codes?|Count them.]",
    ],
  ],
};

const CHINESE: Wordings<Wording> = {
  heldOut: [
    [
      "{n}位舞者里让{k}位排队登台，队形有几种？",
      "{n}位舞者里让{k}位组团登台，团队有几种？",
      "保险柜要按{k}个符号，符号共{n}种且能重按，密码有几种？",
    ],
    [
      "{n}种色彩涂{k}条横纹，色彩不重，数一数旗子有几面。",
      "{n}种色彩挑{k}种放进调色盘，数一数调色盘有几种。",
      "{n}种色彩涂{k}条横纹，色彩能重，数一数旗子有几面。",
    ],
    [
      "{n}名选手争前{k}名，名次表会有几张？",
      "{n}名选手里定{k}名队员，不分名次，名单会有几张？",
      "{k}道题各有{n}种答法，答卷会有几张？",
    ],
  ],
  trained: [
    [
      "从{n}{things}中取{k}个排成一[排|列]，有[多少|几]种排法？",
      "从{n}{things}中取{k}个，不计顺序，有[多少|几]种取法？",
      "用{n}种字母写{k}个字母的[词|串]，可以重复，有[多少|几]种写法？",
    ],
    [
      "{n}个里取{k}个的排列数[是多少|是几|有多少]？",
      "{n}个里取{k}个的组合数[是多少|是几|有多少]？",
      "{n}种符号、长度{k}的序列[有多少个|是几个]？",
    ],
    ["P({n}, {k})[=？|=|是多少？]", "C({n}, {k})[=？|=|是多少？]", "{n}^{k}种[密码|词]，一共是多少？"],
    [
      "[求|计算|算出]从{n}个中选{k}个的有序选法数。",
      "[求|计算|算出]从{n}个中选{k}个的无序选法数。",
      "[求|计算|算出]从{n}个中可重复地选{k}个的有序选法数。",
    ],
    [
      "{name}把{n}{things}中的{k}个并排放上架子，[有多少种顺序？|顺序有几种？]",
      "{name}从{n}{things}中带走{k}个，[有多少种带法？|带法有几种？]",
      "{name}从{n}{things}中抽一个再放回，共抽{k}次，[有多少种序列？|序列有几种？]",
    ],
    [
      "{n}人的俱乐部选{k}人担任{k}个不同职务，[有多少种结果？|结果有几种？]",
      "{n}人的俱乐部选出{k}人委员会，[有多少种结果？|结果有几种？]",
      "一把锁有{k}圈，每圈{n}个数字，[有多少种密码？|密码有几种？]",
    ],
    [
      "有{n}{things}，按顺序放{k}个，不重复，[共几种情况？|有多少种情况？]",
      "有{n}{things}，挑出{k}个，顺序无关，[共几种情况？|有多少种情况？]",
      "有{n}{things}，按顺序挑{k}次，可重复，[共几种情况？|有多少种情况？]",
    ],
    [
      "总数：{n}\n位置：{k}\n[有序不重复|排列]？",
      "总数：{n}\n选出：{k}\n[无序不重复|组合]？",
      "总数：{n}\n位置：{k}\n[有序可重复|可重复排列]？",
    ],
    [
      "[你能|能不能|可以]帮我数{n}{things}取{k}个的排列[吗|]？",
      "[你能|能不能|可以]帮我数{n}{things}的{k}元子集[吗|]？",
      "[你能|能不能|可以]帮我数{n}个字母组成的{k}字母词[吗|]？",
    ],
    [
      "{n}个中取{k}个不同的排成列表，[列表有多少个？|有几个列表？]",
      "{n}个中取{k}个组成小组，[小组有多少个？|有几个小组？]",
      "{n}种字符可反复使用，{k}位的口令[有多少个？|有几个？]",
    ],
    [
      "{n}名[学生|朋友|球员]坐{k}个并排的座位，[坐法有几种？|有多少种坐法？]",
      "{n}名[学生|朋友|球员]中组成{k}人队，[队伍有几种？|有多少种队伍？]",
      "{k}名[学生|朋友|球员]各选{n}{things}中的一个，[选法有几种？|有多少种选法？]",
    ],
    [
      "[如果|当]{n}{things}中的{k}个排成一线，不同的线有[多少|几]种？",
      "[如果|当]{n}{things}中的{k}个装进袋里，不同的袋有[多少|几]种？",
      "[如果|当]{k}个位置各放{n}种之一，不同的图案有[多少|几]种？",
    ],
    [
      "[我要|我们要]{n}{things}的{k}排列的个数。",
      "[我要|我们要]{n}{things}的{k}组合的个数。",
      "[我要|我们要]{n}个字母上{k}字母词的个数。",
    ],
    [
      "[讲顺序|顺序有关]，不重复：{n}个取{k}个，有几种？",
      "[不讲顺序|顺序无关]，不重复：{n}个取{k}个，有几种？",
      "[讲顺序|顺序有关]，可重复：{n}个取{k}个，有几种？",
    ],
    [
      "用{n}{things}填一张表的前{k}位，[表有多少种？|有几种表？]",
      "用{n}{things}配一包{k}个，[包有多少种？|有几种包？]",
      "[号码|车牌]有{k}位，每位有{n}种符号，[共多少个？|有几个？]",
    ],
  ],
};

const THINGS = { en: ["books", "cards", "pens", "cups", "balls"], zh: ["个球", "个杯子", "个盒子", "个玩具"] } as const;
const NAMES = { en: ["Ann", "Ben", "Mia", "Tom", "Eva", "Leo"], zh: ["小明", "小红", "小华", "小丽"] } as const;

/** The wordings of the family, by language. */
export const countingPhrasings = phrasingsFrom<Choice, Wording>(
  { en: ENGLISH, zh: CHINESE },
  (wording, language: Language) => {
    const forms = wording.map(template);
    return {
      templates: forms,
      render: ({ kind, n, k }, random) =>
        forms[KINDS.indexOf(kind)]!.render(
          { n: String(n), k: String(k), things: random.pick(THINGS[language]), name: random.pick(NAMES[language]) },
          random,
        ),
    };
  },
);

let read: Matcher<Kind> | undefined;

/** Reads a problem from a question in any of the wordings. */
export function readChoice(text: string): Choice | undefined {
  const question = questionText(text);
  if (question === undefined || !/\d\D+\d/.test(question)) return undefined;
  read ??= matcher(
    [ENGLISH, CHINESE].flatMap(({ heldOut, trained }) =>
      [...heldOut, ...trained].flatMap((wording) => wording.map((form, i) => [template(form), KINDS[i]!] as const)),
    ),
    { n: "\\d{1,3}", k: "\\d{1,3}", things: [...THINGS.en, ...THINGS.zh].join("|"), name: "[A-Z]\\w+|小." },
  );
  const found = read(question);
  if (found === undefined) return undefined;
  const problem = { kind: found.tag, n: Number(found.slots.n), k: Number(found.slots.k) };
  return isProblem(problem) ? problem : undefined;
}

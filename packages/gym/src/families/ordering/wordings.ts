// The wordings of ordering puzzles. Owns the templates and how facts are joined in each; the held-out ones were written first.
// {facts} are told facts, {from} … {to} the asked direction, {who} the one asked for (see questions.ts).

import type { Language } from "@lemma/protocol";
import { numberPhrasings, type Phrasing } from "../../family.ts";
import { type Template, template } from "../../template.ts";
import { type Joiner, tellFacts } from "./facts.ts";
import type { Puzzle } from "./puzzle.ts";
import { questionSlots } from "./questions.ts";

interface Wording {
  readonly joiners: readonly Joiner[];
  /** Where everybody is asked for, in order. */
  readonly all: string;
  /** Where one is asked for. */
  readonly one: string;
}

const SENTENCES: Joiner = { between: ". " };
const SEMICOLONS: Joiner = { between: "; " };
const COMMAS: Joiner = { between: ", ", last: " and " };
const LINES: Joiner = { first: "\n- ", between: "\n- " };
const EN_ANY = [SENTENCES, SENTENCES, SEMICOLONS, COMMAS];

const HELD_OUT_EN: readonly Wording[] = [
  {
    joiners: [{ first: "to begin with ", between: ", furthermore " }],
    all: "Fact list: {facts}. Whole order, {from} through {to}?",
    one: "Fact list: {facts}. So {who} must be whom?",
  },
  {
    joiners: [{ between: ". Next, " }],
    all: "{facts}. Could you please sort everyone, beginning at {from}, ending at {to}?",
    one: "{facts}. Could you please say who comes out as {who}?",
  },
  {
    joiners: [{ between: "; besides, " }],
    all: "As everybody knows, {facts}. Now rank all, going {from} to {to}.",
    one: "As everybody knows, {facts}. Now tell us {who}.",
  },
];

const TRAINED_EN: readonly Wording[] = [
  {
    joiners: EN_ANY,
    all: "{facts}. [Order|Sort|Rank|Arrange] [them|everyone|all of them] from {from} to {to}.",
    one: "{facts}. Who is {who}?",
  },
  {
    joiners: EN_ANY,
    all: "{facts}. [Put|Place] [them|the people|the names] in order from {from} to {to}.",
    one: "{facts}. Which [one|person|of them] is {who}?",
  },
  {
    joiners: EN_ANY,
    all: "{facts}. [List|Write|Give] [the names|the people|all names] from {from} to {to}.",
    one: "{facts}. [Find|Name|Give] {who}.",
  },
  {
    joiners: EN_ANY,
    all: "[Order|Sort|Rank|List] [these people|the people|them] from {from} to {to}: {facts}.",
    one: "Who is {who}? {facts}.",
  },
  {
    joiners: [SENTENCES, SEMICOLONS],
    all: "[Some|A few] [friends|people|students] talk about {topic}. {facts}. [What is|Find|Give] the order[,|] {from} to {to}[.|?]",
    one: "[Some|A few] [friends|people|students] talk about {topic}. {facts}. Who is {who} [of them|here|among them]?",
  },
  {
    joiners: [SEMICOLONS, COMMAS, SENTENCES],
    all: "[Given|Known|Facts]: {facts}. [Give|Find|Tell me] the [order|ranking] from {from} to {to}.",
    one: "[Given|Known|Facts]: {facts}. [Tell me|Say|Find out] who is {who}.",
  },
  {
    joiners: [COMMAS, { between: " and " }],
    all: "If {facts}, what is the order from {from} to {to}?",
    one: "If {facts}, [who is|then who is|which person is] {who}?",
  },
  {
    joiners: EN_ANY,
    all: "{facts}. What is the [right |correct |][order|ranking][,|] from {from} to {to}?",
    one: "{facts}. [So who|Then who] is {who}?",
  },
  {
    joiners: [SEMICOLONS, SENTENCES, LINES],
    all: "Clues: {facts}. [Write|Write down|List] [everyone|the people] from {from} to {to}.",
    one: "Clues: {facts}. [Name|Find|Give] {who}.",
  },
  {
    joiners: [COMMAS, SEMICOLONS],
    all: "[We know|I know|It is known] that {facts}. [Line them up|Sort them|Rank them] from {from} to {to}.",
    one: "[We know|I know|It is known] that {facts}. [Can you tell|Do you know|Tell me] who is {who}?",
  },
  {
    joiners: [LINES],
    all: "[Read|Use|Look at] the [clues|facts]:{facts}\n[Order|Sort|Rank] [them|everyone] from {from} to {to}.",
    one: "[Read|Use|Look at] the [clues|facts]:{facts}\nWho is {who}?",
  },
  {
    joiners: [SENTENCES, SEMICOLONS],
    all: "{people} are [friends|classmates|neighbours]. {facts}. [Sort|Order|Rank|List] them from {from} to {to}.",
    one: "{people} are [friends|classmates|neighbours]. {facts}. Who is {who}?",
  },
  {
    joiners: EN_ANY,
    all: "[Rank|Sort|Order|Arrange] {people} from {from} to {to}. {facts}.",
    one: "Among {people}, who is {who}? {facts}.",
  },
  {
    joiners: [SENTENCES, SEMICOLONS],
    all: "[Logic puzzle|Puzzle|A riddle]: {facts}. [Order|Ranking|Solution] from {from} to {to}?",
    one: "[Logic puzzle|Puzzle|A riddle]: {facts}. Who must be {who}?",
  },
  {
    joiners: [SENTENCES, SEMICOLONS],
    all: "Here is what [we|I] know. {facts}. How do they [rank|line up] from {from} to {to}?",
    one: "Here is what [we|I] know. {facts}. [And who|Who then] is {who}?",
  },
  {
    joiners: EN_ANY,
    all: "{facts}. [Start|Begin] with the {from} and [end|stop|finish] with the {to}.",
    one: "{facts}. [I am looking for|I want to know] {who}.",
  },
];

const FULL_STOPS: Joiner = { between: "。" };
const ZH_COMMAS: Joiner = { between: "，" };
const ZH_SEMICOLONS: Joiner = { between: "；" };
const ZH_ANY = [ZH_COMMAS, ZH_COMMAS, FULL_STOPS, ZH_SEMICOLONS];

const HELD_OUT_ZH: readonly Wording[] = [
  {
    joiners: [{ first: "①", between: "，另外" }],
    all: "线索如下：{facts}。名单应怎样排序，{from}至{to}？",
    one: "线索如下：{facts}。想想看，{who}究竟是谁？",
  },
  {
    joiners: [{ between: "，而且" }],
    all: "大家清楚，{facts}，请教：{from}排到{to}，怎么写？",
    one: "大家清楚，{facts}，请教：{who}会是谁呢？",
  },
  {
    joiners: [{ between: "；同时，" }],
    all: "读一读：{facts}。试把全体人员按{from}到{to}排个队。",
    one: "读一读：{facts}。试把{who}找出来。",
  },
];

const TRAINED_ZH: readonly Wording[] = [
  {
    joiners: ZH_ANY,
    all: "{facts}。[请|][把他们|把大家|]从{from}到{to}[排序|排列|排一排]。",
    one: "{facts}。{who}[是谁|人是谁]？",
  },
  {
    joiners: ZH_ANY,
    all: "{facts}。[请|]按从{from}到{to}的顺序[排列|列出|写出][他们|所有人]。",
    one: "{facts}。谁是{who}？",
  },
  {
    joiners: ZH_ANY,
    all: "{facts}。[请|]写出从{from}到{to}的[名单|顺序|排名]。",
    one: "{facts}。[请|][找出|写出|说出]{who}人。",
  },
  { joiners: ZH_ANY, all: "[请|][把他们|]从{from}到{to}[排序|排列]：{facts}。", one: "{who}是谁？{facts}。" },
  {
    joiners: ZH_ANY,
    all: "[几个|一些][朋友|同学|人]谈论{topic}。{facts}。从{from}到{to}[是什么顺序|怎么排]？",
    one: "[几个|一些][朋友|同学|人]谈论{topic}。{facts}。其中{who}是谁？",
  },
  {
    joiners: ZH_ANY,
    all: "已知{facts}。[求|请给出|请写出]从{from}到{to}的[顺序|排名]。",
    one: "已知{facts}。[问|请问|求]{who}是谁？",
  },
  {
    joiners: [ZH_COMMAS],
    all: "如果{facts}，[那么|]从{from}到{to}[怎么排|的顺序是什么]？",
    one: "如果{facts}，[那么|]谁是{who}？",
  },
  {
    joiners: ZH_ANY,
    all: "{facts}。从{from}到{to}的[正确|]顺序是[什么|怎样的]？",
    one: "{facts}。[所以|因此]{who}是[谁|哪个人]？",
  },
  {
    joiners: ZH_ANY,
    all: "[线索|条件]：{facts}。[请|]列出从{from}到{to}的[所有人|名字]。",
    one: "[线索|条件]：{facts}。[哪个人|哪一个]是{who}？",
  },
  {
    joiners: ZH_ANY,
    all: "[我们|我]知道{facts}。[请|]从{from}到{to}给[他们|大家]排名。",
    one: "[我们|我]知道{facts}。你知道{who}是谁吗？",
  },
  {
    joiners: [LINES],
    all: "[看下面的|根据这些][事实|线索]：{facts}\n[请|]从{from}到{to}[排序|排列]。",
    one: "[看下面的|根据这些][事实|线索]：{facts}\n{who}是谁？",
  },
  {
    joiners: ZH_ANY,
    all: "{people}是[朋友|同学|邻居]。{facts}。[请|]把他们从{from}到{to}[排序|排列]。",
    one: "{people}是[朋友|同学|邻居]。{facts}。{who}是谁？",
  },
  {
    joiners: ZH_ANY,
    all: "[请|]将{people}从{from}到{to}[排序|排列]。{facts}。",
    one: "{people}[中|当中]，谁是{who}？{facts}。",
  },
  {
    joiners: ZH_ANY,
    all: "[逻辑题|推理题|谜题]：{facts}。从{from}到{to}[的顺序|怎么排]？",
    one: "[逻辑题|推理题|谜题]：{facts}。谁一定是{who}？",
  },
  {
    joiners: ZH_ANY,
    all: "比较{topic}：{facts}。[结果|他们]从{from}到{to}是[怎样|怎么]排的？",
    one: "比较{topic}：{facts}。[结果|他们中]谁是{who}？",
  },
  {
    joiners: ZH_ANY,
    all: "{facts}。从{from}的开始，到{to}的为止，[写出|列出|排列]所有人。",
    one: "{facts}。我想知道{who}是谁。",
  },
];

function phrasings(group: "trained" | "heldout", language: Language, wordings: readonly Wording[]): Phrasing<Puzzle>[] {
  return numberPhrasings(
    group,
    wordings.map((wording, i) => {
      const [all, one]: [Template, Template] = [template(wording.all), template(wording.one)];
      return {
        templates: [all, one],
        render(puzzle, random) {
          const joiner = random.pick(wording.joiners);
          const facts = tellFacts(puzzle, language, joiner, random, group === "heldout" ? i : undefined);
          const text = (puzzle.ask.what === "all" ? all : one).render(
            { ...questionSlots(puzzle, language), facts },
            random,
          );
          return text.replace(/(?<=^|[.?:!]\s|- )compared/g, "Compared");
        },
      };
    }),
  );
}

export const orderingPhrasings: Readonly<Record<Language, readonly Phrasing<Puzzle>[]>> = {
  en: [...phrasings("trained", "en", TRAINED_EN), ...phrasings("heldout", "en", HELD_OUT_EN)],
  zh: [...phrasings("trained", "zh", TRAINED_ZH), ...phrasings("heldout", "zh", HELD_OUT_ZH)],
};

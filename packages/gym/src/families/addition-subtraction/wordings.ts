// How sums and differences are asked, and how such a question is read back. The held-out wordings were written first.
// Each wording has a form for sums, one for differences, and where the story needs it one for differences below zero.

import { numberPhrasings, type Phrasing } from "../../family.ts";
import { matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import { type Template, template } from "../../template.ts";
import type { Sum } from "./family.ts";

type Wording = readonly [sum: string, difference: string, belowZero?: string];

const HELD_OUT_EN: Wording[] = [
  [
    "I need to know how much {a} and {b} come to when [added|summed].",
    "I need to know what is left once {b} has been subtracted from {a}.",
  ],
  ["Tell me the result: {a} plus {b}", "Tell me the result: {a} minus {b}"],
  [
    "A shelf holds {a} books; {b} books are put beside them. What is the total on the shelf?",
    "A shelf holds {a} books; {b} of them are taken away. What number stays on the shelf?",
    "In the morning it was {a} degrees, at night {b} degrees less. What was the temperature at night?",
  ],
];

const HELD_OUT_ZH: Wording[] = [
  ["我想知道{a}和{b}加在一起会是多少。", "我想知道从{a}里面扣去{b}之后剩多少。"],
  ["告诉我答案：{a}加{b}", "告诉我答案：{a}减{b}"],
  [
    "书架上摆着{a}本书，旁边再放{b}本，书架上共有几本书？",
    "书架上摆着{a}本书，拿走{b}本之后，书架上剩几本书？",
    "早上气温{a}度，夜里低了{b}度，夜里气温是几度？",
  ],
];

const TRAINED_EN: Wording[] = [
  ["[What is|What's|How much is|What does] {e}[ equal|]?", "[What is|What's|How much is|What does] {e}[ equal|]?"],
  [
    "[Compute|Calculate|Work out|Evaluate|Find|Solve|Simplify|Determine][:|] {e}[.|]",
    "[Compute|Calculate|Work out|Evaluate|Find|Solve|Simplify|Determine][:|] {e}[.|]",
  ],
  ["{e}[ = ?| =|=?|=|?|]", "{e}[ = ?| =|=?|=|?|]"],
  ["[What is|What's|How much is|Compute] {a} plus {b}?", "[What is|What's|How much is|Compute] {a} [minus|less] {b}?"],
  [
    "[What is|Find|Calculate|Give me|Determine|Work out] the [sum|total] of {a} and {b}.",
    "[What is|Find|Calculate|Give me|Determine|Work out] the difference [between {a} and {b}|of {a} and {b}|{a} minus {b}].",
    "[What is|Find|Calculate|Give me|Determine|Work out] the difference {a} minus {b}.",
  ],
  ["[Add|Please add|Sum] {a} and {b}[.| together.]", "[Subtract|Please subtract|Take|Take away] {b} from {a}."],
  [
    "[What do you get|What do I get|What comes out|What happens] [when|if] you [add|put together|sum|combine] {a} and {b}?",
    "[What do you get|What do I get|What comes out|What happens] [when|if] you [take|subtract|remove|take away] {b} from {a}?",
  ],
  [
    "{a} [and|plus|added to] {b} [makes|equals|is|gives] [what|how much|which number]?",
    "{a} [minus|take away|less|reduced by] {b} [makes|equals|is|gives] [what|how much|which number]?",
  ],
  [
    "[Which|What] number is {b} [more|greater|larger|higher] than {a}?",
    "[Which|What] number is {b} [less|smaller|lower] than {a}?",
  ],
  [
    "[Increase|Raise] {a} by {b}.[ What is the result?| What do you get?|]",
    "[Decrease|Reduce|Lower] {a} by {b}.[ What is the result?| What do you get?|]",
  ],
  [
    "{name} has {a} {thing} and [gets|buys|finds|receives|wins] {b} more. How many {thing} [does {name} have now|are there in total|is that altogether|are there now]?",
    "{name} has {a} {thing} and [loses|sells|gives away|uses|spends] {b}. How many {thing} [does {name} have now|are left|remain|does {name} keep]?",
    "{name} has {a} points and [loses|drops] {b}. How many points does {name} have now?",
  ],
  [
    "It is {a} degrees [outside|]. The temperature [rises|goes up|climbs] by {b} degrees. [How warm is it now|What is it now]?",
    "It is {a} degrees [outside|]. The temperature [falls|goes down|drops] by {b} degrees. [How warm is it now|What is it now]?",
  ],
  [
    "A [train|bus|ship] carries {a} people and {b} [more get on|more board|come on]. How many people [are on board|does it carry] then?",
    "A [train|bus|ship] carries {a} people and {b} [get off|leave]. How many people [are on board|does it carry] then?",
    "An account holds {a} coins and {b} coins are [withdrawn|paid out|taken out]. What is the balance?",
  ],
  [
    "[Total|Sum] of {a} and {b}: [what is it?|how much?]",
    "What [remains|is left|stays] of {a} after [taking away|removing|subtracting] {b}?",
    "{a}, [taking away|subtracting|less] {b}: [what is it?|how much?]",
  ],
  [
    "[Can you|Could you|Would you] [please |][add|sum up|total] {a} and {b}[ for me|]?",
    "[Can you|Could you|Would you] [please |][take|subtract|deduct] {b} from {a}[ for me|]?",
  ],
  ["[Fill in|Complete|Finish]: {e} = [?|__|...]", "[Fill in|Complete|Finish]: {e} = [?|__|...]"],
  [
    "Start with {a}, [then add|and add|add] {b}. [Where do you end|What is the number now|How much is it now]?",
    "Start with {a}, [then subtract|and subtract|take away] {b}. [Where do you end|What is the number now|How much is it now]?",
  ],
  [
    "I [added|summed|combined] {a} and {b}. [What should I get|What is my sum|How much is it]?",
    "I [subtracted|took|removed] {b} from {a}. [What should I get|What is my difference|How much is it]?",
  ],
  [
    "First number: {a}\nSecond number: {b}\n[Sum|Total|First plus second]?",
    "First number: {a}\nSecond number: {b}\n[First minus second|First number minus second number]?",
  ],
  [
    "[What is the sum|What is the total|How much is it together]? [The numbers are|Numbers:|I have] {a} and {b}.",
    "[What is left|What remains|How much is left over]? [I had|We had|There were] {a}[, then| and then|;] {b} [were used|went away|got lost].",
    "[What is the result|How much is it]? [Out of|From] {a}, [we take|I take] {b}.",
  ],
  [
    "[Go|Count|Move|Step] [forward|on|up] {b} from {a}. [Where are you|Which number is it|What number do you reach]?",
    "[Go|Count|Move|Step] [back|backwards|down] {b} from {a}. [Where are you|Which number is it|What number do you reach]?",
  ],
  [
    "[A|The] [road|path|trip] has two parts, {a} km and [then |]{b} km. How long is [it|the whole way]?",
    "[How far is it|How big is the gap|What is the distance] from {b} up to {a}?",
    "[How much is|What is] {a} after a [loss|drop|cut] of {b}?",
  ],
  [
    "{name} has {a} {thing}. {other} has {b} more[ than {name}|]. How many {thing} does {other} have?",
    "{name} has {a} {thing}, {other} has {b} [fewer|less]. How many {thing} does {other} have?",
    "Today it is {a} degrees, tomorrow it will be {b} degrees [colder|cooler|lower]. How [cold|warm] will it be?",
  ],
  [
    "[After|When] {b} new {thing} were put with the first {a}, how many {thing} were there?",
    "{name} wants {a} {thing} and [already has|has got|owns] {b}. How many {thing} are [missing|still needed|lacking]?",
    "A lift is on floor {a} and goes down {b} floors. [Which floor is it on|On which floor does it stop] then?",
  ],
  [
    "What [is reached|do you have] when {b} is [added to|put on top of|counted on from] {a}?",
    "[What|How much] must be added to {b} to [get|reach|make] {a}?",
  ],
  [
    "[Add|Put|Count] {b} [to|on top of|onto] {a}[.| and give the answer.]",
    "[Deduct|Remove|Take off|Cut off] {b} from {a}[.| and give the answer.]",
  ],
  [
    "[{a} is [increased|raised|made larger] by {b}|{b} is [added to|put onto] {a}]. [Give|Find|Say] the [new number|new value|outcome].",
    "[{a} is [decreased|reduced|lowered|made smaller] by {b}|{b} is [subtracted|taken away|deducted] from {a}]. [Give|Find|Say] the [new number|new value|outcome].",
  ],
  [
    "{name} [pays|spends] {a} euros on [food|shoes|a bike|a coat] in the first shop. Later, in [another|a second] shop, {name} [pays|spends] {b} euros. How [much|many euros] is that [in all|together|in total]?",
    "{name} goes [to the shop|to town|out] with {a} euros. [A bike|A coat|A new phone|Food for the week] costs {b} euros there, and {name} [buys|pays for] it. How many euros are left?",
    "The balance of an account is {a} euros. Then a bill of {b} euros [is paid from it|arrives and is paid]. What is the [new balance|balance after that]?",
  ],
  [
    "A [diver|bird|plane|balloon] is at {a} metres and [climbs|goes up|rises] {b} metres. [How high is it then|At what height is it]?",
    "A [bird|plane|balloon|kite] flies at {a} metres and [sinks|comes down|falls] by {b} metres. [How high is it then|At what height is it]?",
    "The [water level|level of a river|level of a lake] is at {a} cm and [sinks|falls|goes down] by {b} cm. What is the level now?",
  ],
  [
    "{name} read {a} pages [last week|yesterday|on Monday] and {b} [pages |][this week|today|on Tuesday]. How many pages [is that|were read|did {name} read] [altogether|in all]?",
    "A book has {a} pages. {name} has [read|finished] {b} [of them|pages]. How many pages are [left|left to read|unread]?",
    "A game starts at {a} points and {name} [loses|must give up] {b}. What is the score then?",
  ],
  [
    "[{a} boys and {b} girls|{a} red and {b} blue balls|{a} cats and {b} dogs|{a} adults and {b} children]: how many [are there|is that] [together|in all|altogether]?",
    "[Of|Out of] {a} [seats|tickets|places|cards], {b} are [taken|sold|used|gone]. How many are [free|left|unused]?",
    "[Out of|From] {a}, {b} [is|gets] [taken|cut|dropped]. [What remains|What is it now]?",
  ],
  [
    "[{a} and {b}, added up|{a} and another {b}|{a} together with {b}|{a} combined with {b}|{a} and {b} more]: [what number|how much is it|answer]?",
    "[{a} with {b} removed|{a} without {b}|{a} with {b} taken off|{b} off {a}|{b} under {a}]: [what number|how much is it|answer]?",
  ],
];

const TRAINED_ZH: Wording[] = [
  [
    "{e}[等于多少|是多少|等于几|得多少|得几|的结果是多少][？|?|]",
    "{e}[等于多少|是多少|等于几|得多少|得几|的结果是多少][？|?|]",
  ],
  [
    "[计算|算一下|请计算|求|算出|请算|算算][：|]{e}[。|的值。|的结果。|]",
    "[计算|算一下|请计算|求|算出|请算|算算][：|]{e}[。|的值。|的结果。|]",
  ],
  ["{e}[=?|=？| = ?|=|＝？|]", "{e}[=?|=？| = ?|=|＝？|]"],
  [
    "{a}[加|加上]{b}[等于多少|是多少|得多少|等于几|是几]？",
    "{a}[减|减去|减掉]{b}[等于多少|是多少|得多少|等于几|是几]？",
  ],
  [
    "[求|计算|请算出|写出]{a}[与|和|跟]{b}的[和|总和|总数]。",
    "[求|计算|请算出|写出]{a}[与|和|跟]{b}的差。",
    "[求|计算|请算出|写出]{a}减{b}的差。",
  ],
  ["[请|]把{a}[和|与]{b}[相加|加起来|加在一起|合起来]。", "[请|]从{a}[中|里]减[去|掉]{b}。"],
  [
    "[如果|要是|假如]{a}[再加|加上|加]{b}，[得到什么|结果是什么|会得到多少|是几]？",
    "[如果|要是|假如]{a}[再减|减去|减]{b}，[得到什么|结果是什么|会得到多少|是几]？",
  ],
  [
    "{a}[加|和|跟]{b}[一共|总共|合计|共]是[多少|几]？",
    "{a}[去掉|拿走|减去|扣掉|扣去]{b}[还剩|剩下|还有|剩][多少|几]？",
    "{a}[减去|减]{b}[结果是|得]多少？",
  ],
  ["比{a}[多|大]{b}的数是[多少|几|什么|哪个]？", "比{a}[少|小|低]{b}的数是[多少|几|什么|哪个]？"],
  ["{a}[增加|增大|添上]{b}[后|以后]是[多少|几]？", "{a}[减少|减小|降低]{b}[后|以后]是[多少|几]？"],
  [
    "{name}有{a}{thing}，[又买了|又得到|捡到|又拿到]{b}{unit}，[现在|一共|总共]有[多少|几]{unit}？",
    "{name}有{a}{thing}，[用掉|送出|卖掉|吃掉|丢了]{b}{unit}，[现在|还|最后]有[多少|几]{unit}？",
    "{name}有{a}分，[扣掉|失去|输掉|扣去]{b}分，现在有[多少|几]分？",
  ],
  [
    "[现在|今天|外面]是{a}度，[气温|温度][上升|升高|升][了|]{b}度，[后来|之后]是[多少|几]度？",
    "[现在|今天|外面]是{a}度，[气温|温度][下降|降低|降][了|]{b}度，[后来|之后]是[多少|几]度？",
  ],
  [
    "[火车|汽车|船]上有{a}人，又[上来|来]了{b}人，[车上|上面]一共[多少|几]人？",
    "[火车|汽车|船]上有{a}人，[下去|走]了{b}人，[车上|上面]还有[多少|几]人？",
    "账户里有{a}元，[取出|花掉|支出]{b}元，余额是多少？",
  ],
  ["{a}、{b}两个数[的和|之和|加起来|相加]是多少？", "{a}、{b}两个数，[前一个减后一个|第一个减第二个]是多少？"],
  ["[你能|能不能|可以]帮我[把|算]{a}加{b}[吗|算出来吗|]？", "[你能|能不能|可以]帮我[把|算]{a}减{b}[吗|算出来吗|]？"],
  ["[填空|填一填|补全]：{e}=[？|__|（）]", "[填空|填一填|补全]：{e}=[？|__|（）]"],
  [
    "从{a}开始，[再加|加上|加]{b}，[得到几|现在是多少|到了几]？",
    "从{a}开始，[再减|减去|减]{b}，[得到几|现在是多少|到了几]？",
  ],
  ["我把{a}和{b}[相加|加了起来]，[应该得多少|和是多少|得几]？", "我用{a}减[了|去]{b}，[应该得多少|差是多少|得几]？"],
  ["第一个数：{a}\n第二个数：{b}\n[和|总和|相加]？", "第一个数：{a}\n第二个数：{b}\n[第一个减第二个|前一个减后一个]？"],
  [
    "[和是多少|总和是多少|一共多少]？[两个数是|这两个数是|有]{a}和{b}。",
    "[还剩多少|剩下多少|剩几]？[原来有|本来有|开始有]{a}，[用了|走了|丢了]{b}。",
    "[差是多少|结果是几]？[用|拿]{a}减[去|掉]{b}。",
  ],
  [
    "从{a}[往前|向前|向上][数|走|跳]{b}，[到哪个数|到几|是几]？",
    "从{a}[往回|向后|向下|倒着][数|走|跳]{b}，[到哪个数|到几|是几]？",
  ],
  [
    "一条路分两段，[先|前面]{a}千米，[后|后面]{b}千米，[全长|整条路|一共]多少千米？",
    "从{b}到{a}[相差多少|差几|有多远]？",
    "{a}[损失|亏损|砍掉]{b}[后|以后][是多少|是几]？",
  ],
  [
    "{name}有{a}{thing}，{other}比{name}多{b}{unit}，{other}有[多少|几]{unit}？",
    "{name}有{a}{thing}，{other}比{name}少{b}{unit}，{other}有[多少|几]{unit}？",
    "今天{a}度，明天[要|会][冷|降]{b}度，明天[是|有][几|多少]度？",
  ],
  [
    "[新添了|又来了|又添了]{b}{unit}，原来是{a}{thing}，现在[一共|共]有[多少|几]{unit}？",
    "{name}想要{a}{thing}，[已经有|手里有]{b}{unit}，还[缺|差|要][多少|几]{unit}？",
    "电梯在{a}楼，[往下|向下][走|开|降]{b}层，[到|停在][几|哪一]楼？",
  ],
  ["{b}加到{a}上[得|是][多少|几]？", "{b}[加上|再加|添上][几|多少][等于|是|才是]{a}？"],
  ["在{a}上[再|]加{b}，[写出答案|结果呢]？", "从{a}[当中|中间][扣|拿掉|拿走|去掉]{b}，[写出答案|结果呢]？"],
  [
    "{a}被[加|增加|提高][了|]{b}，[新的数|新的值][是几|是多少]？",
    "{a}被[减|减少|降低][了|]{b}，[新的数|新的值][是几|是多少]？",
  ],
  [
    "{name}[第一次|上午|先]花了{a}元[买鞋|买菜|买衣服]。[第二次|下午|后来]，又[在另一家店|在别处]花了{b}元。一共花了[多少|几]元？",
    "{name}带着{a}元[去商店|出门|上街]。那里[一件外套|一辆车|一部电话]要{b}元，{name}买了它。还剩[多少|几]元？",
    "账户余额是{a}元。[后来|然后]付了一笔{b}元的账单。新的余额是[多少|几]元？",
  ],
  [
    "[气球|飞机|小鸟]在{a}米高[处|]，[上升|升高|又飞高]{b}米，[现在多高|到了多高|高度是几米]？",
    "[气球|飞机|小鸟]在{a}米高[处|]，[下降|降低|落下]{b}米，[现在多高|到了多高|高度是几米]？",
    "水位是{a}厘米，[下降|降低|落下]{b}厘米，[现在|后来]水位[是几|是多少]厘米？",
  ],
  [
    "{name}[昨天|上周|星期一]读了{a}页，[今天|这周|星期二]读了{b}页，[一共|总共]读了[多少|几]页？",
    "一本书有{a}页，{name}[读了|看完]{b}页，[还有|还剩][多少|几]页[没读|]？",
    "比赛开始有{a}分，{name}[丢掉|失掉]{b}分，比分[变成|是][几|多少]？",
  ],
  [
    "[{a}个男孩和{b}个女孩|{a}只猫和{b}只狗|{a}个红球和{b}个蓝球]，[合起来|一共|加起来][是|有][多少|几]？",
    "{a}[张票|个座位|个位子][中|里]，{b}[张|个][卖掉了|用过了|有人了]，[剩|空|还有][多少|几]？",
    "{a}里[去掉|拿掉]{b}，[变成几|是多少]？",
  ],
  [
    "[{a}和{b}合并|{a}连同{b}|{a}另加{b}|{a}外加{b}]，[答案|结果|总共][是几|是多少]？",
    "[{a}刨去{b}|{a}里少了{b}|{a}扣除{b}|{a}不算{b}]，[答案|结果][是几|是多少]？",
  ],
];

const NAMES_EN = ["Ann", "Ben", "Mia", "Tom", "Eva", "Leo", "Zoe", "Sam", "Max", "Lucy", "Paul", "Nina"];
const NAMES_ZH = ["小明", "小红", "小华", "小丽", "小刚", "小芳", "小李", "小王"];
const THINGS_EN = "apples books coins stamps cards marbles eggs pens balls cups flowers cakes stones tickets".split(
  " ",
);
const THINGS_ZH = "个苹果 本书 枚硬币 张邮票 张卡片 颗糖 个鸡蛋 支笔 个球 个杯子 朵花 块石头 张票".split(" ");

function phrasing([sum, difference, belowZero]: Wording, chinese: boolean): Omit<Phrasing<Sum>, "id"> {
  const forms = [template(sum), template(difference), template(belowZero ?? difference)] as const;
  return {
    templates: belowZero === undefined ? forms.slice(0, 2) : forms,
    render(problem, random) {
      const { operation, a, b } = problem;
      const thing = random.pick(chinese ? THINGS_ZH : THINGS_EN);
      const space = random.chance(0.5) ? " " : "";
      const names = chinese ? NAMES_ZH : NAMES_EN;
      const name = random.pick(names);
      const other = random.pick(names.filter((known) => known !== name));
      const form = forms[operation === "+" ? 0 : a >= b ? 1 : 2];
      return form.render(
        {
          a: String(a),
          b: String(b),
          e: `${a}${space}${operation}${space}${b}`,
          name,
          other,
          thing,
          unit: thing.slice(0, 1),
        },
        random,
      );
    },
  };
}

/** The wordings of the family, by language. */
export const additionSubtractionPhrasings = {
  en: [
    ...numberPhrasings(
      "trained",
      TRAINED_EN.map((wording) => phrasing(wording, false)),
    ),
    ...numberPhrasings(
      "heldout",
      HELD_OUT_EN.map((wording) => phrasing(wording, false)),
    ),
  ],
  zh: [
    ...numberPhrasings(
      "trained",
      TRAINED_ZH.map((wording) => phrasing(wording, true)),
    ),
    ...numberPhrasings(
      "heldout",
      HELD_OUT_ZH.map((wording) => phrasing(wording, true)),
    ),
  ],
};

/** Read, but never asked in these words alone. */
const ALSO_READ: Wording[] = [
  ["[sum|total] of {a} and {b}", "difference [between|of] {a} and {b}"],
  ["{a}[与|和|跟]{b}的[和|总和]", "{a}[与|和|跟]{b}的差"],
];

const entries = [...TRAINED_EN, ...HELD_OUT_EN, ...TRAINED_ZH, ...HELD_OUT_ZH, ...ALSO_READ].flatMap(
  ([sum, ...differences]): (readonly [Template, Sum["operation"]])[] => [
    ...(sum.includes("{e}") ? [] : [[template(sum), "+"] as const]),
    ...differences.flatMap((text) =>
      text === undefined || text.includes("{e}") ? [] : [[template(text), "-"] as const],
    ),
  ],
);

const read = matcher(entries, {
  a: "\\d+",
  b: "\\d+",
  name: "[A-Z]\\w+|小.",
  other: "[A-Z]\\w+|小.",
  thing: "\\w+|.{1,3}?",
  unit: ".",
});
const EXPRESSION = /(?<![\w.^*/)])(\d+)\s*([-+−–＋]|plus|minus|加上?|减[去掉]?)\s*(\d+)(?![\w^*/(]|\.\d)/iu;

/** Reads a sum or a difference from a question in any of the wordings, or from a typed expression. */
export function readAdditionSubtraction(text: string): Sum | undefined {
  const question = questionText(text);
  if (question === undefined) return undefined;
  const numbers = question.match(/\d+/g);
  if (numbers?.length !== 2) return undefined;
  const typed = EXPRESSION.exec(question);
  if (typed !== null) {
    if (/[=<>^*/×÷]\s*[^\s?？_.。（=＝]|[a-z]\(/iu.test(question.replace(typed[0], ""))) return undefined;
    return { operation: /[+＋加]|plus/i.test(typed[2]!) ? "+" : "-", a: Number(typed[1]), b: Number(typed[3]) };
  }
  const found = read(question);
  if (found === undefined) return undefined;
  const { a, b } = found.slots;
  return { operation: found.tag, a: Number(a), b: Number(b) };
}

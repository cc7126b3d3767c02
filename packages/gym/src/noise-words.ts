// Words that mean nothing to a question: for noise.ts. Owns the lists and how a word is made up. No word names an operation, a
// number, a relation or a direction, and none is a word that only held-out wordings have (a test compares them).

import type { Language } from "@lemma/protocol";
import type { Random } from "./random.ts";

const ENGLISH = (
  "actually again agree air almost alone along already although always anyway apparently area art autumn away baby bank " +
  "basically basket beach because bed bird blue boat body bread bridge bright brother brown building busy calm camera car careful " +
  "carpet castle cat cheese city clean clock cloud coat coffee colour corner country cousin curious dark " +
  "daughter deep desk dinner doctor dog door dream dress driver dry earth easy engine evening evidently exactly expected eye " +
  "face family famous farm father feeling field finally finger fire fish floor flower foot forest fresh friendly frankly fruit " +
  "garden generally gentle ginger girl glass golden grandma granny grass green ground guitar hair happily harbour heart " +
  "holiday honey hopefully horse hotel house however hungry hurry ice indeed inside island jacket job joke journey juice kitchen " +
  "ladder lake lamp language lazy leaf lemon letter library likely lion lively local lucky lunch magic map market matter " +
  "meanwhile meat memory milk mirror mister moon moreover mostly mother mountain mouse mouth museum music namely near neat " +
  "neighbour newspaper normal north notebook obviously ocean office often old orange oven painting paper parents park " +
  "party past path pencil perhaps photo piano picture pillow pink planet plate please pleasant pocket police polite possibly post " +
  "present pretty prince printer probably purple quickly quiet quietly quite rabbit radio rain rather ready really recently red " +
  "river road rock room rose round sad sadly salad salt sand sandwich school science sea season seat seriously shadow sheep shirt " +
  "shoe shop sick silent silver simply sister sleepy smile snow soft soldier somehow sometimes somewhere song soon soup south spoon " +
  "spring star station still stone story strange street student sugar summer sun sunny surely surprise sweet swim table tea teacher " +
  "team tennis therefore thirsty though tired today tomorrow tonight toy train tree trousers truck uncle usually vegetable village " +
  "visit voice wall warm water weather wedding week well west wet wheel white wild wind window winter wise wolf woman wonder wooden " +
  "world yard yellow yesterday"
).split(" ");

const CHINESE =
  "安爸白班般宝报北被本笔变别冰病玻波才菜草茶场常唱车晨城初船窗春词此村答打带待当灯弟店东冬懂动房飞风夫服该感刚歌各" +
  "根跟工公古瓜关光国果海好河黑红湖花话画欢黄回会火机鸡急季家见江讲街节姐今京经静九酒旧就居橘觉开看康可课空口苦块蓝狼" +
  "老乐离里脸凉林零楼旅绿妈马慢忙毛猫帽没每美门梦米面民明木哪那奶男南呢能年鸟您牛农暖怕盘跑朋皮片票瓶期其奇棋起" +
  "汽千墙桥青轻情秋球去让热认日肉如伞森沙山商烧身深神生师诗石时食世市事是手书树谁水睡说丝思松诉他它她台太糖特疼天甜条" +
  "跳听停庭头图土兔外完玩碗往忘微为文我屋午西希习喜夏现香想向象小校笑些鞋心新信星行雪呀烟言颜眼羊阳样药要叶医已艺易意" +
  "因音银印应英影油游友鱼雨语元园远院月云运再在站找照这真正知纸只中钟种周猪竹住祝桌字足最昨作坐做";

/** Syllables of made-up words. */
const ONSETS =
  "b bl br c ch cl cr d dr f fl fr g gl gr h j k kl l m n p pl pr qu r s sh sk sl sp st t th tr v w z".split(" ");
const RIMES =
  "a ack ale am an ap ar ay e ed een ell em en er esh et i ick id ill im in ing ip o od og ol om on ool op or ow u ub uff ug um un ush y".split(
    " ",
  );

/** Chinese characters in code point order: from U+4E00 to U+9FA5, as in any dictionary. */
const FIRST_HAN = 0x4e00;
const LAST_HAN = 0x9fa5;

/** Characters that mean something in some question; drawn at random they are drawn again. */
const MEANT = new Set(
  "零〇一二三四五六七八九十百千万亿两双半倍分几加减乘除和差积商余共总合计添增去扣少多大小高低矮长短快慢早晚先后前末重轻强弱富穷贫年老幼迟胜负涨跌升降上下左右比于等是不没无非与或且同到从至第最中间求解算导微根方程数值题问答线",
);

/** One meaningless word: from the list, or made up. */
export function noiseWord(language: Language, random: Random): string {
  if (language === "en") {
    if (random.chance(0.55)) return random.pick(ENGLISH);
    let word = "";
    for (let left = random.int(1, 3); left > 0; left--) word += random.pick(ONSETS) + random.pick(RIMES);
    return word;
  }
  let word = "";
  for (let left = random.int(1, 3); left > 0; ) {
    const char = random.chance(0.6)
      ? CHINESE_CHARACTERS[random.below(CHINESE_CHARACTERS.length)]!
      : String.fromCodePoint(random.int(FIRST_HAN, LAST_HAN));
    if (MEANT.has(char)) continue;
    word += char;
    left--;
  }
  return word;
}

const CHINESE_CHARACTERS = [...CHINESE].filter((char) => !MEANT.has(char));

/** All listed words of a language. */
export const NOISE_WORDS: Readonly<Record<Language, readonly string[]>> = { en: ENGLISH, zh: CHINESE_CHARACTERS };

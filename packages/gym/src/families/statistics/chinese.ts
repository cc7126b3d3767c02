// The Chinese wordings of statistics, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { KindTexts } from "../../kind-wordings.ts";
import type { Ask } from "./wordings.ts";

export const CHINESE: KindTexts<Ask> = {
  heldOut: {
    list: [
      "几个农场的母鸭分别下蛋{list}枚，得出的{stat}为几？",
      "挑担的人们背负{list}公斤，请报出负重的{stat}。",
      "摊位卖出{list}罐，说说哪个数才是{stat}。",
    ],
    weighted: [
      "面包师卖面包：{parts}，平均一天卖几个？",
      "仪表读数（毫米）：{parts}，请报出每天平均读数。",
      "来客人数：{parts}，说说平均每天来几位。",
    ],
    missing: [
      "麻袋重{list}公斤，另有一袋没贴标签，全部平均{m}公斤，没贴标签的那袋重几公斤？",
      "挑担的人们背负{list}公斤，外加一份未知的负重，平均负重{m}公斤，请报出未知的那份。",
      "一排数{list}、？的平均为{m}，说说问号后藏着哪个数。",
    ],
  },
  trained: {
    list: [
      "[求{list}的{stat}。|计算{list}的{stat}。|请问{list}的{stat}是几？|{list}的{stat}是多少？]",
      "{name}得了{list}分，这些分数的{stat}[是多少|是几]？",
      "几天的气温是{list}度，[求|写出]{stat}。",
      "[数据|数]：{list}\n[求|要求]：{stat}",
      "[已知|给出|有]一组数{list}，[它们的{stat}是多少？|求它们的{stat}。]",
      "[如果|当]几株植物高{list}厘米，{stat}[是多少|是几]？",
      "{name}上班路上用了{list}分钟，[写出|给出]这些时间的{stat}。",
      "[你能|能不能|可以]帮我算{list}的{stat}[吗|]？",
    ],
    weighted: [
      "{name}得分是{parts}，所有得分的平均数[是多少|是几]？",
      "[求|计算]一组数的平均数：{parts}。",
      "[数据|数值]：{parts}\n平均数？",
      "纸牌游戏得到{parts}，[写出|给出]平均值。",
      "商店卖出的糖（克）：{parts}，平均每次卖多少克？",
      "[如果|当]一组数里有{parts}，它的平均数[是多少|是几]？",
      "[你能|能不能|可以]帮我算{parts}的平均值[吗|]？",
      "频数表里写着{parts}，[求|算出]平均数。",
    ],
    missing: [
      "{list}和一个缺少的数的平均数是{m}，缺少的数[是多少|是几]？",
      "{name}已有分数{list}，下一次得多少分，平均分才是{m}？",
      "在{list}里再加一个什么数，平均数就变成{m}？",
      "数：{list}、x\n平均数：{m}\nx = ？",
      "[如果|当]x与{list}的平均值是{m}，x是[多少|几]？",
      "有一个数看不清，其余的是{list}，所有数的平均数是{m}，[求这个数。|这个数是几？]",
    ],
  },
};

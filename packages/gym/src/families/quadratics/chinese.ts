// The Chinese wordings of quadratic equations, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { Wordings } from "../../wordings.ts";
import { asProduct, DO_ZH, HELD_OUT_ZH, inActions, inWords, type Wording } from "./words.ts";

export const CHINESE: Wordings<Wording> = {
  heldOut: [
    "{x}取哪些值，等式{eq}才是对的？",
    "看{eq}，说出让两边相同的每一个实数{x}。",
    inActions("某个未知数{U}{actions}，这样成了{r}，它可能是哪些数？", HELD_OUT_ZH),
  ],
  trained: [
    "[解|求解|请解|解一下]{eq}[。|]",
    "[解|求解][一元二次|二次|]方程{eq}[。|，求{x}。]",
    "[求|写出|找出][方程|]{eq}的[解|根|实根]。",
    "{eq}[，{x}=?|，{x}=？|，求{x}|，{x}等于几|]",
    "[如果|若|当]{eq}，{x}[是多少|等于几|可以是几]？",
    "[求|找出]所有[实数|][{x}]，[使|使得]{eq}[成立|]。",
    "{eq}的[根|解|实根][是什么|是多少|有哪些]？",
    "[你能|可以][帮我|]解{eq}吗？",
    "[哪些|什么样的]{x}[满足|适合]{eq}？",
    "[用求根公式解|用公式法解|用判别式解]：{eq}",
    "[方程|题目|式子]：{eq}\n[未知数|求|要找]：{x}",
    "[有|给出][二次|]方程{eq}，[它的根是什么？|求它的解。|{x}是多少？]",
    "我[写了|有|看到]方程{eq}，[想求|要找]{x}。[是几？|帮帮忙。]",
    "[根是多少|解是什么]？[方程是|我们知道|现有]{eq}[。|]",
    inWords("zh", "{noun}[等于|是|得]{r}，[求这个数。|这个数是多少？|这个数是几？]"),
    inWords("zh", "[找出|求]所有这样的数：{noun}[等于|是]{r}。"),
    inActions("我想了{X}，[把它|]{actions}，[得到|得|结果是]{r}。我想的[数|]是[几|多少]？", DO_ZH),
    inWords("zh", "[如果|若]{noun}[等于|是|得到]{r}，[这个数是多少|那么这个数是几]？"),
    asProduct(
      "zh",
      "{X}乘以比它大{b}的数，[等于|得|是]{r}，[求这个数。|这个数是几？]",
      "{X}乘以比它小{b}的数，[等于|得|是]{r}，[求这个数。|这个数是几？]",
      "问题是这样的：{noun}[等于|是]{r}，[那么这个数是几|这个数是多少]？",
    ),
    "[求|算|计算]{x}：{eq}",
    "[作业里有|黑板上写着|老师写了]{eq}，[求{x}。|{x}是几？]",
    "[怎么|如何][解|求解]{eq}？",
    inActions("[小明|小红|朋友][拿了|选了]{X}，[把它|]{actions}，最后[得|是]{r}，[那是什么数|选的数是几]？", DO_ZH),
  ],
};

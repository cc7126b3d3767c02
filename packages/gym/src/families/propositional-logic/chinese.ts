// The Chinese wordings of propositional logic, the held-out ones first: they were written first. Slots as in english.ts.

import type { Wording } from "./wordings.ts";

export const HELD_OUT_ZH: readonly Wording[] = [
  {
    entailment: "权且认可：{given}。是不是就得认可{quoted}？",
    satisfiability: "权且认可：{given}。整份清单会有成真的时候吗？",
    equivalence: "把{first}跟{second}放一起比，真值永远一致吗？",
  },
  {
    entailment: "{given}。这样一来，{quoted}是否非成立不可？",
    satisfiability: "{given}。找一组赋值让它们统统为真，找得到吗？",
    equivalence: "不管情形怎样，{first}成立之处就是{second}成立之处吗？",
  },
  {
    entailment: "确知的事：{given}。{quoted}便毫无疑问了吗？",
    satisfiability: "确知的事：{given}。这些说法互不冲突吗？",
    equivalence: "两个说法：{first}；{second}。拿一个顶替另一个行得通吗？",
  },
];

export const TRAINED_ZH: readonly Wording[] = [
  {
    entailment: "{given}。能[推出|得出]{quoted}吗？",
    satisfiability: "{given}。[这些|它们][可以|能]同时为真吗？",
    equivalence: "{first}与{second}[逻辑|]等价吗？",
  },
  {
    entailment: "[前提|已知|假设]：{given}。结论{quoted}[成立|有效]吗？",
    satisfiability: "[下面的公式|以下各式|这组公式]是[可满足|相容]的吗：{given}？",
    equivalence: "{first}是不是[等价于|等同于]{second}？",
  },
  {
    entailment: "{quoted}是[下列|以下]前提的推论吗：{given}？",
    satisfiability: "[检查|判断][以下|下列]说法是否相容：{given}。",
    equivalence: "[检查|判断]{first}和{second}是否等价。",
  },
  {
    entailment: "[假定|我们知道]以下各点：{given}。{quoted}一定为真吗？",
    satisfiability: "[有人|一个朋友]说以下全部成立：{given}。[这可能吗|有可能吗]？",
    equivalence: "[有人|一个朋友]说{first}和{second}意思相同。[对吗|是这样吗]？",
  },
  {
    entailment: "[前提|规则|条件]如下：{lines}\n[我们能|可以]得出{quoted}吗？",
    satisfiability: "[要求|规则|条件]如下：{lines}\n[能|可以]同时[满足|遵守]吗？",
    equivalence: "[两个公式|两句话|看这两个]：\n{first}\n{second}\n[它们|两者]等价吗？",
  },
  {
    entailment: "由前提{given}，[能推断|可以推断]{quoted}吗？",
    satisfiability: "有没有[办法|一种情况]让[这里的一切|全部]为真？{given}。",
    equivalence: "{first}和{second}的真值表[相同|一样]吗？",
  },
  {
    entailment: "{given}。[所以|因此]，{claim}。[这个|这一]推理有效吗？",
    satisfiability: "{given}。这[组|些]命题[相容|可满足]吗？",
    equivalence: "{first}。{second}。[这两句|两者]说的是一回事吗？",
  },
  {
    entailment: "[逻辑题|推理题]：{given}。[能确定|可以肯定]{quoted}吗？",
    satisfiability: "[逻辑题|推理题]：{given}。[能|可以]都满足吗？",
    equivalence: "[逻辑题|推理题]：{first}，{second}。含义有差别，还是等价？",
  },
  {
    entailment: "只要这些都成立，{quoted}就成立，对吗：{given}？",
    satisfiability: "[这些|下列]条件能一起成立吗：{given}？",
    equivalence: "{first}为真的情况和{second}为真的情况相同，对吗？",
  },
  {
    entailment: "[推理有效吗|这个推理对不对|论证有效与否]？{given}。[于是|从而]，{claim}。",
    satisfiability: "[相容还是矛盾|可满足与否|可能还是不可能]？{given}。",
    equivalence: "[等价还是不等价|是否等价]？{first}[与|和|，]{second}",
  },
  {
    entailment: "[已经知道|我听说]这些都对：{given}。[那是不是说|这意味着]{quoted}吗？",
    satisfiability: "[据说|我听说]这些都对：{given}。[这做得到吗|真有可能吗]？",
    equivalence: "[我能|可以]把{first}写成{second}而不改变意思吗？",
  },
  {
    entailment: "[判断|请判断]{quoted}是否被[这些|下列各式]蕴涵：{given}。",
    satisfiability: "[判断|请判断]是否[存在赋值|有模型]满足[这些|下列各式]：{given}。",
    equivalence: "[判断|请判断]{first}是否[等价于|等同于]{second}。",
  },
  {
    entailment: "[事实|记录|我知道的]：{lines}\n[问题|求]：{quoted}是必然的吗？",
    satisfiability: "[事实|记录|要求]：{lines}\n[问题|求]：是矛盾的，还是可满足的？",
    equivalence: "[公式|命题|说法]：\n- {first}\n- {second}\n[问题|求]：意思相同吗？",
  },
  {
    entailment: "[老师|书上|有人]说由这些可得{quoted}：{given}。[对吗|正确吗]？",
    satisfiability: "[老师|书上|有人]要求以下各点都成立：{given}。[可能吗|做得到吗]？",
    equivalence: "[老师|书上|有人]用{second}代替{first}。这是等价的写法吗？",
  },
  {
    entailment: "如果[接受|相信]这些：{given}，[就必须|就一定要][接受|相信]{quoted}吗？",
    satisfiability: "[能|可以][接受|相信]这些而没有矛盾吗：{given}？",
    equivalence: "[接受|相信]{first}就是[接受|相信]{second}，反过来也一样，对吗？",
  },
  {
    entailment: "{given}。{quoted}[还|]可能为假吗，还是必然成立？",
    satisfiability: "{given}。有[某种|哪种]情况满足[全部|一切]吗？",
    equivalence: "{first}的值总是和{second}的值相同吗？",
  },
  {
    entailment: "[检查这个论证|一个论证]。前提：{given}。结论：{claim}。",
    satisfiability: "[检查这些命题|一组命题]的可满足性：{given}。",
    equivalence: "[检查这两个公式|两个式子]的等价性：{first}；{second}。",
  },
  {
    entailment: "[只用|仅凭]这些：{given}，[你能证明|可以证明]{quoted}吗？",
    satisfiability: "[试着找|请找]一种全部为真的情况：{given}。[有吗|存在吗]？",
    equivalence: "[你能|能不能]证明{first}与{second}相同，还是它们不同？",
  },
];

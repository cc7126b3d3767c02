// The Chinese wordings of syllogisms, in the order of the English ones; the held-out ones were written first.

export const HELD_OUT_ZH: readonly string[] = [
  "姑且承认：{given}。仔细想来，非得接受{quoted}不可吗？",
  "{given}。认了这些的人，还得认{quoted}吗？",
  "倘使有人担保：{given}。他是否等于担保了{quoted}？",
];

export const TRAINED_ZH: readonly string[] = [
  "{given}。能推出{quoted}吗？",
  "[前提|已知]：{given}。结论：{claim}。[结论有效吗？|结论成立吗？|这个推理对吗？]",
  "[如果|假设][下面这些|以下各句]都是真的：{given}。那么{quoted}一定[也|]是真的吗？",
  "从[这些前提|下面的话][能不能|可不可以]得出{quoted}：{given}？",
  "[我们知道|已知|题目说]：{lines}\n[能否|可否]得出{quoted}？",
  "{given}。所以{claim}。[这个推理|这个论证|这个三段论]有效吗？",
  "[请判断|判断一下|看看]{quoted}[是否必然成立|能否推出]：{given}。",
  "[逻辑题|三段论|逻辑问题]：{given}。由此可以肯定{quoted}吗？",
  "[朋友|同学|有人]说：{given}；因此{claim}。[逻辑上对吗？|这个结论成立吗？]",
  "有几条事实。{lines}\n{quoted}是不是[它们|这些]的逻辑结论？",
];

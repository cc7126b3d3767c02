// The Chinese wordings of family relations, in the order of the English ones; the held-out ones were written first.

export const HELD_OUT_ZH: readonly string[] = [
  "家书里写着：{facts}。{question}",
  "聚会时听说：{facts}。{question}",
  "{facts}，家谱上查到这些。{question}",
];

/** One for each held-out wording. */
export const HELD_OUT_QUESTIONS_ZH: readonly string[] = [
  "论起来，{y}管{x}叫啥？",
  "从{y}那边看，{x}算哪种亲戚？",
  "{x}之于{y}属何种亲属？",
];

export const TRAINED_ZH: readonly string[] = [
  "{facts}。{question}",
  "[有这样一家人|这是一家人]：{facts}。{question}",
  "[在一个家庭里|我们家里]，{facts}。{question}",
  "[已知|家庭关系|亲属关系]：{lines}\n{question}",
  "[假设|已知|我们知道]{facts}。{question}",
  "[猜一猜|家庭谜题|亲属题]：{facts}。{question}",
  "{question}{facts}。",
  "[请看|说说]下面这家人：{facts}。{question}",
  "[听说|书上说]{facts}。[那么，|现在，]{question}",
  "[看看|考虑]这几个人：{facts}。{question}",
];

export const TRAINED_QUESTIONS_ZH: readonly string[] = [
  "{x}是{y}的什么人？",
  "{x}是{y}的谁？",
  "{y}应该怎么称呼{x}？",
  "{y}该叫{x}什么？",
];

// The Chinese wordings of first-order logic, in the order of the English ones; the held-out ones were written first.

export const HELD_OUT_ZH: readonly string[] = [
  "此处只看{things}。成立的是：{facts}。凡未说起的概不成立。你会承认{quoted}吗？",
  "登场的有{things}。记录：{facts}。记录以外一律作假。请对{quoted}下个判断。",
  "小小世界里有{things}，翻开来读到{facts}，此外一无所有。放进去看，{quoted}说得准吗？",
];

export const TRAINED_ZH: readonly string[] = [
  "只有{things}。{facts}。[除此之外都不成立|别的都不成立]。{quoted}[是真的吗|成立吗|对吗]？",
  "[论域|世界|对象]：{things}。[事实|成立的有]：{facts}。[其他事实都为假|其余都为假]。[命题|断言]：{claim}。[真还是假？|是真的吗？]",
  "[设想|考虑|来看]一个小世界，里面有{things}，其中{facts}，[没有别的事实|别的都不成立]。{quoted}[是真是假|是真的吗]？",
  "{things}，全部就是这些。{facts}。[没有其他事实|其他的都不成立]。[请判断|判断一下|说说]{quoted}[是否成立|是不是真的]。",
  "[事实|成立的事|已知]：{lines}\n[只有这些成立|其余都不成立]。一共只有{things}。[对还是错|真还是假]：{claim}？",
  "关于{things}，[我知道|我们知道][这些|下面这些]：{facts}。[没说的都是假的|没列出的都不成立]。[能不能说|可以说]{quoted}[？|吗？]",
  "[有人|朋友|老师][说|认为]：{claim}。这里只有{things}，[全部事实|所有的事实]是：{facts}。[这话对吗|他说得对吗]？",
  "[求|请给出]{quoted}在[这个|下面的]模型里的真值：{things}；{facts}；[没有别的|此外都为假]。",
  "给定{things}，[而且只有这些事实|只有以下这些事实]：{facts}。{quoted}[为真还是为假|是不是真的]？",
  "[个体|对象]：{things}。[已知|给出]：{facts}。[剩下的都为假|其余的全是假的]。[证明或反驳|真或假]：{claim}。",
];

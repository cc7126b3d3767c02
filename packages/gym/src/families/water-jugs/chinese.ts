// The Chinese wordings of jug puzzles, the held-out ones first: they were written first. Slots as in english.ts.

import type { JugWords } from "./wordings.ts";

export const HELD_OUT_ZH: readonly JugWords[] = [
  {
    tap: "池边摆着两只没有刻度的{vessel}，一只盛{p}{unit}，一只盛{q}{unit}。",
    full: "桌上摆着三只没有刻度的{vessel}，分别盛{p}、{q}、{r}{unit}，最大那只满满当当，旁边两只一滴不剩。",
    plan: "设法让其中一只里恰有{t}{unit}，每一下都简记，例如{forms}。",
    pour: "设法让其中一只里恰有{t}{unit}，每一下都简记，例如{forms}。",
    least: "设法让其中一只里恰有{t}{unit}，装、清、倒合起来起码几下？",
    leastPours: "设法让其中一只里恰有{t}{unit}，起码倒几下？",
  },
  {
    tap: "容器规格{p}与{q}（{unit}），都无标线，井水随便打。",
    full: "容器规格{p}、{q}、{r}（{unit}），都无标线，牛奶全在{p}的那个里，齐口满。",
    plan: "怎样一连串操作能留下{t}？操作照{forms}的样子写。",
    pour: "怎样一连串转移能留下{t}？转移照{forms}的样子写。",
    least: "想留下{t}，装、清、转移的操作串最短有多长？",
    leastPours: "想留下{t}，转移的操作串最短有多长？",
  },
  {
    tap: "厨师手边有容量{p}{unit}的{vessel}，外加一个{q}{unit}的，还接着水管。",
    full: "厨师手边有容量{p}{unit}的{vessel}，外加{q}{unit}和{r}{unit}的，高汤只在头一个里，再添不下。",
    plan: "菜谱要{t}{unit}，一滴不差。教教她，句式仿照{forms}。",
    pour: "菜谱要{t}{unit}，一滴不差。教教她，句式仿照{forms}。",
    least: "菜谱要{t}{unit}，一滴不差。接满、排空、互倒都算一次，次数能少到多少？",
    leastPours: "菜谱要{t}{unit}，一滴不差。互倒算一次，次数能少到多少？",
  },
];

export const TRAINED_ZH: readonly JugWords[] = [
  {
    tap: "有一个{p}{unit}的{vessel}和一个{q}{unit}的{vessel}，都是空的，水[不限量|随便用]。",
    full: "有一个装满水的{p}{unit}{vessel}，还有两个空的，容量为{q}{unit}和{r}{unit}。",
    plan: "怎样[量出|得到]{t}{unit}水？步骤写成{forms}这样。",
    pour: "怎样倒来倒去[量出|得到]{t}{unit}水？步骤写成{forms}这样。",
    least: "最少几步能[量出|得到]{t}{unit}水？（装满、倒空、倒入另一个各算一步。）",
    leastPours: "最少几步能[量出|得到]{t}{unit}水？（从一个倒入另一个算一步。）",
  },
  {
    tap: "两个{vessel}的容量是{p}{unit}和{q}{unit}。可以装满、倒空，或者把一个倒入另一个，直到一边满了或空了。",
    full: "三个{vessel}的容量是{p}{unit}、{q}{unit}和{r}{unit}，其中{p}{unit}的是满的，其余是空的。可以把一个倒入另一个，直到一边满了或空了。",
    plan: "[求|找出]一种方法，使某个{vessel}里有{t}{unit}。用{forms}的形式回答。",
    pour: "[求|找出]一种方法，使某个{vessel}里有{t}{unit}。用{forms}的形式回答。",
    least: "[求|找出]使某个{vessel}里有{t}{unit}的最少步数。",
    leastPours: "[求|找出]使某个{vessel}里有{t}{unit}的最少步数。",
  },
  {
    tap: "[倒水问题|水壶问题]：{vessel}容量{p}和{q}{unit}，开始都空，有水龙头。",
    full: "[倒水问题|水壶问题]：{vessel}容量{p}、{q}和{r}{unit}，开始只有第一个是满的，没有水龙头。",
    plan: "目标：一个{vessel}里{t}{unit}。步骤的写法：{forms}。",
    pour: "目标：一个{vessel}里{t}{unit}。步骤的写法：{forms}。",
    least: "目标：一个{vessel}里{t}{unit}。最少多少步（装满、倒空或倒入）？",
    leastPours: "目标：一个{vessel}里{t}{unit}。最少多少步（倒入）？",
  },
  {
    tap: "我只有能装{p}{unit}的{vessel}和能装{q}{unit}的{vessel}，旁边有水龙头。",
    full: "我有一{vessel}果汁，{p}{unit}，是满的，还有两个空{vessel}，能装{q}{unit}和{r}{unit}。",
    plan: "我[需要|想要]{t}{unit}，该怎么一步一步做？每步写成{forms}。",
    pour: "我[需要|想要]{t}{unit}，该怎么一步一步倒？每步写成{forms}。",
    least: "我[需要|想要]{t}{unit}，装满、倒空和互相倒总共至少多少次？",
    leastPours: "我[需要|想要]{t}{unit}，至少要倒多少次？",
  },
  {
    tap: "[农夫|露营的人|老板]有两个没有刻度的{vessel}，{p}{unit}和{q}{unit}，附近有湖。",
    full: "[农夫|露营的人|老板]有三个没有刻度的{vessel}，{p}{unit}、{q}{unit}和{r}{unit}，最大的装满了，另外两个空着。",
    plan: "[什么样的操作|哪些操作]会使其中一个正好有{t}{unit}？用记号{forms}。",
    pour: "[怎样倒|哪些操作]会使其中一个正好有{t}{unit}？用记号{forms}。",
    least: "要使其中一个正好有{t}{unit}，[最少|至少]要多少次操作（装满、倒空、倒过去）？",
    leastPours: "要使其中一个正好有{t}{unit}，[最少|至少]要倒多少次？",
  },
  {
    tap: "{vessel}：{p}{unit}和{q}{unit}。水足够多。[量出|要得到]{t}{unit}。",
    full: "{vessel}：{p}{unit}、{q}{unit}和{r}{unit}。第一个满，其余空。[量出|要得到]{t}{unit}。",
    plan: "[列出|写出]步骤，形如{forms}。",
    pour: "[列出|写出]步骤，形如{forms}。",
    least: "最小步数是多少[（装满、倒空、倒入都算）|，装满、倒空、倒入各算一步]？",
    leastPours: "最小步数是多少[（只有倒入）|，倒入算一步]？",
  },
  {
    tap: "[假设|设]一个{vessel}能装{p}{unit}，另一个能装{q}{unit}，都可以装满、倒空、互相倒。",
    full: "[假设|设]一个{p}{unit}的{vessel}是满的，另外两个能装{q}{unit}和{r}{unit}，是空的，只能互相倒。",
    plan: "怎样让一个{vessel}里最后是{t}{unit}？请用[简短的记法|这种记法]：{forms}。",
    pour: "怎样让一个{vessel}里最后是{t}{unit}？请用[简短的记法|这种记法]：{forms}。",
    least: "让一个{vessel}里最后是{t}{unit}，[最短|最少]要几步？",
    leastPours: "让一个{vessel}里最后是{t}{unit}，[最短|最少]要几步？",
  },
  {
    tap: "用{q}{unit}的{vessel}和{p}{unit}的{vessel}在水池边量水，",
    full: "用满的{p}{unit}{vessel}和空的{q}{unit}、{r}{unit}{vessel}量水，",
    plan: "[要量|量]{t}{unit}。[回答|答案]写成{forms}这样的列表。",
    pour: "[要量|量]{t}{unit}。[回答|答案]写成{forms}这样的列表。",
    least: "[要量|量]{t}{unit}，最少需要多少步（装一个、空一个、倒一个）？",
    leastPours: "[要量|量]{t}{unit}，最少需要多少步（倒一个）？",
  },
  {
    tap: "[趣题|智力题]：两个空{vessel}（{p}和{q}{unit}），一口泉，没有别的量具。",
    full: "[趣题|智力题]：三个{vessel}（{p}、{q}和{r}{unit}），最大的满着，两个小的空着。",
    plan: "最后一个{vessel}里要有{t}{unit}。给出方案，如{forms}。",
    pour: "最后一个{vessel}里要有{t}{unit}。给出方案，如{forms}。",
    least: "最后一个{vessel}里要有{t}{unit}。最短方案有几步？装满、倒空、倒入都是一步。",
    leastPours: "最后一个{vessel}里要有{t}{unit}。最短方案有几步？倒入是一步。",
  },
];

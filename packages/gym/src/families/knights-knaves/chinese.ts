// The Chinese wordings of knights and knaves, the held-out ones first: they were written first. Slots as in english.ts.

export const HELD_OUT_ZH: readonly string[] = [
  "有个地方，{knights}从不讲错，{knaves}从不讲对，你听到这些：{told}把大家分成{knights}和{knaves}。",
  "{told}设想{knight}讲出的句句属实，{knave}讲出的句句不实。大家各属哪种？",
  "{people}的谜面：{knights}所言为实，{knaves}所言为虚。{told}逐个判断。",
];

export const TRAINED_ZH: readonly string[] = [
  "一个岛上有{knights}和{knaves}，{knights}总说真话，{knaves}总说假话。{told}[每个人是什么人|他们各是什么人|谁是什么人]？",
  "{knights}总是说真话，{knaves}总是说假话。{told}[谁是{knight}，谁是{knave}|他们分别是什么]？",
  "每个{knight}都说真话，每个{knave}都说假话。你遇到了{people}。{told}[他们是什么人|每个人是哪一类]？",
  "{people}每人不是{knight}就是{knave}。{knights}说真话，{knaves}说谎。{told}[请问|][他们各是什么|每人是什么身份]？",
  "{told}[如果|已知]{knights}总说真话而{knaves}总说假话，[谁是{knave}，谁是{knight}|每个人是什么]？",
  "[逻辑题|推理题]：{knights}只说真话，{knaves}只说假话。{told}[求|请判断|请找出]每个人的身份。",
  "[我|你|我们]在{knights}和{knaves}的岛上遇到{people}。{told}[他们各是什么|谁是什么人]？{knights}从不说谎，{knaves}总在说谎。",
  "{knight}永远说真话。{knave}永远说假话。{told}[说说|找出|推出]每个人是什么。",
  "这里的人[要么是{knight}（说真话），要么是{knave}（说假话）|或者是{knight}（说真话），或者是{knave}（说假话）]。{told}[{people}是什么人|每个人是什么]？",
  "[在一个村子里|在一个小镇上]，{knaves}每次都说谎，{knights}每次都说真话。{told}[请解答|找出大家的身份|谁是什么？]",
  "{told}[这里|题中]{knights}说真话，{knaves}说假话。[每个人是哪类人|他们是什么人]？",
  "[有|这里有]{people}。{knights}的话都是真的，{knaves}的话都是假的。{told}[请写出每个人的身份|谁是{knight}，谁是{knave}？]",
  "{knights}与{knaves}：{knights}诚实，{knaves}说谎。{lines}\n[每个人是什么|谁是什么人|他们各是什么]？",
  "[看看|读一读]这些人的话。{knights}说真话，{knaves}说假话。{lines}\n[求每个人的身份|每人属于哪一类|谁是{knave}，谁是{knight}][？|。]",
  "[他们是|每个人是]{knight}还是{knave}？{told}{knights}总说真话，{knaves}总说假话。",
  "[请判断|请找出|告诉我]谁是{knight}（总说真话），谁是{knave}（总说假话）。{told}",
  "{people}在聊天。他们当中{knave}的话是假的，{knight}的话是真的。{told}[每个人是什么|谁是什么]？",
  "{knights}说的都对，{knaves}说的都错。{told}[请给{people}分类|请说明每个人的身份]。",
  "[一位旅客|有人]遇见了{people}，{knights}说真话，{knaves}说谎话。{told}[那么每个人是什么|他们的身份各是什么]？",
  "[一道|有一道]关于{knights}（诚实）和{knaves}（说谎）的题。{lines}\n[求所有人的身份|请给出大家的身份|谁是什么？]",
];

// The parties of contracts: invented names, kinds of contracts with their titles, and the roles of each kind. Owns these lists.

import type { Language } from "@lemma/protocol";

/** Invented companies; the n-th English name equals the n-th Chinese one. */
export const PARTIES: Readonly<Record<Language, readonly string[]>> = {
  en: "Norvane Calthor Bellwick Tarsom Ostrel Quillan Merivo Dunwell Pexham Lindrow Varkis Solmere Harnock Wexley Brimont Corvell Ashgrove Zentara Kelford Rowmont".split(
    " ",
  ),
  zh: "诺凡 恒泰 贝维 塔森 欧瑞 启兰 美沃 敦威 佩翰 林卓 瓦奇 索美 海诺 卫斯 博蒙 科维 雅格 振腾 凯福 罗曼".split(" "),
};

/** A party's name: that of its number, or the one that a question brought along. */
export const partyName = (party: number | string, language: Language): string =>
  typeof party === "string" ? party : PARTIES[language][party]!;

/** The number of a name, else the name itself. */
export function partyNamed(name: string): number | string {
  for (const names of Object.values(PARTIES)) {
    const at = names.indexOf(name);
    if (at >= 0) return at;
  }
  return name;
}

/** The roles of each kind of contract: who renders, who pays. */
export const ROLES: readonly Readonly<Record<Language, readonly [string, string]>>[] = [
  { en: ["Provider", "Client"], zh: ["服务方", "委托方"] },
  { en: ["Lessor", "Tenant"], zh: ["出租方", "承租方"] },
  { en: ["Supplier", "Buyer"], zh: ["供货方", "采购方"] },
  { en: ["Lender", "Borrower"], zh: ["贷款方", "借款方"] },
  { en: ["Licensor", "Licensee"], zh: ["授权方", "使用方"] },
];

/** What each kind of contract is called. */
export const TITLES: Readonly<Record<Language, readonly string[]>> = {
  en: ["service", "lease", "supply", "loan", "licence"],
  zh: ["服务", "租赁", "供货", "借款", "许可"],
};

/** What the rendering party owes in each kind of contract. */
export const DEEDS: Readonly<Record<Language, readonly string[]>> = {
  en: ["begin work", "deliver the keys", "deliver the goods", "grant the loan", "deliver the software"],
  zh: ["开始工作", "交出钥匙", "交付货物", "发放借款", "交付软件"],
};

// The lines of income statements and balance sheets: their order, their names in both languages, and which totals they make. Owns
// these tables; must not know problems.

import type { Language } from "@lemma/protocol";

/** How a line is said: the first name is the one that reasoning and answers use, all of them stand in documents, `also` is only read. */
export interface Names {
  readonly en: readonly string[];
  readonly zh: readonly string[];
  readonly also?: readonly string[];
}

/** Every line, in the order of a document. */
export const ITEMS = {
  revenue: { en: ["Revenue", "Net sales", "Turnover"], zh: ["营业收入", "销售收入"], also: ["Sales", "收入"] },
  cogs: {
    en: ["Cost of sales", "Cost of goods sold"],
    zh: ["营业成本", "销售成本"],
    also: ["COGS", "Cost of revenue", "成本"],
  },
  gross: { en: ["Gross profit"], zh: ["毛利", "毛利润"] },
  selling: { en: ["Selling expenses", "Distribution costs"], zh: ["销售费用"], also: ["Selling costs"] },
  admin: { en: ["Administrative expenses", "General expenses"], zh: ["管理费用"], also: ["Admin expenses"] },
  research: { en: ["Research and development"], zh: ["研发费用"], also: ["R&D"] },
  depreciation: { en: ["Depreciation"], zh: ["折旧费用"], also: ["折旧"] },
  opex: {
    en: ["Total operating expenses"],
    zh: ["费用合计", "营业费用合计"],
    also: ["Operating expenses", "期间费用合计"],
  },
  operating: { en: ["Operating profit", "Operating income"], zh: ["营业利润"], also: ["EBIT"] },
  interest: { en: ["Interest expense", "Finance costs"], zh: ["利息费用", "财务费用"], also: ["Interest"] },
  pretax: { en: ["Profit before tax", "Income before tax"], zh: ["利润总额", "税前利润"], also: ["Pre-tax profit"] },
  tax: { en: ["Income tax", "Tax expense"], zh: ["所得税费用", "所得税"] },
  net: { en: ["Net profit", "Net income"], zh: ["净利润"], also: ["Net earnings"] },
  cash: { en: ["Cash", "Cash and cash equivalents"], zh: ["货币资金", "现金"] },
  receivables: { en: ["Trade receivables", "Accounts receivable"], zh: ["应收账款"], also: ["Receivables"] },
  inventory: { en: ["Inventories", "Inventory"], zh: ["存货"], also: ["库存"] },
  prepaid: { en: ["Prepaid expenses"], zh: ["预付款项", "预付账款"] },
  currentAssets: { en: ["Total current assets"], zh: ["流动资产合计"], also: ["Current assets", "流动资产"] },
  property: { en: ["Property and equipment"], zh: ["固定资产"], also: ["Property, plant and equipment"] },
  intangibles: { en: ["Intangible assets"], zh: ["无形资产"], also: ["Intangibles"] },
  investments: { en: ["Long-term investments"], zh: ["长期股权投资", "长期投资"] },
  fixedAssets: {
    en: ["Total non-current assets"],
    zh: ["非流动资产合计"],
    also: ["Non-current assets", "Total fixed assets", "非流动资产"],
  },
  totalAssets: { en: ["Total assets"], zh: ["资产总计", "资产合计"], also: ["总资产"] },
  payables: { en: ["Trade payables", "Accounts payable"], zh: ["应付账款"], also: ["Payables"] },
  shortLoans: { en: ["Short-term borrowings", "Short-term loans"], zh: ["短期借款"] },
  accrued: { en: ["Accrued expenses"], zh: ["应付职工薪酬"], also: ["Accruals"] },
  currentLiabilities: {
    en: ["Total current liabilities"],
    zh: ["流动负债合计"],
    also: ["Current liabilities", "流动负债"],
  },
  longLoans: { en: ["Long-term borrowings", "Long-term loans"], zh: ["长期借款"] },
  leases: { en: ["Lease liabilities"], zh: ["租赁负债"] },
  provisions: { en: ["Provisions"], zh: ["预计负债"] },
  longLiabilities: {
    en: ["Total non-current liabilities"],
    zh: ["非流动负债合计"],
    also: ["Non-current liabilities", "Total long-term liabilities", "非流动负债"],
  },
  totalLiabilities: { en: ["Total liabilities"], zh: ["负债合计"], also: ["总负债", "Total debt"] },
  capital: { en: ["Share capital"], zh: ["实收资本", "股本"] },
  reserves: { en: ["Reserves"], zh: ["资本公积"] },
  retained: { en: ["Retained earnings"], zh: ["未分配利润"] },
  equity: {
    en: ["Total equity", "Shareholders' equity"],
    zh: ["所有者权益合计", "股东权益合计"],
    also: ["Equity", "所有者权益", "股东权益"],
  },
  totalFunding: {
    en: ["Total liabilities and equity"],
    zh: ["负债和所有者权益总计"],
    also: ["负债和股东权益总计"],
  },
} as const satisfies Readonly<Record<string, Names>>;

export type Id = keyof typeof ITEMS;

/** All lines, in the order of a document. */
export const IDS = Object.keys(ITEMS) as Id[];

/** The name that reasoning and answers use. */
export const nameOf = (id: Id, language: Language): string => ITEMS[id][language][0];

/** Names of both languages, the longest first, with their lines. */
const NAMED: readonly (readonly [name: string, id: Id])[] = IDS.flatMap((id) => {
  const { en, zh, also = [] } = ITEMS[id] as Names;
  return [...en, ...zh, ...also].map((name) => [name.toLowerCase(), id] as const);
}).sort((a, b) => b[0].length - a[0].length);

const IDS_BY_NAME: ReadonlyMap<string, Id> = new Map(NAMED);

/** A pattern for any name, without capture groups. */
export const ANY_NAME = NAMED.map(([name]) => name).join("|");

/** The line with this name, in either language. */
export const idNamed = (name: string): Id | undefined => IDS_BY_NAME.get(name.trim().toLowerCase());

/** A total and what makes it: the sum of those of `parts` that a document has, or `parts[0]` less `parts[1]`. */
export interface Total {
  readonly id: Id;
  readonly parts: readonly Id[];
  readonly isDifference?: true;
}

/** All totals, in the order of a document. */
export const TOTALS: readonly Total[] = [
  { id: "gross", parts: ["revenue", "cogs"], isDifference: true },
  { id: "opex", parts: ["selling", "admin", "research", "depreciation"] },
  { id: "operating", parts: ["gross", "opex"], isDifference: true },
  { id: "pretax", parts: ["operating", "interest"], isDifference: true },
  { id: "net", parts: ["pretax", "tax"], isDifference: true },
  { id: "currentAssets", parts: ["cash", "receivables", "inventory", "prepaid"] },
  { id: "fixedAssets", parts: ["property", "intangibles", "investments"] },
  { id: "totalAssets", parts: ["currentAssets", "fixedAssets"] },
  { id: "currentLiabilities", parts: ["payables", "shortLoans", "accrued"] },
  { id: "longLiabilities", parts: ["longLoans", "leases", "provisions"] },
  { id: "totalLiabilities", parts: ["currentLiabilities", "longLiabilities"] },
  { id: "equity", parts: ["capital", "reserves", "retained"] },
  { id: "totalFunding", parts: ["totalLiabilities", "equity"] },
];

/** The total with this id; undefined for a line that no others make. */
export const totalWith = (id: Id): Total | undefined => TOTALS.find((total) => total.id === id);

// How questions about financial statements are asked: a statement as a page of lines, a table or dotted lines, with a title, and the
// question in front of it or behind; the texts stand in english.ts and chinese.ts.
//
// Slots: {title} {page} the statement, {ask} the question in a frame; {line} the line that is asked about, {margin} {ratio} what is
// computed, {in} the year where there are two (` in 2024`, 2024年的), {from} {to} the earlier and the later year.

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { type Id, ITEMS, type Names } from "./items.ts";
import { type Financial, KINDS, type Kind } from "./problem.ts";

type Part = Kind | "frame";

/** Frames, and questions by kind; wording n puts question n into frame n. */
export interface Texts {
  readonly heldOut: Readonly<Record<Part, readonly string[]>>;
  readonly trained: Readonly<Record<Part, readonly string[]>>;
}

const SPOKEN: Readonly<Record<Language, Readonly<Record<string, readonly string[]>>>> = {
  en: {
    gross: ["gross margin", "gross profit margin"],
    operating: ["operating margin", "operating profit margin"],
    net: ["net margin", "net profit margin"],
    current: ["current ratio"],
    quick: ["quick ratio", "acid-test ratio"],
    debtToEquity: ["debt-to-equity ratio", "debt to equity ratio"],
  },
  zh: {
    gross: ["毛利率"],
    operating: ["营业利润率"],
    net: ["净利率", "净利润率"],
    current: ["流动比率"],
    quick: ["速动比率"],
    debtToEquity: ["产权比率", "负债权益比"],
  },
};

const COMPANIES = {
  en: {
    first: ["Norvale", "Brightmoor", "Tessel", "Oakhaven", "Lindqvist", "Marlow", "Calder", "Quillon"],
    trade: ["Foods", "Textiles", "Tools", "Logistics", "Ceramics", "Instruments"],
    form: ["Ltd", "Inc.", "plc", "AG"],
  },
  zh: {
    first: ["云河", "青石", "远岸", "明岭", "北桥", "松湖"],
    trade: ["食品", "纺织", "机械", "物流", "陶瓷", "仪器"],
    form: ["有限公司", "股份有限公司"],
  },
} as const;

const TITLES: Readonly<Record<Language, Readonly<Record<"income" | "sheet", readonly string[]>>>> = {
  en: {
    income: [
      "{company}: income statement[ for {year}|], in thousands of euros",
      "{company}, statement of profit or loss[ {year}|] (€ thousand)",
      "Income statement of {company}[, year ended 31 December {year}|], in € thousand",
    ],
    sheet: [
      "{company}: balance sheet[ at 31 December {year}|], in thousands of euros",
      "{company}, balance sheet[ {year}|] (€ thousand)",
      "Extract from the balance sheet of {company}[, end of {year}|], in € thousand",
    ],
  },
  zh: {
    income: ["{company}[{year}年|]利润表（单位：万元）", "利润表：{company}[，{year}年|]，单位千元"],
    sheet: [
      "{company}[{year}年末|]资产负债表（单位：万元）",
      "资产负债表节选：{company}[，{year}年12月31日|]，单位千元",
    ],
  },
};

const INCOME: readonly Id[] = ["revenue", "cogs", "gross", "opex"];

function companyName(language: Language, random: Random): string {
  const { first, trade, form } = COMPANIES[language];
  const words = [random.pick<string>(first), random.pick<string>(trade), random.pick<string>(form)];
  return words.join(language === "en" ? " " : "");
}

/** The title; it names the year of a statement that has only one. */
function titleOf(problem: Financial, language: Language, year: number, random: Random): string {
  const isIncome = problem.rows.some(({ id }) => INCOME.includes(id));
  const text = random.pick(TITLES[language][isIncome ? "income" : "sheet"]);
  const single = problem.rows[0]!.values.length === 1;
  return text
    .replace(/\[([^|]*)\|\]/, single ? "$1" : "")
    .replace("{year}", String(year))
    .replace("{company}", companyName(language, random));
}

const TAKEN: readonly Id[] = ["cogs", "selling", "admin", "research", "depreciation", "opex", "interest", "tax"];

/** The lines of a statement with their values, in one of the layouts. */
function pageOf(
  { rows }: Financial,
  named: ReadonlyMap<Id, string>,
  language: Language,
  years: readonly number[],
  random: Random,
): string {
  const unread = language === "en" ? random.pick(["?", "???", "[unreadable]"]) : random.pick(["?", "？", "[看不清]"]);
  const inBrackets = random.chance(0.25);
  const cell = (id: Id, value: number | undefined) =>
    value === undefined ? unread : inBrackets && TAKEN.includes(id) ? `(${value})` : String(value);
  const cells = rows.map(({ id, values }) => [named.get(id)!, ...values.map((value) => cell(id, value))]);
  const head = years.map(String);
  const layout = random.pick(["colon", "table", "dots"] as const);
  if (layout === "table") {
    const columns = head.length === 1 ? [language === "en" ? "amount" : "金额"] : head;
    const rule = ["---", ...columns.map(() => "---:")];
    return [[language === "en" ? "item" : "项目", ...columns], rule, ...cells]
      .map((row) => `| ${row.join(" | ")} |`)
      .join("\n");
  }
  const lines = cells.map(([name, ...values]) =>
    layout === "colon"
      ? `${name}${language === "en" ? ": " : "："}${values.join(" | ")}`
      : `${name} .... ${values.join("  ")}`,
  );
  return [...(head.length === 1 ? [] : [head.join(layout === "colon" ? " | " : "  ")]), ...lines].join("\n");
}

function slotsFor(problem: Financial, language: Language, random: Random): Record<string, string> {
  const { asked, rows, column } = problem;
  const year = random.int(2011, 2025);
  const isPair = rows[0]!.values.length === 2;
  const years = isPair ? [year, year - 1] : [year];
  const named = new Map(rows.map(({ id }) => [id, random.pick((ITEMS[id] as Names)[language])] as const));
  const name = named.get(asked as Id) ?? "";
  const spoken = random.pick(SPOKEN[language][asked ?? ""] ?? [""]);
  return {
    title: titleOf(problem, language, year, random),
    page: pageOf(problem, named, language, years, random),
    line: language === "en" ? name[0]?.toLowerCase() + name.slice(1) : name,
    margin: spoken,
    ratio: spoken,
    in: isPair ? (language === "en" ? ` in ${years[column]}` : `${years[column]}年的`) : "",
    from: String(year - 1),
    to: String(year),
  };
}

/** Wording n puts text n of each kind into frame n. */
const wordingsOf = ({ frame, ...texts }: Texts["trained"]): Readonly<Record<Kind, string>>[] =>
  frame.map(
    (around, i) =>
      Object.fromEntries(KINDS.map((kind) => [kind, around.replace("{ask}", () => texts[kind][i]!)])) as Record<
        Kind,
        string
      >,
  );

const wordings = ({ heldOut, trained }: Texts): Wordings<Readonly<Record<Kind, string>>> => ({
  heldOut: wordingsOf(heldOut),
  trained: wordingsOf(trained),
});

/** The wordings of the family, by language. */
export const statementPhrasings = phrasingsFrom<Financial, Readonly<Record<Kind, string>>>(
  { en: wordings(ENGLISH), zh: wordings(CHINESE) },
  (wording, language) => {
    const forms = new Map(KINDS.map((kind) => [kind, template(wording[kind])]));
    return {
      templates: [...forms.values()],
      render(problem, random) {
        const text = forms.get(problem.kind)!.render(slotsFor(problem, language, random), random);
        return text.replace(/(?<=^|\n|\. )[a-z](?=[a-z-]+ )/g, (letter) => letter.toUpperCase());
      },
    };
  },
);

// Reads a statement and what is asked of it from a text. Owns the reading and its bound: a statement is longer than other questions.
// A line is a known name with one value, or with two where a pair of years stands in the text; what is left tells what is asked. A
// line with a number and a name that isn't known makes the statement unreadable: its totals can't be judged.

import { ANY_NAME, type Id, idNamed } from "./items.ts";
import { type Asked, type Financial, inOrder, isProblem, type Kind, type Row } from "./problem.ts";

/** The longest drawn question has about 1,300 characters. */
const LONGEST = 4000;

const AMOUNT = "\\(?-?(?:\\d{1,3}(?:,\\d{3})+|\\d{1,9})\\)?(?![\\d%]|\\.\\d|,\\d{3}| ?[年%])";
const UNKNOWN = "\\?{1,3}|？|\\[unreadable\\]|\\[看不清\\]|_{2,9}";
const CURRENCY = "(?:[€$£¥] ?)?";
const BEFORE = "(?:\\s{1,3}(?:is|was|are|were|of)\\s{1,3}| ?[为是] ?|[ \\t:：|.…=]{0,40})";
const BETWEEN = "(?:[ \\t]{0,9}[|,，/][ \\t]{0,9}|[ \\t]{2,9})";
/** What must stand before an unreadable value: "how high is revenue?" has none. */
const MARK = "[ \\t]{0,9}[:：|.…][ \\t:：|.…]{0,40}";
const LINE = new RegExp(
  `(?<![\\p{L}&])(${ANY_NAME})(?:${BEFORE}${CURRENCY}(${AMOUNT})|${MARK}(${UNKNOWN}))(?:${BETWEEN}${CURRENCY}(${AMOUNT}|${UNKNOWN}))?`,
  "giu",
);
const named = (pattern: RegExp) =>
  ANY_NAME.split("|")
    .filter((name) => pattern.test(name))
    .join("|");
/** A name in a sentence: Chinese ones need no gap before or behind. */
const NAME = new RegExp(`(?<![\\p{L}&])(?:${named(/^[a-z]/)})(?![a-z])|(?:${named(/^\p{Script=Han}/u)})`, "giu");
const YEARS = /(?<!\d)((?:19|20)\d\d)年?[ \t]{0,9}(?:[|,，/]|and|和)?[ \t]{0,9}((?:19|20)\d\d)年?(?!\d)/;
const STRANGER = /^[^\p{L}\d]*\p{L}[\p{L} '&()/-]{1,60}[ \t:：|.…=]{1,40}\(?\d[\d,]{0,15}\)?[ |]*$/u;
const TITLE =
  /statement|sheet|profit or loss|report|表|\b(?:of|in|for|at|ended|since|year|FY)\W{0,3}(?:19|20)\d\d\W*$/i;

/** Lines that an income statement takes away: their values may stand in parentheses. */
const TAKEN: readonly Id[] = ["cogs", "selling", "admin", "research", "depreciation", "opex", "interest", "tax"];

/** A value; undefined where it can't be read, NaN where it is no value of this line. */
function valueIn(cell: string, id: Id): number | undefined {
  if (!/\d/.test(cell)) return undefined;
  const value = Number(cell.replace(/[(),]/g, ""));
  return value < 0 || (cell.startsWith("(") && !TAKEN.includes(id)) ? Number.NaN : value;
}

interface Page {
  readonly rows: readonly Row[];
  /** The later and the earlier year, where there are two. */
  readonly years: readonly string[];
  /** The text without the lines and the years above them. */
  readonly rest: string;
}

function readPage(text: string): Page | undefined {
  const found = YEARS.exec(text);
  const [, first = "", second = ""] = found ?? [];
  const isPair = Math.abs(Number(first) - Number(second)) === 1 && found !== null;
  const years = isPair ? [first, second].sort().reverse() : [];
  const rows = new Map<Id, Row>();
  const body = isPair ? text.replace(found[0], "\n") : text;
  // "The net sales of 2024" says a year, not a value.
  const isMention = (value: string | undefined, other: string | undefined) =>
    other === undefined && years.includes(value ?? "");
  for (const [, name, value, unread, other] of body.matchAll(LINE)) {
    const id = idNamed(name!)!;
    if (isMention(value, other)) continue;
    if (rows.has(id) || (other === undefined) === isPair) return undefined;
    const one = (value ?? unread)!;
    const cells = isPair ? (first === years[0] ? [one, other!] : [other!, one]) : [one];
    const values = cells.map((cell) => valueIn(cell, id));
    if (values.some(Number.isNaN)) return undefined;
    rows.set(id, { id, values });
  }
  const rest = body.replace(LINE, (line, _name, value, _unread, other) => (isMention(value, other) ? line : "\n"));
  const isStranger = (part: string) =>
    STRANGER.test(part) && !TITLE.test(part) && !years.some((year) => part.includes(year));
  if (rest.split(/\n|[;；，。]|,(?!\d)|\. /).some(isStranger)) return undefined;
  return { rows: inOrder([...rows.values()]), years, rest };
}

const MARGIN =
  /\b(?:(?<gross>gross)|(?<operating>operating)|(?<net>net))(?: profit)? margin|(?<毛>毛利率)|(?<营>营业利润率)|(?<净>净利率|净利润率)/i;
const RATIO =
  /\b(?:(?<current>current ratio)|(?<quick>quick ratio|acid[- ]test)|(?<debt>debt[- ]to[- ]equity|debt\/equity))|(?<流>流动比率)|(?<速>速动比率)|(?<产>产权比率|负债权益比)/i;
const CHANGE =
  /year[- ]on[- ]year|year[- ]over[- ]year|\b(?:yoy|changed?|growth|grow|grew|moved?|rise|rose|fell|fall)\b|同比|变动|变化|增长|增幅|升降|走势/i;
const FOOTING =
  /\b(?:agrees?|adds? up|foots?|cross-foot|ties? out|match(?:es)?|reconciles?|added correctly|wrong total)\b|相符|一致|吻合|加总|加错/i;

/** The first named group of a pattern that a text has, by its place among the groups. */
function groupIn(pattern: RegExp, text: string): number | undefined {
  const groups = pattern.exec(text)?.groups;
  return groups === undefined ? undefined : Object.values(groups).findIndex((group) => group !== undefined) % 3;
}

/** What the rest of the text asks about rows that are all readable. */
function readAsk({ rows, years, rest }: Page): [Kind, Asked] | undefined {
  const margin = groupIn(MARGIN, rest);
  if (margin !== undefined) return ["margin", (["gross", "operating", "net"] as const)[margin]];
  const ratio = groupIn(RATIO, rest);
  if (ratio !== undefined) return ["ratio", (["current", "quick", "debtToEquity"] as const)[ratio]];
  if (years.length === 2 && CHANGE.test(rest)) {
    const named = new Set((rest.match(NAME) ?? []).flatMap((name) => idNamed(name) ?? []));
    const asked = [...named].filter((id) => rows.some((row) => row.id === id));
    return asked.length === 1 ? ["change", asked[0]] : undefined;
  }
  return FOOTING.test(rest) ? ["footing", undefined] : undefined;
}

/** Reads a problem; undefined where a text holds no statement, or asks nothing of it that has one answer. */
export function readStatement(question: string): Financial | undefined {
  if (question.length > LONGEST || /\d{13}/.test(question)) return undefined;
  const page = readPage(question.replace(/[−–]/g, "-").replaceAll("’", "'"));
  if (page === undefined || page.rows.length === 0) return undefined;
  const { rows, years, rest } = page;
  const open = rows.find(({ values }) => values.includes(undefined));
  const [kind, asked] = open === undefined ? (readAsk(page) ?? []) : (["missing", open.id] as const);
  if (kind === undefined) return undefined;
  const told = years.filter((year) => rest.includes(year));
  let column = 0;
  if (open !== undefined) column = open.values.indexOf(undefined);
  else if (years.length === 2 && kind !== "change") {
    if (told.length !== 1) return undefined;
    column = years.indexOf(told[0]!);
  }
  const problem: Financial = { kind, asked, rows, column };
  return isProblem(problem) ? problem : undefined;
}

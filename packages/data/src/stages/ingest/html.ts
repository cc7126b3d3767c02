// HTML: a page is a document, its main text where it has an article. Owns the encoding, title and language; what an article is is
// Readability's, how its text is laid out block-text.ts's.

import { LemmaError } from "@lemma/protocol";
import { blockText, type TextNode } from "./block-text.ts";
import type { Format } from "./format.ts";
import { htmlProblem } from "./markup-bounds.ts";
import { wholeBytes } from "./unpack.ts";

/** Above so many elements, or marks that may part texts, the article is not looked for: that takes time in proportion to pairs of them. */
const ARTICLE_ELEMENTS = 30_000;
const ARTICLE_MARKS = 200_000;

/** A shorter article than this share of the page's text is taken for a mistake, and the body's text is used. */
const ARTICLE_SHARE = 0.1;

interface Page extends TextNode {
  readonly body: TextNode | null;
  readonly documentElement: (TextNode & { getAttribute(name: string): string | null }) | null;
  querySelector(selector: string): { textContent: string | null } | null;
  querySelectorAll(selector: string): { length: number };
}

/** Pages of the web and of programs. Fields: `title` and `language` where the page names them. */
export const html: Format = {
  name: "html",
  extensions: [".html", ".htm", ".xhtml"],
  packed: true,
  guarded: true,
  async *read(bytes, path, { limits, mainText }) {
    const markup = decodeHtml(await wholeBytes(bytes, path, limits.documentBytes));
    const problem = htmlProblem(markup);
    if (problem !== undefined) throw new LemmaError("LEMMA_E_FILE", { path, problem });
    const page = await parsePage(markup);
    const title = (page.querySelector("title")?.textContent ?? "").replace(/\s+/g, " ").trim();
    const language = page.documentElement?.getAttribute("lang")?.trim() ?? "";
    const body = blockText(page.documentElement ?? page); // before the article is looked for: that takes the page apart
    const article = mainText && marks(markup) <= ARTICLE_MARKS ? await articleText(page) : "";
    const text = article.length >= body.length * ARTICLE_SHARE && article !== "" ? article : body;
    if (text === "") throw new LemmaError("LEMMA_E_FILE", { path, problem: "a page without text" });
    yield {
      text,
      fields: { ...(title === "" ? {} : { title }), ...(language === "" ? {} : { language }) },
    };
  },
};

/** A tree of a whole page, or of a part of one. */
export async function parsePage(markup: string): Promise<Page> {
  const { parseHTML } = await import("linkedom");
  const isWhole = /<(?:html|body)[\s>]/i.test(markup);
  return parseHTML(isWhole ? markup : `<html><body>${markup}</body></html>`).document as unknown as Page;
}

/** How many "<" and "&" there are. */
function marks(markup: string): number {
  let count = 0;
  for (let at = 0; at < markup.length; at++) {
    const code = markup.charCodeAt(at);
    if (code === 60 || code === 38) count++;
  }
  return count;
}

async function articleText(page: Page): Promise<string> {
  if (page.querySelectorAll("*").length > ARTICLE_ELEMENTS) return "";
  const { Readability } = await import("@mozilla/readability");
  const found = new Readability<TextNode>(page as never, {
    serializer: (node) => node as unknown as TextNode,
    disableJSONLD: true,
  }).parse();
  return found?.content ? blockText(found.content) : "";
}

/** The text by its byte order mark, by the encoding that it names in its first 1024 bytes, or else by UTF-8; damage becomes U+FFFD. */
export function decodeHtml(bytes: Buffer): string {
  const start = bytes.subarray(0, 1024).toString("latin1");
  const mark = start.startsWith("\xff\xfe") ? "utf-16le" : start.startsWith("\xfe\xff") ? "utf-16be" : undefined;
  const named = /charset\s{0,20}=\s{0,20}["']?([\w.:-]{1,40})/i.exec(start)?.[1] ?? "utf-8";
  // A page that can be read as ASCII up to here is no UTF-16, whatever it says.
  const label = mark ?? (/^utf-?16/i.test(named) || start.startsWith("\xef\xbb\xbf") ? "utf-8" : named);
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder("utf-8").decode(bytes);
  }
}

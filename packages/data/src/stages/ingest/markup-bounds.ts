// What a page (or XML) may look like before a tree is made of it. Owns the bounds; reads the markup once, from left to right, and builds nothing.

/** Elements in one another: pages of people have less than 100. */
const DEPTH = 512;
/** Elements in all: above this, libraries that look at pairs of them get slow. */
const ELEMENTS = 1_000_000;
/** Attributes of an element: each is compared with those before it. */
const ATTRIBUTES = 128;
/** Attributes in all. */
const ALL_ATTRIBUTES = 500_000;
/** Character references (`&amp;`): each becomes a piece of text of its own. */
const REFERENCES = 1_000_000;

/** Elements without an end, or whose end may be left out: they don't count as depth. */
const OPEN_ENDED = new Set(
  "area base br col embed hr img input link meta param source track wbr html head body p li dt dd tr td th thead tbody tfoot option optgroup colgroup rt rp".split(
    " ",
  ),
);

/** What is inside these is no markup. */
const RAW = new Set(["script", "style", "textarea", "title", "xmp", "noembed", "noframes"]);

/** Why a page is refused; undefined where it is not. Takes time in proportion to its length. */
export const htmlProblem = (html: string): string | undefined =>
  referencesProblem(html) ?? markupProblem(html, OPEN_ENDED, RAW);

/** The same of XML, where each element has an end and none holds raw text. */
export const xmlProblem = (xml: string): string | undefined =>
  referencesProblem(xml) ?? markupProblem(xml, new Set(), new Set());

function referencesProblem(markup: string): string | undefined {
  let references = 0;
  for (let at = markup.indexOf("&"); at >= 0; at = markup.indexOf("&", at + 1))
    if (++references > REFERENCES) return `more than ${REFERENCES} character references`;
  return undefined;
}

function markupProblem(html: string, openEnded: ReadonlySet<string>, raw: ReadonlySet<string>): string | undefined {
  let depth = 0;
  let elements = 0;
  let attributes = 0;
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at)) {
    if (html.startsWith("<!--", at)) {
      const end = html.indexOf("-->", at + 4);
      if (end < 0) return undefined;
      at = end + 3;
      continue;
    }
    const isEnd = html[at + 1] === "/";
    const from = at + (isEnd ? 2 : 1);
    let to = from;
    while (isNameAt(html, to)) to++;
    at++;
    if (to === from || !isLetter(html.charCodeAt(from))) continue; // "1 <2" is text
    const name = html.slice(from, Math.min(to, from + 32)).toLowerCase();
    const tag = readTag(html, to);
    if (tag.attributes > ATTRIBUTES) return `an element with more than ${ATTRIBUTES} attributes`;
    attributes += tag.attributes;
    if (attributes > ALL_ATTRIBUTES) return `more than ${ALL_ATTRIBUTES} attributes`;
    at = tag.end;
    if (isEnd) {
      if (!openEnded.has(name) && depth > 0) depth--;
      continue;
    }
    if (++elements > ELEMENTS) return `more than ${ELEMENTS} elements`;
    if (raw.has(name)) at = endOfRaw(html, at, name);
    else if (!openEnded.has(name) && !tag.isClosed && ++depth > DEPTH) return `elements nested deeper than ${DEPTH}`;
  }
  return undefined;
}

const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

function isNameAt(html: string, at: number): boolean {
  const code = html.charCodeAt(at);
  return isLetter(code) || (code >= 48 && code <= 58) || code === 45; // XML has colons in names
}

/** From behind a tag's name to behind its ">"; an attribute is what begins after white space and is no "=". */
function readTag(html: string, from: number): { end: number; attributes: number; isClosed: boolean } {
  let attributes = 0;
  let isBetween = true;
  for (let at = from; at < html.length; at++) {
    const char = html[at]!;
    if (char === ">") return { end: at + 1, attributes, isClosed: html[at - 1] === "/" };
    if (char === "=") {
      while (isSpace(html.charCodeAt(at + 1))) at++;
      const quote = html[at + 1];
      if (quote === '"' || quote === "'") {
        const end = html.indexOf(quote, at + 2);
        if (end < 0) break;
        at = end;
        isBetween = true;
      } else isBetween = false;
    } else if (isSpace(html.charCodeAt(at)) || char === "/") isBetween = true;
    else if (isBetween) {
      isBetween = false;
      if (++attributes > ATTRIBUTES) break;
    }
  }
  return { end: html.length, attributes, isClosed: false };
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** Where the text of a script or style ends. */
function endOfRaw(html: string, from: number, name: string): number {
  for (let at = html.indexOf("</", from); at >= 0; at = html.indexOf("</", at + 2))
    if (html.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return at;
  return html.length;
}

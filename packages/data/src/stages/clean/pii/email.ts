// E-mail addresses, plain (a@b.org) and spelled against robots (a [at] b [dot] org). Owns what is an address and what only looks like
// one: images for high resolution (icon@2x.png), versions (pkg@1.2.0), remotes (git@host:path), handles (@name).
//
// Work: from each "@" at most 64 units back and 255 forward are looked at.

import { type Found, isWordUnit } from "./kinds.ts";

const LOCAL_MOST = 64;
const DOMAIN_MOST = 255;
const DOMAIN = /^[\p{L}\p{N}.-]+/u;
/** An end in Latin letters goes no further than they do: "a@b.com发邮件" ends at "com". */
const LATIN = /^[a-z0-9.-]+(?![a-z0-9.-])/i;
const TOP_LEVEL = /\.(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59}|\p{L}{2,24})$/iu;
const FILE_ENDS =
  /\.(?:png|jpe?g|gif|svg|webp|avif|bmp|ico|css|scss|less|js|mjs|ts|tsx|jsx|json|html?|php|txt|pdf|service|socket|timer)$/i;
/** The user's name, or name and password, in an address of the web. */
const IN_ADDRESS = /:\/\/[^\s/@]{0,130}$/;
/** Seen through a window only; its groups have a mark between them, so there is one way to read a text. */
const SPELLED =
  /(?<![a-z0-9._%+-])([a-z0-9][a-z0-9._%+-]{0,63}) ?(?:\[at\]|\(at\)|\{at\}) ?((?:[a-z0-9-]{1,63} ?(?:\[dot\]|\(dot\)|\{dot\}|\.) ?){1,4}[a-z]{2,24})(?![a-z0-9-])/giu;

/** Whether a unit may stand in the part before "@" (RFC 5322's atom without marks that prose puts around addresses). */
function isLocal(code: number): boolean {
  return isWordUnit(code) || code === 46 || code === 43 || code === 45 || code === 37 || code === 39 || code === 38;
}

/** Finds addresses. */
export function findEmails(text: string, found: Found): void {
  for (let at = nextSign(text, 0); at >= 0; at = nextSign(text, at + 1)) {
    let start = at;
    const least = Math.max(0, at - LOCAL_MOST);
    while (start > least && isLocal(text.charCodeAt(start - 1))) start--;
    while (start < at && !isWordUnit(text.charCodeAt(start))) start++; // no address begins with a dot or a quote
    if (start === at || text.charCodeAt(at - 1) === 46) continue;
    if (text.charCodeAt(start - 1) === 64 || (start === least && start > 0 && isLocal(text.charCodeAt(start - 1))))
      continue;
    const domain = domainAt(text, at + 1);
    if (domain === undefined) continue;
    const end = at + 1 + domain.length;
    const local = text.slice(start, at);
    if (FILE_ENDS.test(domain) || (local === "git" && text[end] === ":")) continue;
    if (IN_ADDRESS.test(text.slice(Math.max(0, start - 140), start))) continue;
    found("email", start, end);
  }
  if (
    text.includes("dot") ||
    text.includes("at]") ||
    text.includes("at)") ||
    text.includes("AT]") ||
    text.includes("AT)")
  )
    for (const match of spelledIn(text)) found("email", match.index, match.index + match[0].length);
}

function nextSign(text: string, from: number): number {
  return text.indexOf("@", from);
}

function domainAt(text: string, at: number): string | undefined {
  const run = DOMAIN.exec(text.slice(at, at + DOMAIN_MOST))?.[0] ?? "";
  const latin = LATIN.exec(run)?.[0].replace(/[.-]+$/, "") ?? "";
  const domain = isDomain(latin) ? latin : run.replace(/[.-]+$/, "");
  return isDomain(domain) ? domain : undefined;
}

/** At least two labels of 1 to 63 characters (RFC 1035), the last one of letters. */
function isDomain(domain: string): boolean {
  const labels = domain.split(".");
  return (
    labels.length > 1 &&
    TOP_LEVEL.test(domain) &&
    labels.every((label) => label !== "" && label.length <= 63 && label[0] !== "-" && label.at(-1) !== "-")
  );
}

/** Around each spelled "at", a window: the pattern sees no more than that. */
function* spelledIn(text: string): Generator<{ 0: string; index: number }> {
  let last = 0;
  for (const { index } of text.matchAll(/[[({]at[\])}]/gi)) {
    const from = Math.max(last, index - LOCAL_MOST - 2);
    const window = text.slice(from, index + 160);
    SPELLED.lastIndex = 0;
    for (const match of window.matchAll(SPELLED)) {
      if (from + match.index > index || from + match.index + match[0].length < index) continue;
      if (from > 0 && match.index === 0 && isLocal(text.charCodeAt(from - 1))) continue;
      yield { 0: match[0], index: from + match.index };
      last = from + match.index + match[0].length;
      break;
    }
  }
}

// Secrets of programs: keys and tokens by their issuers' forms, private keys, values that are called key, token or password, passwords
// in addresses. Owns the forms. Placeholders (YOUR_API_KEY, ${TOKEN}, xxxx) are no secrets.
//
// Work: each pass is a pattern of one character class, or bounded windows from a literal; no pattern has nested quantifiers.

import type { Found } from "./kinds.ts";

/** Whole runs of letters, digits, _ and - that are somebody's key by their form. */
const ISSUED =
  /^(?:(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,}|glpat-[\w-]{20,}|sk-(?:proj-|ant-|or-|svcacct-)?[\w-]{20,}|xox[abeprs]-[A-Za-z0-9-]{20,}|AIza[\w-]{35}|(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9]{24,}|npm_[A-Za-z0-9]{36}|hf_[A-Za-z0-9]{30,}|dop_v1_[a-f0-9]{64}|pypi-[\w-]{50,}|SK[0-9a-f]{32}|ya29[\w-]{20,}|GOCSPX-[\w-]{28}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|lin_api_[A-Za-z0-9]{40}|LTAI[A-Za-z0-9]{12,20}|AKID[A-Za-z0-9]{32})$/;
const RUN = /[A-Za-z0-9_-]{16,}/g;
const JWT_TAIL = /\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/y;
const SENDGRID_TAIL = /\.[A-Za-z0-9_-]{30,60}/y;

/** A name that says key, token or password, a sign of assignment, a value. */
const CALLED =
  /(?:api[_-]?key|apikey|secret|token|passw(?:or)?d|passwort|pwd|passphrase|access[_-]?key|accountkey|private[_-]?key|auth[_-]?key|credential|密码|口令|密钥)s?([A-Za-z_-]{0,24})["'”]?[ \t]{0,3}(?:[:=：]|=>|:=|是|is:?(?= ))[ \t]{0,3}(["'`“]?)([^\s"'`“”<>,;，。；()[\]{}]{6,300})/gi;
const BEARER = /\b(?:Bearer|Basic)[ \t]{1,3}([A-Za-z0-9._~+/=-]{16,500})/g;
const URL_PASSWORD = /^([^\s/?#:@"'<>]{0,128}):([^\s/?#"'<>]{1,256})@[^\s/?#@"'<>]/;
const PLACEHOLDER =
  /your|example|placeholder|change[_-]?me|xxx|\*\*\*|\.\.\.|…|dummy|insert|replace|redacted|todo|process\.env|os\.environ|getenv|undefined|null|^\$|^%|^<|^(?:pass(?:word)?|pwd|secret|token|user|string|true|false|none|required|optional)$/i;

/** Finds secrets and passwords. */
export function findSecrets(text: string, found: Found): void {
  privateKeys(text, found);
  issuedKeys(text, found);
  for (const match of text.matchAll(CALLED)) {
    const value = match[2] === "" ? match[3]!.replace(/&[\w-]{1,40}=.*$|[.?&\\]+$/, "") : match[3]!;
    const isPassword = /^(?:pass|pwd|密码|口令)/i.test(match[0]);
    if (/hash|length|len|count|type|limit|size|field|name|url|policy|expir|file|path|hint/i.test(match[1]!)) continue;
    if (!(isPassword ? looksPassword(value) : looksKey(value))) continue;
    const start = match.index + match[0].length - match[3]!.length;
    found(isPassword ? "password" : "secret", start, start + value.length);
  }
  for (const match of text.matchAll(BEARER)) {
    const start = match.index + match[0].length - match[1]!.length;
    if (looksKey(match[1]!)) found("secret", start, start + match[1]!.replace(/\.+$/, "").length);
  }
  for (let at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
    const match = URL_PASSWORD.exec(text.slice(at + 3, at + 3 + 512));
    if (match === null || PLACEHOLDER.test(match[2]!)) continue;
    const start = at + 3 + match[1]!.length + 1;
    found("password", start, start + match[2]!.length);
  }
}

function issuedKeys(text: string, found: Found): void {
  let last = 0;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const end = index + run.length;
    if (index < last) continue;
    let stop = 0;
    if (run.startsWith("eyJ")) stop = sticky(JWT_TAIL, text, end);
    else if (text.slice(index - 3, index) === "SG." && run.length === 22) stop = sticky(SENDGRID_TAIL, text, end);
    else if (
      run.length === 35 &&
      text[index - 1] === ":" &&
      /(?<!\d)\d{8,10}:$/.test(text.slice(Math.max(0, index - 12), index))
    )
      stop = end;
    else if (run.length <= 512 && ISSUED.test(run) && isRandom(run)) stop = end;
    if (stop === 0) continue;
    const start =
      text.slice(index - 3, index) === "SG."
        ? index - 3
        : text[index - 1] === ":" && run.length === 35
          ? numberStart(text, index)
          : index;
    found("secret", start, stop);
    last = stop;
  }
}

function sticky(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : 0;
}

function numberStart(text: string, colon: number): number {
  let start = colon - 1;
  while (start > colon - 12 && /\d/.test(text[start - 1] ?? "")) start--;
  return start;
}

const BEGIN = "-----BEGIN ";
const END = "-----END ";

/** Whole blocks; one without an end goes to the next empty line, at most 16 KiB. */
function privateKeys(text: string, found: Found): void {
  let nextEnd = -1;
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + BEGIN.length)) {
    const label = /^-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----/.exec(text.slice(at, at + 80))?.[1];
    if (label === undefined) continue;
    if (nextEnd < at && nextEnd !== text.length) nextEnd = text.indexOf(END, at);
    if (nextEnd < 0) nextEnd = text.length;
    const tail = `${END}${label}-----`;
    const isWhole = nextEnd - at < 1 << 14 && text.startsWith(tail, nextEnd);
    const window = text.slice(at, at + (1 << 12));
    const gap = window.indexOf("\n\n");
    const end = isWhole ? nextEnd + tail.length : at + (gap < 0 ? Math.min(window.length, label.length + 16) : gap);
    found("secret", at, end);
    at = end - BEGIN.length;
  }
}

/** A value of a key: at least 16 units, letters and digits, and not the same few again and again. */
function looksKey(value: string): boolean {
  return (
    value.length >= 16 &&
    /^[\w\-+/=.~:@!#$%^&*]+$/.test(value) &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !PLACEHOLDER.test(value) &&
    entropy(value) >= 3
  );
}

/** A value of a password: at least 6 units, a letter, and a digit or a mark; no call, no template. */
function looksPassword(value: string): boolean {
  return (
    /\p{L}/u.test(value) &&
    /[\d!@#$%^&*+=~-]/.test(value) &&
    !PLACEHOLDER.test(value) &&
    !/^[a-z]+(?:-[a-z]+)*$/i.test(value) &&
    !/^[\w.]+\.[a-z]/i.test(value)
  );
}

/** Whether a key by its form is one: digits, and capitals or hexadecimal (sk-loading-spinner-2 is a style), no xxxx. */
function isRandom(key: string): boolean {
  return /\d/.test(key) && /[A-Z]|[0-9a-f]{24}/.test(key) && !/xxxx|your|placeholder/i.test(key) && entropy(key) >= 3;
}

/** Shannon's entropy of the units, in bits. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const unit of value) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

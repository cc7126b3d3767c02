// The page at `/`: three files of ./page served as one, with a content security policy that allows exactly them.
// Owns assembling and headers; the page's behaviour is in ./page.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export interface Page {
  html: string;
  headers: Record<string, string>;
}

/** Reads the page once, at start-up. */
export function loadPage(): Page {
  const read = (name: string): string => readFileSync(new URL(`./page/${name}`, import.meta.url), "utf8");
  const style = read("page.css");
  const script = read("page.js");
  // Functions as replacements: `$` in the sources must stay as it is.
  const html = read("page.html")
    .replace("/* page.css */", () => style)
    .replace("/* page.js */", () => script);
  const policy = [
    "default-src 'none'",
    `script-src '${sourceHash(script)}'`,
    `style-src '${sourceHash(style)}'`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
  return {
    html,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "referrer-policy": "no-referrer",
      "cache-control": "no-cache",
    },
  };
}

function sourceHash(source: string): string {
  return `sha256-${createHash("sha256").update(source).digest("base64")}`;
}

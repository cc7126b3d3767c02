// A report as one HTML file without scripts and without anything from outside: the frame and the looks that all reports share.
// The policy in its head forbids scripts and loading, so that text which became markup by a mistake could do nothing.

import { escaped } from "./text.ts";

const STYLE = `:root{color-scheme:light dark;--ink:#1a1c20;--soft:#5c6370;--line:#d8dce3;--paper:#fff;--a:#a9c3ea;--b:#2b5fb4}
@media (prefers-color-scheme:dark){:root{--ink:#e7e9ee;--soft:#9aa3b2;--line:#343a46;--paper:#14161b;--a:#2f4f80;--b:#86b0f2}}
*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:46rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.7rem;margin:0 0 .3rem}h2{font-size:1.2rem;margin:2.6rem 0 .6rem}p{margin:.4rem 0 .8rem}.soft{color:var(--soft)}
svg{width:100%;max-width:34rem;height:auto;display:block}svg text{font:13px system-ui,sans-serif;fill:var(--ink)}.a{fill:var(--a)}.b{fill:var(--b)}
.table{overflow-x:auto}table{border-collapse:collapse;font-size:.92rem;width:100%}th,td{text-align:left;padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td{overflow-wrap:break-word}td:first-child{min-width:6rem}
details{border-bottom:1px solid var(--line);padding:.35rem 0}summary{cursor:pointer}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem;margin:.4rem 0;color:var(--soft)}
.key i{display:inline-block;width:.8em;height:.8em;margin:0 .3em 0 .8em;border-radius:2px}`;

/** The page as HTML. `inside` is HTML; `style` is added to the shared one. */
export const page = (title: string, inside: string, style = ""): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}${style}</style></head><body>
<h1>${escaped(title)}</h1>
${inside}
</body></html>
`;

/** A section; empty where there is nothing to show. `inside` is HTML. */
export const section = (title: string, inside: string): string =>
  inside === "" ? "" : `<h2>${escaped(title)}</h2>\n${inside}`;

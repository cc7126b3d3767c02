// Public IPv6 addresses. Work: a pass over runs of hexadecimal digits with colons; a run of at most 45 units is parsed.

import { isPublicIpv6, parseIpv6 } from "./checksums.ts";
import { type Found, isWordUnit } from "./kinds.ts";

const RUN = /[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]+/g;

/** Finds public IPv6 addresses. */
export function findIpv6(text: string, found: Found): void {
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (run.length > 60 || run.length < 4) continue;
    const before = text.charCodeAt(index - 1);
    if (isWordUnit(before) || before === 58 || before === 46) continue;
    const address = run.replace(/[:.]$/, (end) => (run.endsWith("::") ? end : ""));
    const end = index + address.length;
    if (isWordUnit(text.charCodeAt(end))) continue;
    const groups = parseIpv6(address);
    if (groups !== undefined && isPublicIpv6(groups)) found("ip", index, end);
  }
}

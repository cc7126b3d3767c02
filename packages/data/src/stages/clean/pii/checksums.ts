// Checks that real numbers pass and most others fail. Owns the arithmetic and the tables of who issues what.

/** Luhn's check (ISO/IEC 7812-1, annex B) over digits. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/** Whether digits are a payment card's: a known issuer's range and length, and Luhn's check. */
export function isCard(digits: string): boolean {
  const length = digits.length;
  if (length < 13 || length > 19) return false;
  const two = Number(digits.slice(0, 2));
  const four = Number(digits.slice(0, 4));
  const isKnown =
    (digits[0] === "4" && (length === 13 || length === 16 || length === 19)) || // Visa
    (((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) && length === 16) || // Mastercard
    ((two === 34 || two === 37) && length === 15) || // American Express
    ((four === 6011 || two === 65 || (four >= 6440 && four <= 6499)) && (length === 16 || length === 19)) || // Discover
    (four >= 3528 && four <= 3589 && length >= 16) || // JCB
    (((four >= 3000 && four <= 3059) || two === 36 || two === 38 || two === 39) && length === 14) || // Diners Club
    (two === 62 && length >= 16); // UnionPay
  return isKnown && passesLuhn(digits);
}

const IBAN_LENGTHS = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22
  GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27
  MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24
  XK20`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** The length of an IBAN by its country (ISO 13616 registry); undefined where none has it. */
export const ibanLength = (country: string): number | undefined => IBAN_LENGTHS.get(country);

/** The check of ISO 7064 MOD 97-10 over a compact IBAN in capitals. */
export function passesIban(iban: string): boolean {
  let rest = 0;
  for (let i = 0; i < iban.length; i++) {
    const code = iban.charCodeAt((i + 4) % iban.length);
    rest = code < 58 ? (rest * 10 + code - 48) % 97 : (rest * 100 + code - 55) % 97;
  }
  return rest === 1;
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const PROVINCES = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split(" "),
);

/** Whether 18 characters are a Chinese resident's number (GB 11643-1999): province, birth date from 1850 (the standard has an example of 1880), check character. */
export function isChineseId(id: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(id) || !PROVINCES.has(id.slice(0, 2))) return false;
  const [year, month, day] = [Number(id.slice(6, 10)), Number(id.slice(10, 12)), Number(id.slice(12, 14))];
  if (year < 1850 || year > 2099 || month < 1 || month > 12 || day < 1) return false;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * (id.charCodeAt(i) - 48), 0);
  return "10X98765432"[sum % 11] === id[17]!.toUpperCase();
}

/** Whether four numbers are a public IPv4 address: of none of the special-purpose blocks (RFC 6890 and its registry). */
export function isPublicIpv4([a, b, c]: readonly number[]): boolean {
  if (a === undefined || b === undefined || c === undefined) return false;
  return !(
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 192 && b === 0 && (c === 0 || c === 2)) ||
    (a === 192 && b === 88 && c === 99) ||
    (a === 198 && (b === 18 || b === 19)) ||
    (a === 198 && b === 51 && c === 100) ||
    (a === 203 && b === 0 && c === 113)
  );
}

/** The eight groups of an IPv6 address (RFC 4291, also with IPv4 at its end); undefined for anything else. */
export function parseIpv6(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups: number[][] = [];
  for (const half of halves) {
    const parsed: number[] = [];
    for (const [i, part] of half === "" ? [] : half.split(":").entries()) {
      const isLast = half === halves.at(-1) && i === half.split(":").length - 1;
      const v4 = isLast ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(part) : null;
      if (v4 !== null) {
        const bytes = v4.slice(1).map(Number);
        if (bytes.some((byte) => byte > 255)) return undefined;
        parsed.push(bytes[0]! * 256 + bytes[1]!, bytes[2]! * 256 + bytes[3]!);
      } else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) parsed.push(Number.parseInt(part, 16));
      else return undefined;
    }
    groups.push(parsed);
  }
  const count = groups.reduce((sum, { length }) => sum + length, 0);
  if (halves.length === 1) return count === 8 ? groups[0] : undefined;
  if (count > 7) return undefined;
  return [...groups[0]!, ...Array<number>(8 - count).fill(0), ...groups[1]!];
}

/** Whether groups are a public IPv6 address: global unicast (2000::/3), no documentation (RFC 3849, RFC 9637) or Teredo/ORCHID block. */
export function isPublicIpv6([a, b]: readonly number[]): boolean {
  if (a === undefined || b === undefined) return false;
  const isSpecial = (a === 0x2001 && (b === 0xdb8 || b < 0x200)) || (a === 0x3fff && b < 0x1000);
  return a >= 0x2000 && a < 0x4000 && !isSpecial;
}

// Country calling codes (ITU-T E.164) and how many digits follow them. Owns the table: code, fewest and most digits of the national
// number without its trunk zero; codes that are not listed have 7 to 11.

const LENGTHS = `1:10-10 7:10-10 20:8-10 27:9-9 30:10-10 31:9-9 32:8-9 33:9-9 34:9-9 36:8-9 39:8-11 40:9-9 41:9-9 43:7-12 44:9-10
  45:8-8 46:7-9 47:8-8 48:9-9 49:7-12 51:8-9 52:10-10 53:8-8 54:10-11 55:10-11 56:9-9 57:10-10 58:10-10 60:8-10 61:9-9 62:8-12 63:8-10
  64:8-10 65:8-8 66:8-9 81:9-10 82:8-10 84:9-10 86:10-11 90:10-10 91:10-10 92:9-10 93:9-9 94:9-9 95:8-10 98:10-10 351:9-9 353:7-9
  354:7-7 358:6-11 359:8-9 370:8-8 371:8-8 372:7-8 380:9-9 381:8-9 385:8-9 386:8-8 420:9-9 421:9-9 852:8-8 853:8-8 886:8-9 966:9-9
  971:8-9 972:8-9`;

const TABLE = new Map(
  LENGTHS.split(/\s+/).map((entry) => {
    const [code, least, most] = entry.split(/[:-]/) as [string, string, string];
    return [code, [Number(least), Number(most)] as const];
  }),
);

/** The first digits of codes with three digits: 21x, 22x, … */
const THREE = /^(?:2[1-689]|3[578]|42|5[09]|6[789]|8[058]|9[679])\d/;

/** Whether digits, without "+" or "00", can be a whole international number. */
export function isInternational(digits: string): boolean {
  for (const length of [1, 2, 3]) {
    const code = digits.slice(0, length);
    const rest = digits.length - length;
    const limits = TABLE.get(code) ?? (length === 3 && THREE.test(code) ? ([7, 11] as const) : undefined);
    if (limits === undefined) continue;
    if (code === "1") return rest === 10 && isNorthAmerican(digits.slice(1));
    if (code === "86") return rest === 11 ? digits[2] === "1" || digits[2] !== "0" : rest === 10 && digits[2] !== "0";
    return rest >= limits[0] && rest <= limits[1];
  }
  return false;
}

/** Ten digits of the North American plan: area and exchange begin with 2–9, and neither is a service code such as 911. */
export function isNorthAmerican(digits: string): boolean {
  return /^[2-9]\d\d[2-9]\d{6}$/.test(digits) && !/^.11/.test(digits) && !/^...[2-9]11/.test(digits);
}

/** Eleven digits of a mobile number in mainland China. */
export const isChineseMobile = (digits: string): boolean => /^1[3-9]\d{9}$/.test(digits);

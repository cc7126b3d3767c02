// Made-up personal data and secrets of every kind, in the forms that people write. Owns the forms; checksums are worked out here by
// other ways than the rules use. `named`: a form that is one only where the text says so.

import type { PiiKind } from "../kinds.ts";
import { ALNUM, type Draw, LOWER, UPPER } from "./random.ts";

/** A value, and whether the words before it must say what it is. */
export interface Positive {
  value: string;
  named?: boolean;
}

const NAMES =
  "anna ben chen.wei dmitri fatima giulia hans-peter ines jose kim.lee laura mohammed nina o.brien pavel qiang rosa s.kaur".split(
    " ",
  );
const HOSTS =
  "gmail.com mail.example.org uni-bonn.de qq.com 163.com corp.co.uk orange.fr mail.ru naver.com sub.dept.school.edu firma.museum".split(
    " ",
  );

function email(draw: Draw): Positive {
  const name = draw.pick<string>(NAMES);
  const host = draw.pick<string>(HOSTS);
  const tag = draw.pick(["", "", draw.digits(2), `_${draw.digits(3)}`, "+news", ".work", "-x"]);
  const spelled = [
    `${name} [at] ${host.replaceAll(".", " [dot] ")}`,
    `${name}(at)${host}`,
    `${name} (at) ${host.replaceAll(".", " (dot) ")}`,
  ];
  return {
    value:
      draw.below(12) === 0
        ? draw.pick<string>(spelled)
        : draw.pick([`${name}${tag}@${host}`, `${name}${tag}@${host}`, `${name.toUpperCase()}@${host}`]),
  };
}

/** Area or exchange: 2–9, then two digits that are not 11. */
const nanp = (draw: Draw): string =>
  `${draw.between(2, 9)}${draw.pick(["02", "12", "13", "55", "47", "80", "09", "36"])}`;

function phone(draw: Draw): Positive {
  const d = (length: number): string => draw.digits(length);
  const mobile = `1${draw.pick("3456789")}${d(9)}`;
  const [a, b, c] = [nanp(draw), nanp(draw), d(4)];
  const forms: Positive[] = [
    { value: `+1 ${a}-${b}-${c}` },
    { value: `+1 (${a}) ${b}-${c}` },
    { value: `+1${a}${b}${c}` },
    { value: `(${a}) ${b}-${c}` },
    { value: `${a}-${b}-${c}` },
    { value: `${a}.${b}.${c}` },
    { value: `${a} ${b} ${c}` },
    { value: `1-${a}-${b}-${c}` },
    { value: `${a}${b}${c}`, named: true },
    { value: `${b}-${c}`, named: true },
    { value: mobile },
    { value: `+86 ${mobile}` },
    { value: `+86-${mobile}` },
    { value: `${mobile.slice(0, 3)}-${mobile.slice(3, 7)}-${mobile.slice(7)}` },
    { value: `${mobile.slice(0, 3)} ${mobile.slice(3, 7)} ${mobile.slice(7)}` },
    { value: `${draw.pick(["010", "021", "0571", "0755"])}-${draw.between(2, 8)}${d(7)}` },
    { value: `+49 ${draw.pick(["30", "89", "171", "221"])} ${draw.between(1, 9)}${d(6)}` },
    { value: `+49 (0) ${draw.pick(["30", "40"])} ${draw.between(1, 9)}${d(7)}` },
    { value: `0${draw.pick(["30", "89", "171", "221"])}/${draw.between(1, 9)}${d(6)}` },
    { value: `0${draw.pick(["171", "152", "221"])} ${draw.between(1, 9)}${d(6)}` },
    { value: `+44 20 7${d(3)} ${d(4)}` },
    { value: `020 7${d(3)} ${d(4)}` },
    { value: `07${d(3)} ${d(6)}` },
    { value: `+44 7${d(3)} ${d(6)}` },
    { value: `0${draw.between(1, 9)} ${d(2)} ${d(2)} ${d(2)} ${d(2)}` },
    { value: `+33 ${draw.between(1, 9)} ${d(2)} ${d(2)} ${d(2)} ${d(2)}` },
    { value: `0033 ${draw.between(1, 9)} ${d(2)} ${d(2)} ${d(2)} ${d(2)}` },
    { value: `+34 6${d(2)} ${d(3)} ${d(3)}` },
    { value: `+39 06 ${draw.between(1, 9)}${d(7)}` },
    { value: `+91 9${d(4)} ${d(5)}` },
    { value: `+81-3-${d(4)}-${d(4)}` },
    { value: `+7 9${d(2)} ${d(3)}-${d(2)}-${d(2)}` },
    { value: `+55 11 9${d(4)}-${d(4)}` },
    { value: `+852 ${draw.between(2, 9)}${d(3)} ${d(4)}` },
    { value: `+61 4${d(2)} ${d(3)} ${d(3)}` },
  ];
  return draw.pick(forms);
}

function ip(draw: Draw): Positive {
  const octet = (): number => draw.between(1, 254);
  if (draw.below(4) > 0)
    return { value: `${draw.pick([8, 34, 52, 77, 91, 104, 142, 185, 195, 213])}.${octet()}.${octet()}.${octet()}` };
  const g = (): string => draw.hex(4).replace(/^0+(?=.)/, "");
  const head = draw.pick(["2001:4860", "2a00:1450", "2606:4700", "240e:3b7", "2003:e9"]);
  return {
    value: draw.pick([
      `${head}:${g()}:${g()}::${g()}`,
      `${head}::${g()}`,
      `${head}:${g()}:${g()}:${g()}:${g()}:${g()}:${g()}`,
      `${head}:${g()}::${g()}:${g()}`.toUpperCase(),
    ]),
  };
}

/** Check digits by long division of the number in full. */
function iban(draw: Draw): Positive {
  const [country, body] = draw.pick([
    ["DE", draw.digits(18)],
    ["GB", `${draw.string(UPPER, 4)}${draw.digits(14)}`],
    ["FR", `${draw.digits(10)}${draw.string(`${UPPER}0123456789`, 11)}${draw.digits(2)}`],
    ["NL", `${draw.string(UPPER, 4)}${draw.digits(10)}`],
    ["CH", draw.digits(17)],
    ["NO", draw.digits(11)],
    ["MT", `${draw.string(UPPER, 4)}${draw.digits(5)}${draw.string(UPPER, 18)}`],
  ] as const);
  const number = [...`${body}${country}00`].map((unit) => Number.parseInt(unit, 36)).join("");
  const whole = `${country}${String(98n - (BigInt(number) % 97n)).padStart(2, "0")}${body}`;
  const groups = whole.match(/.{1,4}/g)!;
  return { value: draw.pick([whole, groups.join(" "), groups.join(" "), groups.join("-"), whole.toLowerCase()]) };
}

/** The last digit by trying all ten against the textbook sum. */
function card(draw: Draw): Positive {
  const [prefix, length] = draw.pick([
    ["4", 16],
    ["5", 16],
    ["2", 16],
    ["34", 15],
    ["37", 15],
    ["6011", 16],
    ["3530", 16],
    ["36", 14],
    ["62", 16],
    ["62", 19],
  ] as const);
  const start = prefix === "5" ? `5${draw.between(1, 5)}` : prefix === "2" ? `2${draw.between(300, 699)}` : prefix;
  const body = start + draw.digits(length - 1 - start.length);
  const sum = (digits: string): number =>
    [...digits]
      .reverse()
      .reduce(
        (total, digit, i) => total + [...String(Number(digit) * (1 + (i % 2)))].reduce((s, one) => s + Number(one), 0),
        0,
      );
  const whole = body + [..."0123456789"].find((digit) => sum(body + digit) % 10 === 0)!;
  const sizes = length === 15 ? [4, 6, 5] : length === 14 ? [4, 6, 4] : length === 19 ? [4, 4, 4, 4, 3] : [4, 4, 4, 4];
  const groups = sizes.map((size, i) => {
    const at = sizes.slice(0, i).reduce((sum, one) => sum + one, 0);
    return whole.slice(at, at + size);
  });
  return { value: draw.pick([whole, groups.join(" "), groups.join(" "), groups.join("-")]) };
}

function chineseId(draw: Draw): Positive {
  const region = `${draw.pick(["11", "31", "44", "51", "62", "65"])}${draw.digits(4)}`;
  const birth = `${draw.between(1940, 2015)}${String(draw.between(1, 12)).padStart(2, "0")}${String(draw.between(1, 28)).padStart(2, "0")}`;
  const body = region + birth + draw.digits(3);
  // ISO 7064 MOD 11-2 by its recurrence.
  const rest = [...body].reduce((value, digit) => ((value + Number(digit)) * 2) % 11, 0);
  const check = (12 - rest) % 11;
  const whole = body + (check === 10 ? draw.pick("Xx") : check);
  return { value: draw.below(6) === 0 ? `${whole.slice(0, 6)} ${whole.slice(6, 14)} ${whole.slice(14)}` : whole };
}

function ssn(draw: Draw): Positive {
  const parts = [
    String(draw.between(101, 665)),
    String(draw.between(1, 99)).padStart(2, "0"),
    String(draw.between(1, 9999)).padStart(4, "0"),
  ];
  return draw.pick<Positive>([
    { value: parts.join("-") },
    { value: parts.join("-") },
    { value: parts.join(" "), named: true },
    { value: parts.join(""), named: true },
  ]);
}

function secret(draw: Draw): Positive {
  const mixed = (length: number): string => `${draw.string(ALNUM, length - 3)}a7Q`;
  const base64url = (length: number): string => draw.string(`${ALNUM}-_`, length);
  const lines = Array.from({ length: 4 }, () => draw.string(`${ALNUM}+/`, 64)).join("\n");
  const label = draw.pick(["RSA ", "EC ", "OPENSSH ", "ENCRYPTED ", ""]);
  return draw.pick<Positive>([
    { value: `${draw.pick(["AKIA", "ASIA"])}${draw.string(`${UPPER}234567`, 15)}7` },
    { value: `${draw.pick(["ghp", "gho", "ghs"])}_${mixed(36)}` },
    { value: `github_pat_${mixed(22)}_${mixed(59)}` },
    { value: `glpat-${mixed(20)}` },
    { value: `sk-${mixed(48)}` },
    { value: `sk-proj-${mixed(60)}` },
    { value: `sk-ant-api03-${mixed(80)}` },
    { value: `xoxb-${draw.digits(12)}-${draw.digits(12)}-${mixed(24)}` },
    { value: `AIza${mixed(35)}` },
    { value: `sk_live_${mixed(24)}` },
    { value: `hf_${mixed(34)}` },
    { value: `npm_${mixed(36)}` },
    { value: `SG.${mixed(22)}.${mixed(43)}` },
    { value: `${draw.between(1, 9)}${draw.digits(8)}:AA${mixed(33)}` },
    { value: `eyJhbGciOiJIUzI1NiJ9.eyJ${base64url(60)}.${base64url(42)}w` },
    { value: `-----BEGIN ${label}PRIVATE KEY-----\n${lines}\n-----END ${label}PRIVATE KEY-----` },
    { value: mixed(draw.between(20, 44)), named: true },
    { value: `${draw.hex(31)}a9`, named: true },
  ]);
}

function password(draw: Draw): Positive {
  return {
    value: draw.pick([
      `${draw.pick(["Sommer", "tiger", "Qw", "blue"])}${draw.digits(3)}${draw.pick("!$#*_")}`.replace("#", "!"),
      `${draw.string(ALNUM, 11)}8b`,
      `${draw.string(LOWER, 5)}${draw.digits(4)}`,
    ]),
  };
}

/** A made-up value of a kind. */
export const POSITIVES: Record<PiiKind, (draw: Draw) => Positive> = {
  email,
  phone,
  ip,
  iban,
  card,
  chinese_id: chineseId,
  ssn,
  secret,
  password,
};

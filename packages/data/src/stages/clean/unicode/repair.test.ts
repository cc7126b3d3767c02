// Repair: what was broken comes back as it was, what was meant stays.

import assert from "node:assert/strict";
import { test } from "node:test";
import { repairText } from "./repair.ts";

/** Windows-1252 as Node's own decoder has it: bytes without a character come out as control characters, as WHATWG says. */
const windows1252 = new TextDecoder("windows-1252");
const broken = (text: string): string => windows1252.decode(new TextEncoder().encode(text));

const TEXTS = [
  "Für die Größe der Äpfel – „schön“ – gilt das nicht; 5 € für Öl.",
  "L'été, où l'hôtel était fermé, nous fûmes à Besançon…",
  "¿Dónde está el niño? «Mañana», dijo.",
  "Wszyscy chcieli naprawić szkołę, żeby było cieplej.",
  "委员会上周开了两次会，没有达成一致。",
  "委員会は先週二回開かれ、合意できなかった。",
  "위원회는 지난주에 두 번 모였다.",
  "Комитет собирался дважды на прошлой неделе.",
  "Η επιτροπή συνεδρίασε δύο φορές.",
  "it’s “quoted” — and 😀 too",
];

test("mojibake comes back as it was, once or twice misread", () => {
  for (const text of TEXTS) {
    assert.equal(repairText(broken(text)).text, text.normalize("NFC"), text);
    assert.equal(repairText(broken(broken(text))).text, text, text);
    assert.ok(repairText(broken(text)).repairs.mojibake! > 0);
  }
});

test("Latin-1 is taken for what it is, too", () => {
  for (const text of TEXTS) assert.equal(repairText(Buffer.from(text).toString("latin1")).text, text);
});

test("honest text stays, also where it looks odd", () => {
  const honest = [
    ...TEXTS,
    "“MAÇÃ” e “LÃ”",
    "CAFÉ® and CAFÉ•THÉ",
    "«café…»",
    "é… – à…” said he",
    "The letter é was shown as Ã©.",
    "Ã is a letter of Portuguese, Â of Romanian",
    "naïve façade, Ångström, smörgåsbord",
    "10 °C ± 0.5, §5, ½ £3",
  ];
  for (const text of honest) assert.deepEqual(repairText(text), { text, repairs: {} });
});

test("lines are judged one by one", () => {
  assert.equal(repairText(`${broken("Größe")}\né stays\n${broken("für")}`).text, "Größe\né stays\nfür");
});

test("line ends, controls, invisible characters and spaces are put in one form", () => {
  const { text, repairs } = repairText(
    "a\r\nb\rc\u2028d\u0000e\u0007f\u200bg\ufeffh\u00adi\u00a0j\u2009k\ud800l\ufffe",
  );
  assert.equal(text, "a\nb\nc\ndefghi j k\ufffdl");
  assert.deepEqual(repairs, { surrogates: 1, line_ends: 3, controls: 3, invisible: 3, spaces: 2 });
  assert.equal(repairText("tab\tstays\n").text, "tab\tstays\n");
});

test("joiners stay where a script or an emoji needs them", () => {
  for (const text of [
    "می\u200cخواهم",
    "क्\u200dष",
    "👩\u200d👩\u200d👧",
    "❤\ufe0f\u200d🔥",
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
  ])
    assert.equal(repairText(text).text, text);
  assert.equal(repairText("pass\u200dword \u200ehi").text, "password hi");
  assert.equal(repairText("hi\u{e0068}\u{e0069}").text, "hi");
  assert.equal(repairText("\u202eevil\u202c").text, "evil");
});

test("full-width forms only where asked for", () => {
  assert.equal(repairText("ＡＢＣ１２３，ｶﾞ").text, "ＡＢＣ１２３，ｶﾞ");
  assert.deepEqual(repairText("ＡＢＣ１２３，ｶﾞ", true), { text: "ABC123,ガ", repairs: { full_width: 9 } });
  assert.deepEqual(repairText("cafe\u0301").repairs, { nfc: 1 });
});

// What stands around values in labelled text: prose, forms, records, code and logs, in several languages. "{}" is the place of the
// value. Owns the wording; `NAMED` says what the value is, `PLAIN` does not.

import type { PiiKind } from "../kinds.ts";

/** Around any kind. */
const ANY = [
  "{}",
  "({})",
  "“{}”",
  "- {}",
  "| {} |",
  "It says {} there.",
  "see {}, please",
  "上面写着{}。",
  '["{}"]',
  "<td>{}</td>",
  "value={}; done",
  "* {} *",
  "{}\tok",
];

/** Contexts that leave open what it is. */
export const PLAIN: Record<PiiKind, readonly string[]> = {
  email: [
    ...ANY,
    "Write to {}.",
    "mailto:{}?subject=Hi",
    "From: Anna <{}>",
    '{"user":"{}","age":3}',
    "请发邮件到{}联系我们",
    "cc {};",
    "Kontakt: {}",
  ],
  phone: [
    "{}",
    "({})",
    "Call {} before noon.",
    "- {}",
    "| {} |",
    '{"phone":"{}"}',
    "tel:{}",
    "联系电话：{}，请在工作日拨打。",
    "Ruf mich unter {} an.",
    "Anna, {}",
    "<td>{}</td>",
    "Tél. {}",
  ],
  ip: [
    ...ANY,
    "Connection from {} refused",
    "http://{}/index.html",
    '{} - - [12/Mar/2024:10:00:01 +0000] "GET / HTTP/1.1" 200 512',
    "ping {}",
    "服务器地址是{}，端口八千",
    "Host: {}",
  ],
  iban: [...ANY, "IBAN: {}", "Bitte überweisen Sie auf {}.", "account {} at the bank", "转账到{}即可"],
  card: [
    "{}",
    "({})",
    "- {}",
    "| {} |",
    "Card: {}",
    "Visa {} exp 12/27",
    "my card number is {}, thanks",
    '{"card":"{}","cvv":"123"}',
    "信用卡卡号{}已过期",
    "<td>{}</td>",
  ],
  chinese_id: [...ANY, "身份证号：{}", "身份证号码为{}。", "张伟，{}，北京", '{"id_card":"{}"}'],
  ssn: [
    "{}",
    "({})",
    "- {}",
    "| {} |",
    "SSN: {}",
    "her social security number is {}.",
    '{"ssn":"{}"}',
    "Anna Smith, {}, Boston",
  ],
  secret: [...ANY, "export KEY={}", 'const key = "{}";', "use {} for now", "密钥是{}"],
  password: [
    "postgres://app:{}@db.internal.example.org:5432/main",
    "https://admin:{}@intranet.example.org/x",
    "redis://:{}@cache:6379/0",
    'password = "{}"',
    "password: {}",
    "DB_PASSWORD={}",
    "pwd={};",
    "密码：{}",
    '{"password": "{}"}',
    "ftp://u:{}@files.example.org",
  ],
};

/** Contexts that say what it is. */
export const NAMED: Partial<Record<PiiKind, readonly string[]>> = {
  phone: [
    "Phone: {}",
    "Tel.: {}",
    "call me at {}",
    "mobile {}",
    "Fax {}",
    "WhatsApp: {}",
    "电话{}",
    "手机：{}",
    "my cell is {}",
  ],
  ssn: ["SSN {}", "Social Security Number: {}", "ssn={}"],
  secret: [
    'api_key = "{}"',
    "API_KEY={}",
    "aws_secret_access_key = {}",
    '"client_secret": "{}"',
    "Authorization: Bearer {}",
    "X-Auth-Token: {}",
    "access_token: '{}'",
    "?token={}&x=1",
  ],
};

/** Sentences with nothing to find. */
export const FILLER = [
  "The committee met twice and agreed on nothing in particular.",
  "Rain is expected over the hills, with a light wind from the west.",
  "本季度的产量比去年同期增长了百分之三。",
  "Das Museum öffnet um zehn Uhr und schließt um achtzehn Uhr.",
  "La réunion a été reportée à la semaine prochaine.",
  "A function that returns its argument unchanged is called the identity.",
  "We walked along the river until it got dark.",
  "会议记录已经整理完毕，请大家查阅。",
];

// Boilerplate: lines of a page that are no part of its text. Owns the rules; they look at short lines only and leave fenced code alone.
//
// navigation: a line that is nothing but a word of menus, or three and more items between | · » › • of which half are such words, or a
// breadcrumb that begins with one. cookies: cookie banners. policy: lines of links to policies, rights and copyright. javascript: the
// plea to turn it on. share: buttons to share, follow, subscribe.

import { linesIn } from "./words.ts";

/** A longer line is text, whatever it speaks of. */
const MOST = 240;

const MENU =
  words(`home|menu|main menu|navigation|skip to content|skip to main content|skip navigation|search|login|log in|sign in
  sign up|register|my account|account|cart|view cart|checkout|contact|contact us|about|about us|blog|news|faq|help|support|sitemap
  site map|back to top|top|previous|next|previous post|next post|prev|older posts|newer posts|read more|learn more|show more|load more
  see more|more|view all|see all|close|toggle navigation|categories|tags|archives|recent posts|recent comments|related posts
  related articles|leave a comment|leave a reply|post a comment|comments|reply|print|print this page|download|products|services|careers
  press|privacy|terms|imprint|advertisement|sponsored|loading|startseite|menü|suche|anmelden|abmelden|registrieren|impressum|kontakt
  über uns|warenkorb|weiterlesen|nach oben|zurück|weiter|datenschutz|agb|accueil|menu principal|rechercher|connexion|se connecter
  contactez-nous|à propos|panier|lire la suite|haut de page|mentions légales|inicio|menú|buscar|iniciar sesión|contacto|quiénes somos
  leer más|aviso legal|首页|网站首页|主页|导航|菜单|搜索|登录|注册|退出|联系我们|关于我们|返回顶部|上一页|下一页|上一篇|下一篇|更多
  查看更多|阅读全文|展开全文|网站地图|相关阅读|相关推荐|热门推荐|广告|加载中|新闻|产品中心|帮助中心|ホーム|メニュー|検索|ログイン
  お問い合わせ|会社概要|サイトマップ|ページトップへ|続きを読む`);
const SHARE =
  words(`share|share this|share on facebook|share on twitter|share on x|share on linkedin|share via email|tweet|pin it|like us on facebook
  follow us|follow us on twitter|follow us on facebook|follow us on instagram|subscribe|subscribe now|subscribe to our newsletter
  sign up for our newsletter|join our newsletter|email this|copy link|teilen|partager|compartir|分享|分享到|收藏|点赞|关注我们
  分享到微信|分享到微博|转发`);

function words(lines: string): ReadonlySet<string> {
  return new Set(lines.split(/[|\n]/).map((word) => word.trim()));
}

const RULES = [
  [
    "cookies",
    /(?:uses?|using|use of|accept(?: all)?|reject(?: all)?|manage|our) cookies|cookie (?:policy|settings|preferences|consent|notice)|verwende(?:t|n)\b.{0,20}cookies|alle cookies|utilis(?:e|ons) des cookies|(?:usa|utiliza(?:mos)?) cookies|使用\s?cookies?|接受(?:所有|全部)?\s?cookies?/,
  ],
  [
    "policy",
    /all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|版权所有|保留所有权利|^(?:copyright )?(?:©|\(c\)) ?\d{4}|^copyright ©|icp备\d|公网安备|^(?:terms of (?:use|service)|terms (?:and|&) conditions|privacy (?:policy|notice|statement)|隐私政策|用户协议|使用条款)(?:\s*[|·•,&、].*)?$|^powered by \S+$/,
  ],
  [
    "javascript",
    /(?:enable|turn on|activate|requires?|without|support) javascript|javascript (?:is|seems to be|must be|should be|needs to be) (?:disabled|enabled|required|turned|not)|启用\s?javascript/,
  ],
] as const;

const SEPARATOR = / *[|·»›•>/] +| {3,}|\t/;
const EDGES = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;
const FENCE = /^\s{0,3}(?:```|~~~)/;
/** Without the characters that stand before and after the words of a link. */
const bare = (line: string): string => line.toLowerCase().replace(EDGES, "");

/** The rule by which a line is boilerplate; undefined for text. */
export function boilerplateRule(line: string): string | undefined {
  if (line.length > MOST) return undefined;
  const trimmed = line.trim();
  if (trimmed === "" || trimmed.startsWith("#")) return undefined;
  const lower = trimmed.toLowerCase();
  for (const [rule, pattern] of RULES) if (pattern.test(lower)) return rule;
  const word = bare(trimmed);
  if (SHARE.has(word)) return "share";
  if (MENU.has(word) && !/[.?!。？！:：]$/.test(trimmed)) return "navigation";
  const items = trimmed
    .split(SEPARATOR)
    .map(bare)
    .filter((item) => item !== "");
  if (items.length < 3) return undefined;
  const known = items.filter((item) => MENU.has(item) || SHARE.has(item)).length;
  const isBreadcrumb = MENU.has(items[0]!) && /[»›>]/.test(trimmed) && items.every((item) => item.length <= 40);
  return known * 2 >= items.length || isBreadcrumb ? "navigation" : undefined;
}

/**
 * The text without its boilerplate lines, and how many went by each rule.
 * @example removeBoilerplate("Home | Blog | Contact\nThe text.") // { text: "The text.", lines: { navigation: 1 } }
 */
export function removeBoilerplate(text: string): { text: string; lines: Record<string, number> } {
  const lines: Record<string, number> = {};
  let kept = "";
  let isCode = false;
  let removed = 0;
  for (const line of linesIn(text)) {
    if (FENCE.test(line)) isCode = !isCode;
    const rule = isCode ? undefined : boilerplateRule(line);
    if (rule === undefined) kept += `${line}\n`;
    else {
      lines[rule] = (lines[rule] ?? 0) + 1;
      removed++;
    }
  }
  if (removed === 0) return { text, lines };
  return { text: (text.endsWith("\n") ? kept : kept.slice(0, -1)).replace(/^\n+/, ""), lines };
}

import { sayCodes, standards } from './spoken-form-codes.ts';
import { hanCardinal, hanFigures, numberInChinese } from './spoken-form-numbers.ts';
import { unitOf, unitPattern } from './spoken-form-units.ts';

const number = '\\d+(?:,\\d{3})*(?:\\.\\d+)?';
const signed = `(?:(?<![\\p{Script=Latin}\\d])[-−+±]\\s?)?(?<!\\d)(?:${number})`;
const to = '\\s?(?:–|—|-|~|～|…|至|到)\\s?';
/** A number before one of these counts: two of them are 两. */
const measureWords =
  '个|次|条|项|台|辆|天|年(?!代|级)|小时|分钟|秒|步|种|位|根|块|只|张|处|圈|层|倍|周|星期|公里|米|升|度|点(?!\\d)|份|起|片|部|家|人|名|件|套|组|段|道|口|双|支|座|盏|页|句|句话|成|万|千|亿';

const bare = (written: string) => written.replace(/^[-−+±]\s?/, '');
const isMinus = (written: string) => /^[-−]/.test(written);
/** 2 before a unit is 两. */
const amount = (written: string) => (written === '2' ? '两' : numberInChinese(written));
/** 百分之百. */
const percent = (written: string) => (written === '100' ? '百' : numberInChinese(written));
const signOf = (written: string) => ({ '+': '正', '±': '正负' })[written[0]!] ?? (isMinus(written) ? '负' : '');

/** 零下五度, 负百分之三, 每小时六十公里, 二十到二十五度. */
function measured(from: string | undefined, written: string, name: string): string | undefined {
  const unit = unitOf(name);
  if (!unit) return undefined;
  const isTemperature = /^(?:°|℃|º)C?$/.test(name) || name === '℃';
  const say = (one: string) =>
    (isTemperature && isMinus(one) ? '零下' : signOf(one)) + (unit.zh.startsWith('百分之') ? percent(bare(one)) : amount(bare(one)));
  // "零下四十到八十五度" may end below zero as well.
  if (from !== undefined && isTemperature && isMinus(from) && /^\d*[1-9]/.test(written))
    return `${unit.zh.replace('{n}', () => say(from))}到零上${unit.zh.replace('{n}', () => say(written))}`;
  if (from !== undefined) return unit.zh.replace('{n}', () => `${say(from)}到${say(written)}`);
  // The sign comes before all else: 负百分之三.
  if (!isTemperature && !unit.zh.startsWith('{n}')) return signOf(written) + unit.zh.replace('{n}', () => percent(bare(written)));
  return unit.zh.replace('{n}', () => say(written));
}

const phone = (digits: string) => hanFigures(digits.replace(/\D/g, '')).replaceAll('一', '幺');
const year = '(?:1[89]|20)\\d\\d';
function time(h: string, m: string, s?: string): string {
  const minutes = m === '00' ? '' : `${m.startsWith('0') ? '零' : ''}${hanCardinal(Number(m))}分`;
  return `${amount(String(Number(h)))}点${minutes || (s ? '零分' : '')}${s && s !== '00' ? `${hanCardinal(Number(s))}秒` : ''}`;
}
const day = (y: string | undefined, m: string, d: string) =>
  `${y ? `${hanFigures(y)}年` : ''}${hanCardinal(Number(m))}月${hanCardinal(Number(d))}日`;

const pattern = (source: string) => new RegExp(source, 'gu');
const rules: [RegExp, (...groups: string[]) => string][] = [
  [
    pattern(
      `(?<!\\d)(${year})[-/.](\\d{1,2})[-/.](\\d{1,2})(?:T(\\d\\d:\\d\\d)(?::\\d\\d(?:\\.\\d+)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?(?![\\d-])`,
    ),
    (_, y, m, d, at) => `${day(y, m!, d!)}${at ?? ''}`,
  ],
  [pattern(`(${year})(?=\\s?年)`), (_, y) => hanFigures(y!)],
  [pattern('(?<=\\d[:：][0-5]\\d)\\s?[–—~～-]\\s?(?=\\d{1,2}[:：][0-5]\\d)'), () => '到'],
  [
    pattern('(?<![\\p{Script=Latin}\\d:：.])(\\d+(?:\\.\\d+)?)[:：](\\d)(?![\\d:：.])'),
    (_, one, other) => `${numberInChinese(one!)}比${numberInChinese(other!)}`,
  ],
  [pattern('(?<![\\d:.])([01]?\\d|2[0-4])[:：]([0-5]\\d)(?:[:：]([0-5]\\d))?(?![\\d:])'), (_, h, m, s) => time(h!, m!, s)],
  [pattern('(?<=拨打|拨|致电|打电话给|打|电话[：: ]?)\\s?(\\+?\\d[\\d -]*\\d)(?![\\d.%个次分])'), (_, digits) => phone(digits!)],
  [pattern('(?<![\\d.-])\\d{3,4}-(?:\\d{3,4}-\\d{4}|\\d{7,8})(?![\\d-])|(?<!\\d)1[3-9]\\d{9}(?!\\d)'), (whole) => phone(whole!)],
  [
    pattern(`(?<![A-Za-z])(${standards})[ -]?(\\d{2,6})(?:-(\\d{1,4}))?(?::\\d{4})?(?!\\d)`),
    (_, body, figure, part) => `${body} ${hanFigures(figure!)}${part ? `，${hanFigures(part)}` : ''}`,
  ],
  [pattern('\\b(\\d{1,2})W-?(\\d{2})\\b'), (_, cold, hot) => `${hanCardinal(Number(cold))} W ${hanCardinal(Number(hot))}`],
  [
    pattern('(?<![\\d.])\\d+(?:\\.\\d+){2,}(?!\\d)'),
    (whole) =>
      whole!
        .split('.')
        .map((part) => numberInChinese(part))
        .join('点'),
  ],
  [
    pattern('(?<![\\d./])(?:(\\d+) )?(\\d{1,2})/(\\d{1,2})(?![\\d/])'),
    (_, whole, above, below) =>
      `${whole ? `${numberInChinese(whole)}又` : ''}${hanCardinal(Number(below))}分之${hanCardinal(Number(above))}`,
  ],
  [pattern('([€$£¥￥])\\s?(\\d[\\d,]*(?:\\.\\d+)?)'), (_, currency, n) => measured(undefined, n!, currency === '￥' ? '¥' : currency!)!],
  [
    pattern(`(${signed})(?:\\s?${unitPattern}(?![A-Za-z\\d]))?${to}(${signed})\\s?(${unitPattern})(?![A-Za-z\\d])`),
    (whole, a, b, unit) => measured(a, b!, unit!) ?? whole!,
  ],
  [pattern(`(${signed})\\s?(${unitPattern})(?![A-Za-z\\d])`), (whole, n, unit) => measured(undefined, n!, unit!) ?? whole!],
  [pattern(`(?<![\\d-])(${number})${to}(${number})(?![\\d-])`), (_, a, b) => `${numberInChinese(a!)}到${numberInChinese(b!)}`],
  [pattern(`(?<![\\d.])2\\s?(?=${measureWords})`), () => '两'],
  [pattern(signed), (n) => (/^\d{7,}$/.test(n!) && !n!.endsWith('000') ? hanFigures(n!) : signOf(n!) + numberInChinese(bare(n!)))],
];

const marks: [RegExp, string][] = [
  [/\s*&\s*/g, '和'],
  [/\s*(?:≥|>=)\s*/g, '不低于'],
  [/\s*(?:≤|<=)\s*/g, '不超过'],
  [/\s*[≈]\s*|[~～](?=[\p{Script=Han}])/gu, '约'],
  [/\s*±\s*/g, '正负'],
  [/\s*×\s*/g, '乘'],
  [/\s*[<＜]\s*/g, '小于'],
  [/\s*[>＞]\s*/g, '大于'],
  [/\s*[=＝]\s*/g, '等于'],
  [/\s*(?:→|->|⇒)\s*/g, '，'],
  [/°/g, '度'],
  [/(?<=\p{Script=Han})\s?[/／]\s?(?=\p{Script=Han})/gu, '或'],
  [/[_|/]/g, ' '],
  [/[“”「」『』《》〈〉"'()（）[\]【】{}]/g, '，'],
];
const isMeasure = new RegExp(`^(?:${number})(?:${unitPattern})$`, 'u');

const isFigure = (written: string) => isMeasure.test(written) || /^\d+W-?\d+$|^\d{4}-\d\d-\d\dT|^L\/100$/.test(written);

/** What a Chinese text without markup is said as. Latin letters stay; those of an abbreviation stand apart. */
export function sayInChinese(text: string): string {
  const full = text
    .replace(/[０-９Ａ-Ｚａ-ｚ％]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/(?<=\p{Script=Han})[ \u00a0]+(?=[-−]?\d)|(?<=\d)[ \u00a0]+(?=\p{Script=Han})/gu, '')
    // A number that counts a step is followed by a short breath.
    .replace(/^\s*(\d{1,2})(?:[.)]\s+|[)、]\s*)(?=\S)/u, '$1、');
  let said = sayCodes(full, hanFigures, numberInChinese, isFigure);
  for (const [from, say] of rules) said = said.replace(from, (...groups) => say(...(groups as string[])));
  for (const [from, to] of marks) said = said.replace(from, to);
  return said.replace(/(?<![A-Za-z])[A-Z]{2,5}(?![A-Za-z])/g, (letters) => [...letters].join(' '));
}

import { sayCodes, standards } from './spoken-form-codes.ts';
import { cardinal, figures, numberInEnglish, ordinal, year } from './spoken-form-numbers.ts';
import { unitOf, unitPattern } from './spoken-form-units.ts';

const months = 'January February March April May June July August September October November December'.split(' ');
const monthPattern =
  'Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?\\.?|July?\\.?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?';
const monthNamed = (written: string) => months.find((month) => month.startsWith(written.slice(0, 3)))!;
const dateOf = (y: string | undefined, month: string, d: string) => `${month} ${ordinal(Number(d))}${y ? `, ${year(Number(y))}` : ''}`;

/** "two oh five P M"; of an hour of two figures without a word behind it, on a clock of 24 hours. */
function timeOf(h: string, m: string, half: string | undefined): string {
  const hour = Number(h);
  const minutes = m === '00' ? '' : ` ${Number(m) < 10 ? `oh ${cardinal(Number(m))}` : cardinal(Number(m))}`;
  const named = half ? half.replace(/\W/g, '').toUpperCase() : h.length === 2 ? (hour < 12 ? 'AM' : 'PM') : '';
  if (!half && h.length === 2 && m === '00' && hour % 12 === 0) return hour === 12 ? 'noon' : 'midnight';
  return `${cardinal(hour % 12 || 12)}${minutes}${named ? ` ${named[0]} M` : m === '00' ? " o'clock" : ''}`;
}
const clockTime = '(?<![\\d:.])([01]?\\d|2[0-4]):([0-5]\\d)(?![\\d:])';
const lengthOf = (parts: [string, string][]) =>
  parts.flatMap(([written, one]) => (Number(written) === 0 ? [] : [counted(String(Number(written)), [one, `${one}s`])])).join(' ') ||
  'zero seconds';

const number = '\\d+(?:[,\\u2009\\u202f\\u00a0]\\d{3})*(?:\\.\\d+)?|\\.\\d+';
/** A hyphen is a minus where it stands against a figure and against nothing else. */
const signed = `(?:(?<![\\p{L}\\d)])[-−+±](?=[\\d.])|[−±]\\s)?(?<!\\d)(?:${number})`;
const to = '\\s?(?:–|—|-|~|…|\\.\\.\\.?|\\bto\\b)\\s?';
const counted = (written: string, [one, many]: readonly [string, string]) =>
  `${signedNumber(written)} ${/^[-−+]?1$/.test(written) ? one : many}`;

function signedNumber(written: string): string {
  const sign = { '+': 'plus ', '±': 'plus or minus ' }[written[0]!] ?? '';
  return sign + numberInEnglish(written.replace(/^([-−+±])\s/, '$1').replace(/^[+±]/, ''));
}

/** Long ones without a comma are names, not amounts. */
const looseNumber = (written: string) => (/^\d{7,}$/.test(written) && !written.endsWith('000') ? figures(written) : signedNumber(written));

const fractions: Record<string, string> = {
  '1/2': 'one half',
  '½': 'one half',
  '1/3': 'one third',
  '2/3': 'two thirds',
  '1/4': 'one quarter',
  '¼': 'one quarter',
  '3/4': 'three quarters',
  '¾': 'three quarters',
};
const years = '(?:1[89]|20)\\d\\d';

/** Said letter by letter, though most could be read as a word or are one. */
const spelledOut = new Set(
  'ABS AC AI API BMS CO COP CPU DC DPF DSC DTC ECU EGR ESC ESP EV FAQ GPS HV IC ID LCD LED MIL NOX OBD PCM PCV PDF PH PTC SOC SOS SUV TCM TDC TPMS TV UK UPS URL US USA USB VFD VVT'.split(
    ' ',
  ),
);
const words: [RegExp, string][] = [
  [/\be\.\s?g\.,?/gi, 'for example'],
  [/\bi\.\s?e\.,?/gi, 'that is'],
  [/\betc\./gi, 'and so on'],
  [/\b(?:approx|ca)\./gi, 'about'],
  [/\bmax\.?(?=\s|$)/gi, 'maximum'],
  [/\bmin\.(?=\s)/g, 'minimum'],
  [/\bincl\./gi, 'including'],
  [/\bvs\.?(?=\s)/gi, 'versus'],
  [/\btemp\./gi, 'temperature'],
  [/\bw\/o\b/g, 'without'],
  [/\bw\/(?=\s)/g, 'with'],
  [/\band\/or\b/g, 'or'],
  [/\bO\.K\./g, 'OK'],
  // The names of things: "car-1".
  [/(?<=\p{Ll})-(?=\d)/gu, ' '],
];
const marks: [RegExp, string][] = [
  [/\s*&\s*/g, ' and '],
  [/\s*(?:≥|>=)\s*/g, ' at least '],
  [/\s*(?:≤|<=)\s*/g, ' at most '],
  [/\s*[≈~]\s*/g, ' about '],
  [/\s*±\s*/g, ' plus or minus '],
  [/\s*×\s*/g, ' times '],
  [/\s*<\s*/g, ' less than '],
  [/\s+>\s*/g, ' more than '],
  [/\s+=\s+/g, ' equals '],
  [/\s+\+\s+/g, ' plus '],
  [/\s*(?:→|->|⇒)\s*/g, ', '],
  [/°/g, ' degrees'],
  [/(?<=\p{L})\s?\/\s?(?=\p{L})/gu, ' or '],
  [/\//g, ' '],
  [/[_|]/g, ' '],
  [/\s[–—]\s/g, ', '],
  [/["“”«»()[\]{}]/g, ', '],
];

const pattern = (source: string, flags = 'gu') => new RegExp(source, flags);
const rules: [RegExp, (...groups: string[]) => string][] = [
  // 2026-11-26T13:05:00Z: the day; the time follows as one.
  [
    pattern(`(?<!\\d)(${years})-(\\d\\d)-(\\d\\d)(?:T(\\d\\d:\\d\\d)(?::\\d\\d(?:\\.\\d+)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?(?![\\d-])`),
    (whole, y, m, d, time) =>
      months[Number(m) - 1] && Number(d) > 0 ? `${dateOf(y, months[Number(m) - 1]!, d!)}${time ? ` at ${time}` : ''}` : whole!,
  ],
  [
    pattern(`\\b(\\d{1,2})(?:st|nd|rd|th)? (${monthPattern}),? ?(${years})?\\b(?!\\d)`),
    (_, d, month, y) => dateOf(y, monthNamed(month!), d!),
  ],
  [
    pattern(`\\b(${monthPattern}) (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (${years})\\b)?(?![.:]?\\d)`),
    (_, month, d, y) => dateOf(y, monthNamed(month!), d!),
  ],
  [pattern('(?<=\\d:[0-5]\\d)\\s?[–—~-]\\s?(?=\\d{1,2}:[0-5]\\d)'), () => ' to '],
  [
    pattern('(?<![\\p{L}\\d:.])(\\d+(?:\\.\\d+)?):(\\d)(?![\\d:.])'),
    (_, one, other) => `${numberInEnglish(one!)} to ${numberInEnglish(other!)}`,
  ],
  [pattern(`${clockTime}(?:\\s?([AaPp]\\.?[Mm]\\b\\.?))?`), (_, h, m, half) => timeOf(h!, m!, half)],
  [pattern('\\b(\\d{1,2})\\s?([AaPp]\\.?[Mm]\\.?)(?!\\p{L})'), (_, h, half) => timeOf(h!, '00', half)],
  [
    pattern('(?<![\\d:])(\\d{1,3}):([0-5]\\d):([0-5]\\d)(?![\\d:])'),
    (_, h, m, s) =>
      lengthOf([
        [h!, 'hour'],
        [m!, 'minute'],
        [s!, 'second'],
      ]),
  ],
  [
    pattern(`\\b(${standards})[ -]?(\\d{2,6})(?:-(\\d{1,4}))?(?::\\d{4})?\\b`),
    (_, body, figure, part) => `${body} ${figures(figure!)}${part ? `, ${figures(part)}` : ''}`,
  ],
  [pattern('\\b(\\d{1,2})W-?(\\d{2})\\b'), (_, cold, hot) => `${cardinal(Number(cold))} W ${cardinal(Number(hot))}`],
  [pattern('(?<=\\b(?:call|dial|phone|ring) (?:on )?)(\\+?\\d[\\d ()-]*\\d)(?![\\d.%])', 'giu'), (whole) => sayPhone(whole!)],
  [
    pattern('(?<![\\p{L}\\d.])\\+\\d[\\d ()-]{6,}\\d|(?<![\\p{L}\\d.-])\\d{1,4}(?:[ -]\\d{2,4}){2,}(?![\\d.,-])'),
    (whole) => sayPhone(whole!),
  ],
  [
    pattern('(?<![\\d.])\\d+(?:\\.\\d+){2,}(?!\\d)'),
    (whole) =>
      whole!
        .split('.')
        .map((part) => numberInEnglish(part))
        .join(' point '),
  ],
  [
    pattern('(?<![\\d./])(\\d+) ?([12]/[23]|[13]/4)(?![\\d/])|(?<![\\d./])(\\d+) ?([½¼¾])'),
    (whole, n, part, m, sign) => {
      const fraction = fractions[part ?? sign!];
      return fraction ? `${numberInEnglish(n ?? m!)} and ${fraction.replace(/^one/, 'a')}` : whole!;
    },
  ],
  [pattern('(?<![\\d./])(?:[12]/[23]|[13]/4)(?![\\d/])|[½¼¾]'), (whole) => fractions[whole!] ?? whole!],
  [pattern('(\\d+)(?:st|nd|rd|th)\\b'), (_, n) => ordinal(Number(n))],
  [pattern('([€$£¥])\\s?(\\d[\\d,]*(?:\\.\\d+)?)'), (_, currency, n) => counted(n!, unitOf(currency!)!.en)],
  [
    pattern(`(${signed})(?:\\s?(${unitPattern})(?![\\p{L}\\d]))?${to}(${signed})\\s?(${unitPattern})(?![\\p{L}\\d])`),
    (_, a, __, b, unit) => `${signedNumber(a!)} to ${counted(b!, unitOf(unit!)?.en ?? ['', ''])}`,
  ],
  [
    pattern(`(${signed})\\s?(${unitPattern})(?![\\p{L}\\d])`),
    (whole, n, unit) => (unitOf(unit!) ? counted(n!, unitOf(unit!)!.en) : whole!),
  ],
  [pattern('(?:#|\\b[Nn](?:o|r)\\.\\s?)(?=\\d)'), () => 'number '],
  [pattern(`(?<=\\b(?:in|since|until|from|year|by|of|after|before) )(${years})(?![\\d.,%])(?! \\p{Ll}+s\\b)`), (_, y) => year(Number(y))],
  [
    pattern(`(?<![\\d-])(\\d+(?:\\.\\d+)?)(?:–|—|-|\\u2026)(\\d+(?:\\.\\d+)?)(?![\\d-])`),
    (_, a, b) => `${looseNumber(a!)} to ${looseNumber(b!)}`,
  ],
  [pattern(signed), (n) => ` ${looseNumber(n!)} `],
];

function sayPhone(written: string): string {
  return `${written.startsWith('+') ? 'plus ' : ''}${(written.match(/\d+/g) ?? []).map(figures).join(', ')}`;
}

const measured = pattern(`^(?:${number})(?:${unitPattern})$`, 'u');

/** What has capitals and figures and is no code: "12V", an oil's grade, a moment, a part of "L/100 km". */
const isFigure = (written: string) => measured.test(written) || /^\d+W-?\d+$|^\d{4}-\d\d-\d\dT|^L\/100$/.test(written);

/** What an English text without markup is said as. */
export function sayInEnglish(text: string): string {
  let said = text
    .replaceAll('\u00a0', ' ')
    .replace(/\b(?:[A-Z]\w+\.)+([A-Z]\w+)\b/g, (_, last: string) => last.replace(/(?<=[a-z])(?=[A-Z])/g, ' '));
  for (const [from, to] of words) said = said.replace(from, to);
  said = sayCodes(said, figures, numberInEnglish, isFigure);
  for (const [from, say] of rules) said = said.replace(from, (...groups) => say(...(groups as string[])));
  for (const [from, to] of marks) said = said.replace(from, to);
  return said.replace(/(?<![\p{L}])([A-Z]{2,5})(s?)(?![\p{L}])/gu, (whole, letters: string, many: string) =>
    spelledOut.has(letters) ? `${[...letters].join(' ')}${many ? "'s" : ''}` : whole,
  );
}

/** Numbers in words, as text: `written` is what a reader sees, digits with an optional sign and decimals, thousands parted by commas or thin spaces. */

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const scales: [number, string][] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
  [100, 'hundred'],
];

/** 0 ≤ n < 10^15, whole. */
export function cardinal(n: number): string {
  if (n < 20) return ones[n]!;
  if (n < 100) return n % 10 === 0 ? tens[n / 10]! : `${tens[Math.floor(n / 10)]}-${ones[n % 10]}`;
  const [scale, name] = scales.find(([from]) => n >= from)!;
  const rest = n % scale;
  const head = `${cardinal(Math.floor(n / scale))} ${name}`;
  return rest === 0 ? head : `${head}${scale === 100 ? ' and' : ''} ${cardinal(rest)}`;
}

const irregular: Record<string, string> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};
/** "twenty-third". */
export function ordinal(n: number): string {
  return cardinal(n).replace(/[a-z]+$/, (last) => irregular[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`));
}

/** Figures one by one: "zero three zero one". */
export const figures = (digits: string) => Array.from(digits, (digit) => ones[Number(digit)]).join(' ');

/** A year as it is said: "nineteen ninety-nine", "two thousand and five", "twenty twenty-six". */
export function year(n: number): string {
  if (n < 1100 || n >= 2100 || (n >= 2000 && n < 2010)) return cardinal(n);
  const [century, rest] = [cardinal(Math.floor(n / 100)), n % 100];
  return `${century} ${rest === 0 ? 'hundred' : rest < 10 ? `oh ${cardinal(rest)}` : cardinal(rest)}`;
}

const wholeAndRest = (written: string) => {
  const [, sign = '', whole = '', rest] = /^([-−+]?)(\d[\d,   ]*|)(?:\.(\d+))?$/u.exec(written) ?? [];
  return { minus: /[-−]/.test(sign), whole: whole.replace(/\D/g, ''), rest };
};

/** "minus five point two five"; a number too long to grasp, or one that begins with a zero, is read figure by figure. */
export function numberInEnglish(written: string): string {
  const { minus, whole, rest } = wholeAndRest(written);
  const head = whole === '' ? 'zero' : whole.length > 15 || /^0\d/.test(whole) ? figures(whole) : cardinal(Number(whole));
  return `${minus ? 'minus ' : ''}${head}${rest === undefined ? '' : ` point ${figures(rest)}`}`;
}

const hanOnes = '零一二三四五六七八九';
const hanPlaces = ['', '十', '百', '千'];

function hanBelowTenThousand(n: number): string {
  let said = '';
  let gap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(n / 10 ** place) % 10;
    if (digit === 0) gap ||= said !== '';
    else {
      said += `${gap ? '零' : ''}${digit === 2 && place >= 2 ? '两' : hanOnes[digit]}${hanPlaces[place]}`;
      gap = false;
    }
  }
  return said;
}

/** 0 ≤ n < 10^15, whole, in Chinese: 十五, 一百零三, 两千, 一万两千. */
export function hanCardinal(n: number): string {
  if (n === 0) return '零';
  const groups: string[] = [];
  for (let [rest, place] = [n, 0]; rest > 0; rest = Math.floor(rest / 1e4), place++) {
    const group = rest % 1e4;
    if (group === 0) continue;
    const said = hanBelowTenThousand(group);
    const gap = group < 1000 && rest >= 1e4;
    groups.unshift(`${gap ? '零' : ''}${said === '二' && place > 0 ? '两' : said}${['', '万', '亿', '万亿'][place]}`);
  }
  return groups.join('').replace(/^零/, '').replace(/^一十/, '十');
}

/** Figures one by one: 零三零一. */
export const hanFigures = (digits: string) => Array.from(digits, (digit) => hanOnes[Number(digit)]).join('');

/** 负五点二五; how 负 is said of a temperature (零下) is for the unit to tell. */
export function numberInChinese(written: string): string {
  const { minus, whole, rest } = wholeAndRest(written);
  const head = whole === '' ? '零' : whole.length > 15 || /^0\d/.test(whole) ? hanFigures(whole) : hanCardinal(Number(whole));
  return `${minus ? '负' : ''}${head}${rest === undefined ? '' : `点${hanFigures(rest)}`}`;
}

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const ones = new Map([...small.split(' ').entries()].map(([value, word]) => [word, value]));
const tens = new Map('twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, n) => [word, (n + 2) * 10]));
const scales = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
]);
const figures = new Map([...[...'零一二三四五六七八九'].entries(), [2, '两'] as const].map(([value, char]) => [char, value]));
const places = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1_000],
  ['万', 10_000],
]);

/**
 * The number that begins here, in figures ("20.5") or in words ("twenty point five", "二十点五", "一百零五"), up to 999,999.
 * @param text normalised, small letters, no hyphens
 * @returns where it ends and what it is; undefined where none begins
 */
export function readSpokenNumber(text: string, at: number): { end: number; value: number } | undefined {
  const digits = /^\d+(\.\d+)?/.exec(text.slice(at, at + 12))?.[0];
  if (digits) return { end: at + digits.length, value: Number(digits) };
  if (/[a-z]/.test(text[at] ?? '')) return /[a-z]/.test(text[at - 1] ?? '') ? undefined : readEnglish(text, at);
  return readChinese(text, at);
}

function readEnglish(text: string, at: number): { end: number; value: number } | undefined {
  let [total, group, end] = [0, 0, at];
  // What may follow: after "twenty" ones, after "five" only a scale.
  let room = Number.POSITIVE_INFINITY;
  for (const { 0: word, index } of text.slice(at, at + 80).matchAll(/[a-z]+/g)) {
    const step = ones.get(word) ?? tens.get(word);
    const scale = scales.get(word);
    if (index !== 0 && text.slice(end, at + index) !== ' ' && !/^ and $/.test(text.slice(end, at + index))) break;
    if (step !== undefined && step < room && (step !== 0 || end === at)) {
      group += step;
      room = tens.has(word) ? 10 : 1;
    } else if (scale !== undefined && group > 0) {
      group *= scale;
      room = scale === 100 ? 100 : 1_000;
      if (scale === 1_000) {
        total += group;
        group = 0;
      }
    } else if (word === 'and' && room >= 100 && Number.isFinite(room)) continue;
    else break;
    end = at + index + word.length;
  }
  if (end === at) return undefined;
  const whole = total + group;
  const point = /^ point((?: (?:zero|one|two|three|four|five|six|seven|eight|nine))+)/.exec(text.slice(end, end + 60));
  if (!point) return { end, value: whole };
  const decimals = Array.from(point[1]!.matchAll(/[a-z]+/g), ([word]) => ones.get(word)).join('');
  return { end: end + point[0].length, value: Number(`${whole}.${decimals}`) };
}

function readChinese(text: string, at: number): { end: number; value: number } | undefined {
  const said = /^[零一二两三四五六七八九十百千万]+/.exec(text.slice(at, at + 16))?.[0];
  if (!said) return undefined;
  const point = /^点([零一二三四五六七八九]+)/.exec(text.slice(at + said.length, at + said.length + 6));
  const end = at + said.length + (point?.[0].length ?? 0);
  const whole = /[十百千万]/.test(said) ? placed(said) : Number(Array.from(said, (char) => figures.get(char)).join(''));
  return { end, value: point ? Number(`${whole}.${Array.from(point[1]!, (char) => figures.get(char)).join('')}`) : whole };
}

/** "一百零五", "二十", "十五", "一万二". */
function placed(said: string): number {
  let [total, group, last, unit] = [0, 0, 0, 1];
  for (const char of said) {
    const place = places.get(char);
    if (place === undefined) {
      last = figures.get(char)!;
      if (last === 0) unit = 1;
      continue;
    }
    if (place === 10_000) [total, group] = [(group + last) * place, 0];
    else group += (last === 0 ? 1 : last) * place;
    [last, unit] = [0, place / 10];
  }
  // "一百二" is a hundred and twenty; "一百零二" a hundred and two.
  return total + group + last * unit;
}

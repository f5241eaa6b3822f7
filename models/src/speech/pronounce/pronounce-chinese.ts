import { pinyin } from 'pinyin-pro';

/** Pinyin to IPA (Duanmu, "The Phonology of Standard Chinese", 2007; Lin, "The Sounds of Chinese", 2007), as Kokoro learned Mandarin; `0` is where the tone is written. */
const initials: Record<string, string> = {
  zh: 'ʈʂ',
  ch: 'ʈʂʰ',
  sh: 'ʂ',
  b: 'p',
  p: 'pʰ',
  m: 'm',
  f: 'f',
  d: 't',
  t: 'tʰ',
  n: 'n',
  l: 'l',
  g: 'k',
  k: 'kʰ',
  h: 'x',
  j: 'tɕ',
  q: 'tɕʰ',
  x: 'ɕ',
  r: 'ɻ',
  z: 'ts',
  c: 'tsʰ',
  s: 's',
};
const finals: Record<string, string> = {
  a: 'a0',
  ai: 'ai0',
  an: 'a0n',
  ang: 'a0ŋ',
  ao: 'au0',
  e: 'ɤ0',
  ei: 'ei0',
  en: 'ə0n',
  eng: 'ə0ŋ',
  er: 'ɚ0',
  ê: 'ɛ0',
  o: 'wo0',
  ong: 'ʊ0ŋ',
  ou: 'ou0',
  i: 'i0',
  ia: 'ja0',
  ian: 'jɛ0n',
  iang: 'ja0ŋ',
  iao: 'jau0',
  ie: 'je0',
  in: 'i0n',
  ing: 'i0ŋ',
  io: 'jɔ0',
  iong: 'jʊ0ŋ',
  iu: 'jou0',
  iou: 'jou0',
  u: 'u0',
  ua: 'wa0',
  uai: 'wai0',
  uan: 'wa0n',
  uang: 'wa0ŋ',
  ui: 'wei0',
  uei: 'wei0',
  un: 'wə0n',
  uen: 'wə0n',
  ueng: 'wə0ŋ',
  uo: 'wo0',
  ü: 'y0',
  üan: 'ɥɛ0n',
  üe: 'ɥe0',
  ün: 'y0n',
};
/** Syllables that are written with y or w for want of an initial. */
const written: Record<string, string> = {
  yi: 'i',
  ya: 'ia',
  yan: 'ian',
  yang: 'iang',
  yao: 'iao',
  ye: 'ie',
  yin: 'in',
  ying: 'ing',
  yo: 'io',
  yong: 'iong',
  you: 'iu',
  yu: 'ü',
  yuan: 'üan',
  yue: 'üe',
  yun: 'ün',
  wu: 'u',
  wa: 'ua',
  wai: 'uai',
  wan: 'uan',
  wang: 'uang',
  wei: 'ui',
  wen: 'un',
  weng: 'ueng',
  wo: 'uo',
};
const tones: Record<string, string> = { 1: '→', 2: '↗', 3: '↓', 4: '↘' };

/** A syllable such as `zhong1`, `lü4` or `de0`; undefined for what is none. */
export function ipaOfSyllable(syllable: string): string | undefined {
  const [, letters = '', tone = ''] = /^([a-zêü]+)([0-5])?$/.exec(syllable.replaceAll('v', 'ü')) ?? [];
  const [, initial = '', rest = ''] = /^(zh|ch|sh|[bpmfdtnlgkhjqxrzcs]?)(.*)$/.exec(written[letters] ?? letters) ?? [];
  // After j, q and x, u is written for ü.
  const name = /^[jqx]$/.test(initial) ? rest.replace(/^u/, 'ü') : rest;
  const final = name === 'i' && /^(zh|ch|sh|r|z|c|s)$/.test(initial) ? 'ɨ0' : finals[name];
  return final && (initials[initial] ?? '') + final.replace('0', tones[tone] ?? '');
}

const words = new Intl.Segmenter('zh', { granularity: 'word' });
const pauses: Record<string, string> = { '，': ', ', '、': ', ', '。': '. ', '；': '; ', '：': ': ', '！': '! ', '？': '? ', '…': '… ' };

/**
 * Mandarin as IPA with tones as arrows, words parted by blanks. Give it spoken forms.
 * @param latin what is said of a word in Latin letters, or of a letter
 */
export function pronounceChinese(spoken: string, latin: (word: string) => string): string {
  const said: string[] = [];
  for (const [part] of spoken.matchAll(/\p{Script=Han}+|[A-Za-z']+|[，、。；：！？…,.;:!?]/gu)) {
    if (/^[A-Za-z']/.test(part)) said.push(` ${latin(part)} `);
    else if (/^\p{Script=Han}/u.test(part)) {
      // As a whole: how a character is read depends on its neighbours.
      const syllables = pinyin(part, { type: 'array', toneType: 'num', toneSandhi: false, v: true, nonZh: 'removed' });
      let at = 0;
      for (const { segment } of words.segment(part)) {
        const count = Array.from(segment).length;
        said.push(
          ` ${syllables
            .slice(at, at + count)
            .map((one) => ipaOfSyllable(one) ?? '')
            .join('')} `,
        );
        at += count;
      }
    } else said.push(pauses[part] ?? `${part} `);
  }
  return said
    .join('')
    .replace(/\s+(?=[,.;:!?…])|^\s+|\s+$/g, '')
    .replace(/\s+/g, ' ');
}

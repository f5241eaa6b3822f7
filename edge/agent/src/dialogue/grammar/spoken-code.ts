import { normalizeDtc } from '@wayside/protocol';

const spoken: Record<string, string> = {
  zero: '0',
  oh: '0',
  o: '0',
  nought: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  零: '0',
  〇: '0',
  洞: '0',
  一: '1',
  幺: '1',
  二: '2',
  两: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
};
const symbol = `(?:[0-9]|${Object.keys(spoken)
  .sort((a, b) => b.length - a.length)
  .join('|')})`;
const said = new RegExp(`(?<![a-z0-9])([pcbu])((?:[\\s-]*${symbol}){4})(?![a-z0-9])`, 'gi');
const written = /(?<![a-z0-9])[pcbu][\s-]?[0-3][0-9a-f]{3}(?![a-z0-9])/gi;

/**
 * Writes every trouble code in a sentence as one word, however it was said: `p 0 3 0 1`, `P oh three oh one`, `P零三零幺` → `P0301`.
 * The form is that of SAE J2012; makers' own codes stay as they are.
 * @returns the sentence and the codes in it, in order
 */
export function writeCodes(text: string): { text: string; codes: string[] } {
  const codes: string[] = [];
  const put = (heard: string, compact: string): string => {
    const code = normalizeDtc(compact);
    if (!code) return heard;
    codes.push(code);
    // Spaces keep it a word of its own where Chinese stands against it.
    return ` ${code} `;
  };
  const plain = text.normalize('NFKC');
  const once = plain.replace(said, (heard, letter: string, digits: string) => {
    const compact = letter + digits.replace(new RegExp(symbol, 'gi'), (one) => spoken[one.toLowerCase()] ?? one).replace(/[\s-]/g, '');
    return put(heard, compact);
  });
  const all = once.replace(written, (heard) => (codes.includes(heard) ? heard : put(heard, heard)));
  return { text: all.replace(/\s+/g, ' ').trim(), codes: [...new Set(codes)] };
}

import type { Seen, Verdict } from './verdict.ts';
import type { WrongCode } from './wrong.ts';

export type Language = 'en' | 'zh';
type Words = Record<Language, string>;

/** What is wrong, for people. */
export const wrongWords: Record<WrongCode, Words> = {
  'not-canonical': {
    en: 'this line is not the one spelling (RFC 8785) in which records are written',
    zh: '这一行不是记录应有的规范写法（RFC 8785）',
  },
  form: { en: 'this line is nothing a record can hold', zh: '这一行不是记录中应有的内容' },
  'header-missing': { en: 'the file does not begin as a record does', zh: '文件开头不是记录的开头' },
  'header-again': { en: 'a second beginning in the middle of the file', zh: '文件中间又出现了一个开头' },
  'other-edge': { en: 'this is signed in the name of another edge', zh: '此处签名属于另一台边缘设备' },
  'other-session': { en: 'this entry belongs to another conversation', zh: '此条目属于另一段对话' },
  hidden: { en: 'an entry is hidden where all must be shown', zh: '本应公开的条目被隐藏了' },
  'key-place': { en: 'a signing key is missing before this one, or out of order', zh: '在此签名密钥之前缺少密钥，或顺序不对' },
  'key-link': { en: 'this signing key does not follow what comes before it', zh: '此签名密钥与前面的内容接不上' },
  'key-signature': { en: 'this signing key is not signed by the key before it', zh: '此签名密钥没有前一把密钥的有效签名' },
  'entry-place': { en: 'an entry is missing, added or out of order', zh: '有条目缺失、多出或顺序不对' },
  'entry-link': { en: 'this entry does not follow the entry before it', zh: '此条目与前一条接不上' },
  'session-link': { en: 'an entry of the conversation is missing, added or out of order', zh: '对话中有条目缺失、多出或顺序不对' },
  'body-changed': { en: 'what this entry recorded was changed', zh: '此条目所记录的内容被改动过' },
  'body-missing': {
    en: 'what this entry recorded was taken out, and no erasure accounts for it',
    zh: '此条目的内容被取走，且没有相应的删除记录',
  },
  'seal-place': { en: 'a seal is missing or out of order', zh: '有封签缺失或顺序不对' },
  'seal-link': { en: 'this seal does not follow what comes before it', zh: '此封签与前面的内容接不上' },
  'seal-key': { en: 'this seal is made with another key than the one in use', zh: '此封签所用的不是当时有效的密钥' },
  'seal-entries': { en: 'the entries are not those that were sealed', zh: '条目与封签时的不一致' },
  'seal-signature': { en: 'the signature of this seal does not hold', zh: '此封签的签名无效' },
  'receipt-seal': { en: 'a receipt for a seal that is not in the file', zh: '回执所指的封签不在文件中' },
  'receipt-proof': { en: 'the hub’s log does not hold this seal, whatever the receipt says', zh: '回执不成立：中心日志里没有此封签' },
  'checkpoint-signature': { en: 'a signature of the hub or of a witness does not hold', zh: '中心或见证方的签名无效' },
  'split-view': { en: 'the hub showed two different logs', zh: '中心出示了两份不同的日志' },
  restoration: {
    en: 'the word that the hub’s log was put back from a copy is not signed as it must be',
    zh: '关于中心日志已从旧副本恢复的声明，签名无效',
  },
  'no-receipt': { en: 'no receipt of the hub is in the file', zh: '文件中没有中心的回执' },
  'untrusted-edge': { en: 'this is not the edge you named', zh: '这不是您指定的边缘设备' },
  'untrusted-hub': { en: 'this is not the hub you named', zh: '这不是您指定的中心' },
  'untrusted-operator': {
    en: 'the hub’s log was begun anew, and nobody you named says so',
    zh: '中心日志曾重新开始，但声明者不是您指定的运营方',
  },
  'too-few-witnesses': { en: 'fewer witnesses have signed than you ask for', zh: '见证签名少于您的要求' },
  'head-missing': { en: 'the code you hold is of no entry in this file', zh: '您手中的封签码在此文件中找不到对应条目' },
  unsealed: { en: 'entries without a seal', zh: '有条目没有封签' },
  cut: { en: 'the file ends before its end: something was cut off, changed or added', zh: '文件结尾不完整：有内容被截去、改动或添加' },
};

const day = (ms: number | undefined): string => (ms === undefined ? '' : new Date(ms).toISOString().replace('T', ' ').slice(0, 16));

/** The verdict in a sentence or two. */
export function sayVerdict({ ok, problem, seen }: Verdict, language: Language): string {
  if (ok) {
    return language === 'zh'
      ? '完好：此文件自生成以来没有任何改动，其中内容没有增减。'
      : 'Whole: nothing in this file was changed, added or taken out since it was made.';
  }
  if (!problem) return '';
  const what = wrongWords[problem.code][language];
  const entry = problem.n === undefined ? '' : language === 'zh' ? `，条目 ${problem.n}` : `, entry ${problem.n}`;
  return language === 'zh'
    ? `不可信：第 ${problem.line} 行${entry}：${what}。${seen.lines > 1 ? '此前各行均已核对。' : ''}`
    : `Not to be trusted: line ${problem.line}${entry}: ${what}.${seen.lines > 1 ? ' The lines before it hold.' : ''}`;
}

/** What was checked, line by line. */
export function saySeen(seen: Seen, language: Language): string[] {
  const { edge, session, entries, bodies, erased, aged, hidden, seals, keys, receipts, witnesses, restored } = seen;
  if (edge === '') return [];
  const span = seen.from === undefined ? '' : `${day(seen.from)} – ${day(seen.to)} UTC`;
  if (language === 'zh')
    return [
      `边缘设备 ${edge}${session ? `，对话 ${session}` : ''}${span ? `，${span}` : ''}`,
      `条目 ${entries} 条：内容相符 ${bodies} 条，已删除 ${erased} 条${aged > 0 ? `（其中 ${aged} 条因超过保存期限）` : ''}；属于他人、只见哈希的 ${hidden} 条`,
      `封签 ${seals} 个，签名密钥 ${keys} 把${seen.edgeKey ? `，首把 ${seen.edgeKey}` : ''}`,
      receipts > 0
        ? `中心回执 ${receipts} 张（${seen.hub}），见证方 ${witnesses.length} 个：${witnesses.join('、') || '无'}`
        : '没有中心回执：只核对了设备自己的签名',
      ...restored.map(
        ({ at, size, lost, reason, by }) =>
          `中心日志于 ${day(at)} UTC 从旧副本恢复并重新开始：见证方所知的 ${size} 项中缺失 ${lost} 项。声明方 ${by.join('、')}：${reason}`,
      ),
    ];
  return [
    `Edge ${edge}${session ? `, conversation ${session}` : ''}${span ? `, ${span}` : ''}`,
    `${entries} entries: ${bodies} with what they recorded, ${erased} erased${aged > 0 ? ` (${aged} of them because their time was over)` : ''}; ${hidden} of others, as hashes only`,
    `${seals} seals, ${keys} signing keys${seen.edgeKey ? `, the first ${seen.edgeKey}` : ''}`,
    receipts > 0
      ? `${receipts} receipts of the hub (${seen.hub}), ${witnesses.length} witnesses: ${witnesses.join(', ') || 'none'}`
      : 'No receipt of a hub: only the edge’s own signatures were checked',
    ...restored.map(
      ({ at, size, lost, reason, by }) =>
        `The hub’s log was put back from an old copy on ${day(at)} UTC and begun anew: of ${size} leaves that witnesses knew, ${lost} were lost. Said by ${by.join(', ')}: ${reason}`,
    ),
  ];
}

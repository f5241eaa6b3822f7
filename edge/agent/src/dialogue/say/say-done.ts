import type { Locale } from '@wayside/protocol';
import type { Done } from '../look-back.ts';
import { dayWords } from './time-words.ts';

const verdicts = {
  fixed: { en: 'the machine’s own data then showed it fixed', zh: '之后设备自己的数据显示已修好' },
  'not-fixed': { en: 'the machine’s own data then showed it not fixed', zh: '之后设备自己的数据显示没有修好' },
  'too-early': { en: 'whether it worked was never seen', zh: '之后没能看出是否修好' },
  watching: { en: 'I am still watching whether it worked', zh: '是否修好我还在看' },
} as const;

/** What was done with this thing before, and when, in one sentence. */
export function sayDone(done: Done, now: number, locale: Locale): string {
  const day = dayWords(done.at, now, locale);
  if (done.kind === 'case')
    return locale === 'zh'
      ? `${day}这台设备已经转过一次人工（${done.title.zh}），接手的人会看到那次记录。`
      : `A person already took this machine over ${day} (${done.title.en}); whoever takes over now sees that.`;
  const verdict = verdicts[done.state][locale];
  return locale === 'zh' ? `${day}在这里做过“${done.title.zh}”，${verdict}。` : `“${done.title.en}” was done here ${day}; ${verdict}.`;
}

import type { FaultReport } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Past } from '../respond-parts.ts';
import type { Complaint } from '../understand/complaint.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeFault } from './cite.ts';
import { ended, likelihoodWord, say } from './wording.ts';

const heard = { again: 'complainAgain', service: 'complainService', paid: 'complainPaid' } as const;

/** What is said to a complaint: that it was heard, what is known of an earlier repair, what shows now, and a person. */
export function sayComplaint({ about, fault }: { about: Complaint; fault: FaultReport | undefined }, context: AnswerContext): Said {
  const { locale, past } = context;
  const advice = fault && !context.advised(fault) ? fault.safetyAdvice[locale] : undefined;
  const what = fault && nowShows(fault, locale);
  const known = past ? sayPast(past, locale) : about === 'again' ? say('noPast', locale) : undefined;
  return {
    parts: [advice, say(heard[about], locale), known, what, say('shallPerson', locale)],
    safetyFirst: advice !== undefined,
    shows: { what: [what] },
    rung: 'diagnosis',
    citations: [
      ...(fault ? [citeFault(fault, locale)] : []),
      ...(past && known ? [{ kind: 'person' as const, ref: past.ref, text: known }] : []),
    ],
    grounds: [known ?? '', what ?? '', advice ?? ''],
    more: { offerPerson: true },
  };
}

function nowShows(fault: FaultReport, locale: Locale): string {
  const [sure, title] = [likelihoodWord(fault.probability, locale), ended(fault.title[locale], locale)];
  return locale === 'zh' ? `现在${sure}是：${title}` : `Now it is ${sure} this: ${title}`;
}

const verdicts = {
  fixed: { en: 'the machine’s own data then showed it fixed', zh: '之后设备自己的数据显示已修好' },
  'not-fixed': { en: 'the machine’s own data then showed it not fixed', zh: '之后设备自己的数据显示没有修好' },
  'too-early': { en: 'whether it worked was never seen', zh: '之后没能看出是否修好' },
  watching: { en: 'I am still watching whether it worked', zh: '是否修好我还在看' },
} as const;

/** What was done with this thing before, and when, in one sentence. */
export function sayPast(past: Past, locale: Locale): string {
  const day = new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { day: 'numeric', month: 'long' }).format(past.at);
  if (past.kind === 'case')
    return locale === 'zh'
      ? `${day}这台设备已经转过一次人工（${past.title.zh}），接手的人会看到那次记录。`
      : `On ${day} a person already took this machine over (${past.title.en}); whoever takes over now sees that.`;
  const verdict = verdicts[past.state][locale];
  return locale === 'zh' ? `${day}在这里做过“${past.title.zh}”，${verdict}。` : `On ${day} “${past.title.en}” was done here; ${verdict}.`;
}

import type { FaultReport } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Complaint } from '../understand/complaint.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeFault } from './cite.ts';
import { sayDone } from './say-done.ts';
import { ended, likelihoodWord, say } from './wording.ts';

const heard = { again: 'complainAgain', service: 'complainService', paid: 'complainPaid' } as const;

/** What is said to a complaint: that it was heard, what is known of an earlier repair, what shows now, and a person. */
export function sayComplaint({ about, fault }: { about: Complaint; fault: FaultReport | undefined }, context: AnswerContext): Said {
  const { locale, past, now } = context;
  const advice = fault && !context.advised(fault) ? fault.safetyAdvice[locale] : undefined;
  const what = fault && nowShows(fault, locale);
  const known = past ? sayDone(past, now, locale) : about === 'again' ? say('noPast', locale) : undefined;
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

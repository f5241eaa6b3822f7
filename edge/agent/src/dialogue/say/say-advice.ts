import type { Locale } from '@wayside/protocol';
import type { AdviceView, Answer } from '../../api/types.ts';
import { ended, joined, say } from './wording.ts';

/** Danger, said in a conversation that was about something else: what to do now, then what and where it is. */
export function sayAdvice({ kind, ref, title, text, thing }: AdviceView, where: string, locale: Locale): Answer {
  const named = locale === 'zh' ? `${where}：${ended(title.zh, locale)}` : `${where}: ${ended(title.en, locale)}`;
  return {
    text: joined([ended(text[locale], locale), named, say('askWhatToDo', locale)], locale),
    rung: 'diagnosis',
    citations: kind === 'fault' ? [{ kind: 'fault', ref, text: `${title[locale]} · ${thing}` }] : [],
    offerPerson: true,
  };
}

import type { Locale } from '@wayside/protocol';
import { gravest } from '../decide/graveness.ts';
import { emergencyIntent } from '../grammar/alarm.ts';
import type { Quiet, TurnParts } from '../turn-parts.ts';
import { joined } from './wording.ts';

/** The answer, where the fresh handoff stands, and who is there to take it. */
export function withStanding(
  { answer, faults, handoff }: Quiet,
  { hubIsThere, deskNote }: Pick<TurnParts, 'hubIsThere' | 'deskNote'>,
  locale: Locale,
): string {
  const said = joined([answer.text, keptNote(hubIsThere(), locale)], locale);
  const note = deskNote(locale, {
    safety: gravest(faults)?.safetyAdvice[locale],
    said: answer.text,
    emergency: handoff?.rule.id === emergencyIntent,
  });
  return note ? joined([said, note], locale) : said;
}

/** Said with the request where nothing had left before: what now does. */
export const whatGoes = { en: 'They get what was said here, and how the machine is.', zh: '对方会看到这段对话和设备的状态。' };

/** Where a fresh handoff stands, said aloud: the truth on disk, nothing more. */
function keptNote(hubIsThere: boolean, locale: Locale): string {
  if (locale === 'zh') return hubIsThere ? '已保存，正在发送。' : '现在没有网络，已保存在本机，一联网就会送出。';
  return hubIsThere ? 'It is saved and on its way.' : 'There is no connection now; it is saved here and goes out as soon as there is one.';
}

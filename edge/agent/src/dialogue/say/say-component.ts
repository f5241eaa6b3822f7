import { quantity } from '../../packs/quantity.ts';
import type { ComponentMove } from '../decide/decide-component.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeDtc, citeSample, signalTitle } from './cite.ts';
import { ended, joined, listed, say } from './wording.ts';

/** So many readings tell how a part is. */
const mostReadings = 6;

/** How a part is: its readings, that no fault of it shows, and in passing what else does. */
export function sayComponent({ title, signals, beside }: ComponentMove, { locale, thing, units, atMost }: AnswerContext): Said {
  const read = signals.slice(0, atMost ?? mostReadings).flatMap((name) => {
    const reading = thing?.latest(name);
    const signal = thing?.signals[name];
    if (!thing || !reading || !signal) return [];
    return [
      {
        said: `${signalTitle(signal, name, locale)}${locale === 'zh' ? ' ' : ': '}${quantity(reading.value, signal.unit, locale, units)}`,
        citation: citeSample(thing.id, name, signal, { value: reading.value, at: reading.observedAt }, locale, units),
      },
    ];
  });
  const gap = locale === 'zh' ? '' : ' ';
  const named = `${title[locale]}${locale === 'zh' ? '：' : ':'}`;
  const readings =
    read.length > 0
      ? listed(
          read.map(({ said }) => said),
          locale,
        )
      : say('partNotMeasured', locale);
  const other = beside && besideSaid(beside, locale);
  return {
    parts: [`${named}${gap}${readings}`, say('partWell', locale), other],
    rung: 'diagnosis',
    citations: [...read.map(({ citation }) => citation), ...(beside?.code ? [citeDtc(beside.code, locale)] : [])],
    grounds: [title[locale], ...read.map(({ said }) => said), other ?? ''],
  };
}

function besideSaid({ title, advice, unsure, code }: NonNullable<ComponentMove['beside']>, locale: AnswerContext['locale']): string {
  const named = ended(code ? `${code.code} ${title[locale]}` : title[locale], locale);
  const intro = say(unsure ? 'partBesideUnsure' : 'partBeside', locale);
  return joined([`${intro}${locale === 'zh' ? '' : ' '}${named}`, advice[locale]], locale);
}

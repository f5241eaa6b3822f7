import type { FaultModel } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import { titleOf } from '../../diagnosis/report.ts';
import { graveness } from '../decide/graveness.ts';
import type { Move } from '../decide/move.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeDtc, citeFaultModel } from './cite.ts';
import { readKnown } from './say-machine.ts';
import { ended, joined, listed, say } from './wording.ts';

/** Something shows whose cause is not clear: what to keep to meanwhile, what is seen, what it could be. */
export function suspect({ candidates, unexplained, shows = [] }: Extract<Move, { kind: 'suspect' }>, context: AnswerContext): Said {
  const { locale, thing, packOf } = context;
  const read = readKnown(shows, context);
  const pack = thing && packOf(thing.id);
  const models = candidates.flatMap((id) => pack?.faults[id] ?? []);
  const titles = models.map(({ title }) => title[locale]);
  const seen = pack ? unexplained.slice(0, 3).map((one) => titleOf(pack, one)[locale]) : [];
  const advice = toBeSafe(models, context);
  const what = say(unexplained.length > 0 ? 'unexplained' : 'unclear', locale);
  const basis = [
    seen.length > 0 ? introduced('because', seen, locale) : undefined,
    titles.length > 0 ? introduced('possible', titles, locale) : undefined,
  ];
  return {
    parts: [advice, ...read.flatMap(({ parts }) => parts), what, ...basis],
    safetyFirst: advice !== undefined,
    shows: { what: [what], basis },
    rung: 'diagnosis',
    citations: read.flatMap(({ citations = [] }) => citations),
    grounds: [...titles, ...seen, advice ?? '', ...read.flatMap(({ grounds = [] }) => grounds)],
  };
}

/** Nothing but codes that the machine noticed once and has yet to confirm: what they mean, and which faults they point to. */
export function unconfirmed({ codes, candidates }: Extract<Move, { kind: 'unconfirmed' }>, context: AnswerContext): Said {
  const { locale, thing, packOf } = context;
  const pack = thing && packOf(thing.id);
  const faults = candidates.flatMap((id) => (pack?.faults[id] ? [{ id, ...pack.faults[id] }] : []));
  const titles = faults.map(({ title }) => title[locale]);
  const named = codes.map(({ code, title }) =>
    title ? (locale === 'zh' ? `${code}：${ended(title.zh, locale)}` : `${code}: ${ended(title.en, locale)}`) : ended(code, locale),
  );
  const advice = toBeSafe(faults, context);
  const basis = [
    titles[0] === undefined ? undefined : introduced('pointsTo', [titles[0]], locale),
    titles.length > 1 ? introduced('possible', titles.slice(1), locale) : undefined,
  ];
  return {
    parts: [advice, ...named, say('notConfirmed', locale), ...basis],
    safetyFirst: advice !== undefined,
    shows: { what: [...named, say('notConfirmed', locale)], basis },
    rung: 'diagnosis',
    citations: [...codes.map((one) => citeDtc(one, locale)), ...faults.map((one) => citeFaultModel(one.id, one, locale))],
    grounds: [...named, ...titles, advice ?? ''],
  };
}

/** Not knowing which it is, one keeps to the gravest of what it could be; what was told of outweighs that, and stands beside it where it says stop. */
export function toBeSafe(models: readonly FaultModel[], { mind, locale }: AnswerContext): string | undefined {
  const [grave] = models.filter(({ safety }) => safety !== 'go-on').sort((a, b) => graveness[b.safety] - graveness[a.safety]);
  const keeps = grave && `${say('toBeSafe', locale)}${locale === 'zh' ? '' : ' '}${grave.safetyAdvice[locale]}`;
  return mind.length === 0 ? keeps : joined([...mind, grave?.safety === 'stop' ? keeps : undefined], locale);
}

/** A list with what leads to it. */
export const introduced = (by: 'because' | 'possible' | 'possibleUnseen' | 'pointsTo', what: readonly string[], locale: Locale) =>
  `${say(by, locale)}${locale === 'zh' ? '' : ' '}${listed(what, locale)}`;

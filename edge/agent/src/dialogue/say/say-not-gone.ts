import type { DtcReport } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Move } from '../decide/move.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeDtc, citeFault } from './cite.ts';
import { safetyOf } from './with-safety.ts';
import { listed, say } from './wording.ts';

/** More codes than this nobody keeps in mind. */
const atMost = 3;

/** Told that it is mended while the machine shows that it is not: what it still shows, and what makes that go. */
export function sayNotGone({ faults }: Extract<Move, { kind: 'not-gone' }>, context: AnswerContext): Said {
  const { locale, advised } = context;
  const advice = safetyOf(faults.filter((one) => !advised(one)));
  const codes = stillReported(context);
  const shown = faults.map(({ title }) => title[locale]);
  const signs = [
    `${say('stillSees', locale)}${gap(locale)}${listed(shown, locale)}`,
    say('notFixedYet', locale),
    say('goesByItself', locale),
  ];
  return {
    parts: [advice?.text[locale], say('notedYes', locale), ...(codes ? codes.parts : signs)],
    safetyFirst: advice !== undefined,
    shows: { do: [advice?.text[locale]] },
    rung: 'diagnosis',
    citations: [...(codes?.citations ?? []), ...faults.map((one) => citeFault(one, locale))],
    grounds: [advice?.text[locale] ?? '', ...shown, ...(codes?.parts ?? [])],
  };
}

type Codes = Pick<AnswerContext, 'locale' | 'thing' | 'packOf' | 'dtcs'>;

/** The codes that the machine still reports, said to who holds it mended, with what makes them go; undefined where none stands. */
export function stillReported(context: Codes): { parts: string[]; citations: NonNullable<Said['citations']> } | undefined {
  const { locale } = context;
  const codes = context.dtcs.filter(({ state }) => state !== 'cleared').slice(0, atMost);
  if (codes.length === 0) return undefined;
  const named = listed(
    codes.map((one) => nameOf(one, locale)),
    locale,
  );
  return {
    parts: [`${say('stillReports', locale)}${gap(locale)}${named}`, say('notFixedYet', locale), ...clearedBy(context)],
    citations: codes.map((one) => citeDtc(one, locale)),
  };
}

/** What makes the codes of this machine go, as its pack says; that it is not known where it says nothing. */
function clearedBy({ locale, thing, packOf }: Codes): string[] {
  const known = thing && packOf(thing.id)?.codesCleared;
  const otherwise = known?.otherwise ? [known.otherwise[locale]] : [];
  const action = known && !thing.onlyTells ? thing.actions[known.by] : undefined;
  if (!action) return otherwise.length > 0 ? otherwise : [say('clearsUnknown', locale)];
  const title = typeof action.title === 'string' ? action.title : action.title[locale];
  const how = locale === 'zh' ? `要清除它，请对我说“${title}”。` : `To clear it, say “${title}” to me.`;
  return [how, ...(action.effect ? [action.effect[locale]] : []), ...otherwise];
}

const gap = (locale: Locale) => (locale === 'zh' ? '' : ' ');
const nameOf = ({ code, title }: DtcReport, locale: Locale) => (title ? `${code} ${title[locale]}` : code);

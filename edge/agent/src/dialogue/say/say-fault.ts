import type { DtcReport, FaultReport } from '@wayside/contract';
import type { Locale, Localized } from '@wayside/protocol';
import { gravest } from '../decide/graveness.ts';
import type { Move, SafeAsked } from '../decide/move.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeArticle, citeDtc, citeFault, evidenceOf } from './cite.ts';
import { frozen } from './say-frozen.ts';
import { readKnown } from './say-machine.ts';
import { ended, joined, likelihoodWord, listed, say } from './wording.ts';

/** A fault: what is still safe, what it is, on what evidence, what comes next. */
export function explain(fault: FaultReport, others: readonly FaultReport[], context: AnswerContext): Said {
  const { locale, units, things, packOf } = context;
  const brief = context.manner.brief || context.verbosity === 'short';
  const signals = things.find((one) => one.id === fault.thing)?.signals ?? {};
  const evidence = evidenceOf(fault, signals, locale, units);
  const forIt = evidence.filter((one) => one.for).slice(0, brief ? 1 : context.verbosity === 'full' ? 6 : 3);
  const against = brief ? [] : evidence.filter((one) => !one.for && one.citation.kind === 'fault').slice(0, 1);
  const nameOf = (id: string) => things.find((one) => one.id === id)?.title ?? id;
  const title = fault.title[locale];
  const sure = likelihoodWord(fault.probability, locale);
  const pack = packOf(fault.thing);
  const gap = locale === 'zh' ? '' : ' ';
  const moment = brief ? undefined : frozen(fault, context.dtcs, pack, signals, locale, units);
  const advice = keptSafe(fault, context);
  const leftover = brief ? [] : (fault.unexplained ?? []).slice(0, 2).map((one) => named(one, locale));
  const what = locale === 'zh' ? `${sure}是：${ended(title, locale)}` : `This is ${sure}: ${ended(title, locale)}`;
  const basis = [
    brief ? undefined : fault.explanation[locale],
    forIt.length > 0
      ? `${say('because', locale)}${gap}${listed(
          forIt.map((one) => one.said),
          locale,
        )}`
      : undefined,
    restsOnUnconfirmed(fault, context.dtcs) ? say('notConfirmed', locale) : undefined,
    moment?.said,
    against.length > 0
      ? `${say('against', locale)}${gap}${listed(
          against.map((one) => one.said),
          locale,
        )}`
      : undefined,
    leftover.length > 0 ? `${say('unexplainedBeside', locale)}${gap}${listed(leftover, locale)}` : undefined,
  ];
  return {
    parts: [
      advice,
      what,
      ...basis,
      others.length > 0 && !brief
        ? `${say('others', locale)}${gap}${listed(
            others.map((one) =>
              one.thing === fault.thing ? one.title[locale] : `${nameOf(one.thing)}${locale === 'zh' ? '：' : ': '}${one.title[locale]}`,
            ),
            locale,
          )}`
        : undefined,
      context.question || context.test
        ? undefined
        : fault.procedure && pack?.procedures[fault.procedure]
          ? say('askWhatToDo', locale)
          : say('noProcedure', locale),
    ],
    safetyFirst: advice !== undefined,
    shows: { what: [what], basis },
    rung: 'diagnosis',
    citations: [
      citeFault(fault, locale),
      ...forIt.map((one) => one.citation),
      ...(context.article ? [citeArticle(context.article.id, context.article.title)] : []),
      ...(moment?.citations ?? []),
      ...others.map((one) => citeFault(one, locale)),
    ],
    grounds: [
      title,
      advice ?? fault.safetyAdvice[locale],
      fault.explanation[locale],
      ...evidence.map((one) => one.said),
      moment?.said ?? '',
      ...leftover,
      ...others.flatMap((one) => [one.title[locale], nameOf(one.thing)]),
    ],
  };
}

/** What to keep to beside this fault: what was told of outweighs it, unless it says stop. */
const keptSafe = (fault: FaultReport, { mind, advised, locale }: AnswerContext): string | undefined =>
  mind.length > 0 && fault.safety !== 'stop' ? joined(mind, locale) : advised(fault) ? undefined : fault.safetyAdvice[locale];

/** Nothing but codes that the machine has yet to confirm speaks for it. */
const restsOnUnconfirmed = ({ evidence }: FaultReport, dtcs: readonly DtcReport[]): boolean =>
  evidence.every((one) => !one.for || (one.kind === 'dtc' && dtcs.some(({ code, state }) => code === one.ref && state === 'pending')));

/** A code is said with what it means: the code is what one looks up. */
function named({ kind, ref, title }: { kind: string; ref: string; title: Localized }, locale: Locale): string {
  if (kind !== 'dtc' || title[locale] === ref) return title[locale];
  return locale === 'zh' ? `${ref}（${title.zh}）` : `${ref} (${title.en})`;
}

/** One word: what may go on, and how, is said by the advice that follows. */
const verdicts = {
  on: {
    stop: { en: 'No.', zh: '不能。' },
    gently: { en: 'Only with care.', zh: '只能小心地用。' },
    'go-on': { en: 'Yes.', zh: '可以。' },
  },
  off: {
    stop: { en: 'Yes.', zh: '要。' },
    gently: { en: 'You need not, but take care.', zh: '不一定要，但要小心。' },
    'go-on': { en: 'No.', zh: '不用。' },
  },
} as const;

/** Whether it is safe to go on, first in one word. @param asked whether it must stop: then that word is the other one; both ways round: then there is none */
export function safe(fault: FaultReport, context: AnswerContext, asked?: SafeAsked): Said {
  if (asked === 'untreated') return untreated(fault, context) ?? safe(fault, context);
  const { locale, units, things } = context;
  const evidence = evidenceOf(fault, things.find((one) => one.id === fault.thing)?.signals ?? {}, locale, units).find((one) => one.for);
  const title = fault.title[locale];
  const advice = fault.safetyAdvice[locale];
  const verdict = asked === 'either' ? undefined : verdicts[asked ?? 'on'][fault.safety][locale];
  const what = locale === 'zh' ? `原因：${ended(title, locale)}` : `The reason: ${ended(title, locale)}`;
  const basis = [evidence ? `${say('because', locale)}${locale === 'zh' ? '' : ' '}${ended(evidence.said, locale)}` : undefined];
  return {
    parts: [verdict, advice, what, ...basis],
    shows: { do: [verdict, advice], what: [what], basis },
    rung: 'diagnosis',
    citations: [citeFault(fault, locale), ...(evidence ? [evidence.citation] : [])],
    grounds: [title, advice, evidence?.said ?? ''],
  };
}

/** What comes of it where nothing is done, after what may still be done where that was not said lately; undefined where nobody wrote it down. */
function untreated(fault: FaultReport, { locale, packOf, advised }: AnswerContext): Said | undefined {
  const comes = packOf(fault.thing)?.faults[fault.fault]?.untreated?.[locale];
  if (comes === undefined) return undefined;
  const advice = advised(fault) ? undefined : fault.safetyAdvice[locale];
  const what = `${say('ifLeft', locale)}${ended(comes, locale)}`;
  return {
    parts: [advice, what],
    shows: { do: [advice], what: [what] },
    rung: 'diagnosis',
    citations: [citeFault(fault, locale)],
    grounds: [fault.title[locale], advice ?? '', comes],
  };
}

/** All faults and codes, the gravest advice first; of each so many at most. */
export function list(all: readonly FaultReport[], dtcs: readonly DtcReport[], locale: Locale, atMost?: number): Said {
  const faults = all.slice(0, atMost);
  const stored = dtcs.filter((dtc) => dtc.state !== 'cleared').slice(0, atMost ?? 10);
  const gap = locale === 'zh' ? '' : ' ';
  const worst = gravest(all);
  const codes = stored.map((dtc) => (dtc.title ? `${dtc.code} ${dtc.title[locale]}` : dtc.code));
  const what =
    faults.length > 0
      ? listed(
          faults.map(
            (one) =>
              `${one.title[locale]}${locale === 'zh' ? '（' : ' ('}${likelihoodWord(one.probability, locale)}${locale === 'zh' ? '）' : ')'}`,
          ),
          locale,
        )
      : undefined;
  const basis = [codes.length > 0 ? `${say('codes', locale)}${gap}${listed(codes, locale)}` : undefined];
  return {
    parts: [worst?.safetyAdvice[locale], what, ...basis],
    shows: { do: [worst?.safetyAdvice[locale]], what: [what], basis },
    rung: 'diagnosis',
    citations: [...faults.map((one) => citeFault(one, locale)), ...stored.map((one) => citeDtc(one, locale))],
    grounds: [worst?.safetyAdvice[locale] ?? '', ...faults.map((one) => one.title[locale]), ...codes],
  };
}

/** Nothing found here, with what was found elsewhere: what must stop there is said first, anything else after the answer. */
export function allWell({ elsewhere, shows = [], notices = [] }: Extract<Move, { kind: 'all-well' }>, context: AnswerContext): Said {
  const { locale, thing, things, turned, packOf } = context;
  const signs = thing ? notices.flatMap((sign) => packOf(thing.id)?.observations[sign]?.title[locale] ?? []) : [];
  const reported = readKnown(shows, context);
  const title = thing?.title ?? '';
  const other = gravest(elsewhere);
  const where = things.find((one) => one.id === other?.thing)?.title ?? other?.thing ?? '';
  const elsewhereSaid =
    other &&
    (locale === 'zh'
      ? `不过${where}有问题：${ended(other.title[locale], locale)}`
      : `But ${where} has a fault: ${ended(other.title[locale], locale)}`);
  return {
    parts: [
      other?.safety === 'stop' ? `${where}${locale === 'zh' ? '：' : ': '}${other.safetyAdvice[locale]}` : undefined,
      turned ? undefined : locale === 'zh' ? `${title}：` : `${title}:`,
      locale === 'zh' ? '目前没有发现故障。' : 'I find nothing wrong.',
      ...reported.flatMap(({ parts }) => parts),
      reported.length > 0 ? undefined : elsewhereSaid,
      say(signs.length > 0 ? 'whatNoticed' : 'wellCaveat', locale),
    ],
    rung: 'diagnosis',
    citations: [...reported.flatMap(({ citations = [] }) => citations), ...(other ? [citeFault(other, locale)] : [])],
    grounds: [
      ...reported.flatMap(({ grounds = [] }) => grounds),
      title,
      where,
      other?.title[locale] ?? '',
      other?.safetyAdvice[locale] ?? '',
    ],
    ...(signs.length > 0 ? { more: { choices: signs.map((title) => ({ say: title, label: title })) } } : {}),
  };
}

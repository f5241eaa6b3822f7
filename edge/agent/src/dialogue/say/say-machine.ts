import type { Citation } from '@wayside/contract';
import { meaningOfDtc, signalsLike } from '@wayside/packs';
import { quantity } from '../../packs/quantity.ts';
import { signalsMeant } from '../../packs/signals-meant.ts';
import { reportedOf } from '../decide/decide-component.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeDtc, citeSample, signalTitle } from './cite.ts';
import { ended, listed, say } from './wording.ts';

/** So many readings answer one question, unless it names a group. */
const mostOfKind = 4;

/** Those of some signals that the thing reports, to show how what was complained of stands. */
export const readKnown = (signals: readonly string[], context: AnswerContext): Said[] =>
  signals.filter((signal) => context.thing?.latest(signal) !== undefined).map((signal) => readSignals(signal, context));

/** The newest value of a signal, or of each that the name means and the thing reports. `several`: those of a part, instead. */
export function readSignals(name: string, context: AnswerContext, several?: readonly string[]): Said {
  const { thing, atMost } = context;
  const all = several ?? signalsMeant(name, thing?.signals ?? {});
  const reported = all.filter((one) => thing?.latest(one) !== undefined).slice(0, atMost ?? (name.includes('*') ? undefined : mostOfKind));
  const each = (reported.length > 0 ? reported : [all[0] ?? name]).map((one) => readSignal(one, context));
  return {
    parts: each.flatMap(({ parts }) => parts),
    rung: 'diagnosis',
    citations: each.flatMap(({ citations = [] }) => citations),
    grounds: each.flatMap(({ grounds = [] }) => grounds),
  };
}

/** "Engine running: yes", since a yes is no value; and no room before a Chinese word. */
function nowSaid(title: string, value: string, type: string, locale: AnswerContext['locale']): string {
  if (type === 'boolean') return locale === 'zh' ? `${title}：${value}。` : `${title}: ${value}.`;
  if (locale === 'zh') return `${title}现在是${/^\p{Script=Han}/u.test(value) ? '' : ' '}${value}。`;
  return `${title} is ${value}.`;
}

/** What is measured of the same part, where the signal itself is not: two at the most. */
function nearest(name: string, { thing, packOf }: AnswerContext): string[] {
  const parts = Object.values((thing && packOf(thing.id)?.components) ?? {});
  const part = parts.find(({ signals }) => signals.some((one) => signalsLike(one, { [name]: true }).length > 0));
  return thing && part ? reportedOf(part, thing).slice(0, 2) : [];
}

function readSignal(name: string, context: AnswerContext): Said {
  const { locale, thing, units } = context;
  const reading = thing?.latest(name);
  const signal = thing?.signals[name];
  if (!signal) return { parts: [say('noSuchSignal', locale)], rung: 'diagnosis' };
  const title = signalTitle(signal, name, locale);
  if (!thing || !reading) {
    const near = thing ? nearest(name, context) : [];
    const nearby = near.map((one) => readSignal(one, context));
    return {
      parts: [
        locale === 'zh' ? `这里没有“${title}”的读数。` : `I have no reading of that here: ${title}.`,
        near.length > 0 ? say('nearest', locale) : undefined,
        ...nearby.flatMap(({ parts }) => parts),
      ],
      rung: 'diagnosis',
      citations: nearby.flatMap(({ citations = [] }) => citations),
      grounds: [title, ...nearby.flatMap(({ grounds = [] }) => grounds)],
    };
  }
  const value = quantity(reading.value, signal?.unit, locale, units);
  return {
    parts: [nowSaid(title, value, typeof reading.value, locale)],
    rung: 'diagnosis',
    citations: [citeSample(thing.id, name, signal, { value: reading.value, at: reading.observedAt }, locale, units)],
    grounds: [title],
  };
}

/** A code: what it means, whether the machine reports it now, what usually brings it. */
export function explainDtc(code: string, { locale, thing, packOf, dtcs }: AnswerContext): Said {
  const pack = thing && packOf(thing.id);
  const here = dtcs.find((dtc) => dtc.code === code);
  const meaning = pack && meaningOfDtc(pack, code, here?.failureType);
  const title = meaning?.title ?? here?.title;
  const state =
    here === undefined ? 'codeNotHere' : here.state === 'cleared' ? 'codeCleared' : here.state === 'pending' ? 'codePending' : 'codeHere';
  const causes = Object.entries(pack?.faults ?? {})
    .filter(([, fault]) => (fault.dtcs[code] ?? 0) > 0)
    .sort(([, a], [, b]) => b.prior * b.dtcs[code]! - a.prior * a.dtcs[code]!)
    .slice(0, 3)
    .map(([id, fault]) => ({ id, title: fault.title[locale], explanation: fault.explanation[locale] }));
  const titled = title
    ? locale === 'zh'
      ? `${code}：${ended(title.zh, locale)}`
      : `${code}: ${ended(title.en, locale)}`
    : `${ended(code, locale)}`;
  const possible =
    causes.length > 0
      ? `${say('possible', locale)}${locale === 'zh' ? '' : ' '}${listed(
          causes.map((one) => one.title),
          locale,
        )}`
      : undefined;
  return {
    parts: [
      titled,
      title ? undefined : say('codeUnknown', locale),
      meaning?.known === 'area' && !meaning.maker ? say('codeArea', locale) : undefined,
      meaning?.maker ? say('codeMaker', locale) : undefined,
      thing ? say(state, locale) : undefined,
      possible,
    ],
    shows: { what: [titled], basis: [possible] },
    rung: 'diagnosis',
    citations: [
      citeDtc({ code, title }, locale),
      ...causes.map((one): Citation => ({ kind: 'fault', ref: one.id, text: `${one.title} · ${one.explanation}` })),
    ],
    grounds: causes.map((one) => one.title),
  };
}

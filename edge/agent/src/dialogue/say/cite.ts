import type { Citation, DtcReport, FaultReport } from '@wayside/contract';
import type { Locale, Localized, Signal, Value } from '@wayside/protocol';
import { quantity, type Units } from '../../packs/quantity.ts';

const inWords = (title: string | Localized, locale: Locale) => (typeof title === 'string' ? title : title[locale]);

/** The title of a signal; its name where nobody gave it one. */
export const signalTitle = (signal: Signal | undefined, name: string, locale: Locale): string =>
  signal ? inWords(signal.title, locale) : name;

/** A value of a signal at a moment. */
export function citeSample(
  thing: string,
  name: string,
  signal: Signal | undefined,
  { value, at }: { value: Value; at: number },
  locale: Locale,
  units: Units,
): Citation {
  const text = `${signalTitle(signal, name, locale)}${locale === 'zh' ? '：' : ': '}${quantity(value, signal?.unit, locale, units)}`;
  return { kind: 'sample', ref: `${thing}/${name}@${Math.round(at)}`, text };
}

export const citeFault = (fault: FaultReport, locale: Locale): Citation => citeFaultModel(fault.fault, fault, locale);

/** A fault that is only thought of, from the pack. */
export const citeFaultModel = (
  id: string,
  { title, explanation }: Pick<FaultReport, 'title' | 'explanation'>,
  locale: Locale,
): Citation => ({
  kind: 'fault',
  ref: id,
  text: `${title[locale]} · ${explanation[locale]}`,
});

export const citeDtc = ({ code, title }: Pick<DtcReport, 'code' | 'title'>, locale: Locale): Citation => ({
  kind: 'dtc',
  ref: code,
  text: title ? `${code} · ${title[locale]}` : code,
});

export const citeArticle = (id: string, text: string): Citation => ({ kind: 'article', ref: id, text: text.slice(0, 2_000) });

/** The evidence of a fault, each with the sample, code or person it rests on, and as it is said. */
export function evidenceOf(
  fault: FaultReport,
  signals: Record<string, Signal>,
  locale: Locale,
  units: Units,
): { said: string; citation: Citation; for: boolean }[] {
  return fault.evidence.map((one) => {
    const title = one.title[locale];
    if (one.kind === 'dtc')
      return {
        said: one.for ? `${one.ref} ${title}` : title,
        citation: citeDtc({ code: one.ref, title: one.title }, locale),
        for: one.for,
      };
    if (one.kind === 'observation')
      return {
        said: locale === 'zh' ? `您说的：${title}` : `you told me: ${title}`,
        citation: { kind: 'person', ref: one.ref, text: title },
        for: one.for,
      };
    if (one.signal === undefined || one.value === undefined || one.at === undefined || !one.for)
      return { said: title, citation: { kind: 'fault', ref: one.ref, text: title }, for: one.for };
    const citation = citeSample(fault.thing, one.signal, signals[one.signal], { value: one.value, at: one.at }, locale, units);
    return { said: locale === 'zh' ? `${title}（${citation.text}）` : `${title} (${citation.text})`, citation, for: one.for };
  });
}

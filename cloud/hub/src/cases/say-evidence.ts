import type { FaultReport, Handoff } from '@wayside/contract';
import type { Locale, Localized } from '@wayside/protocol';
import { unitSign } from '@wayside/web/unit-signs';

type Evidence = FaultReport['evidence'][number];

const tags = { en: 'en-GB', zh: 'zh-CN' } as const;
const truth = { en: ['no', 'yes'], zh: ['否', '是'] } as const;

/** A value as people read it: four significant digits at most, with the sign of its unit. */
export function sayMeasured(value: NonNullable<Evidence['value']>, unit: string | undefined, locale: Locale): string {
  if (typeof value === 'boolean') return truth[locale][Number(value)] as string;
  if (typeof value === 'string') return value;
  const text = new Intl.NumberFormat(tags[locale], { maximumSignificantDigits: 4, useGrouping: false }).format(value);
  const sign = unitSign(unit, locale);
  return sign === '' ? text : sign === '%' ? `${text}%` : `${text} ${sign}`;
}

/** What is evidence, with what was measured and of which signal, by the names that the machine's own model gives; never by a path. */
export function sayEvidence({ title, signal, value, unit }: Evidence, signals: Handoff['signals']): Localized {
  const known = signal === undefined ? undefined : signals[signal];
  const say = (locale: Locale) => {
    if (value === undefined) return title[locale];
    const measured = [known?.title[locale], sayMeasured(value, known?.unit ?? unit, locale)].filter((part) => part !== undefined).join(' ');
    return locale === 'zh' ? `${title.zh}（${measured}）` : `${title.en} (${measured})`;
  };
  return { en: say('en'), zh: say('zh') };
}

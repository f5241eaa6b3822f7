import '@wayside/web/valid-language';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Locale, Value } from '../api/types.ts';
import { saidWithoutEdge } from '../status/said-without-edge.ts';
import { en, type Words } from './en.ts';
import {
  formatBytes,
  formatInstant,
  formatNumber,
  formatPercent,
  formatProbability,
  formatReading,
  formatTime,
  formatValue,
} from './format.ts';
import type { Units } from './units.ts';
import { zh } from './zh.ts';

/** The language in use: its words, and how it writes numbers, values and times. */
export type Speech = {
  locale: Locale;
  words: Words;
  setLocale: (locale: Locale) => void;
  /** The units of whoever the screen speaks for. */
  units: Units;
  /** Speaks as somebody likes it; with no language of theirs, as the screen itself does. What the screen keeps for itself stays. */
  speakAs: (liked: { locale: Locale | undefined; units: Units }) => void;
  /** A sentence that comes in every language, or in one for all. */
  pick: (text: { en: string; zh: string } | string) => string;
  number: (n: number) => string;
  value: (value: Value) => string;
  reading: (value: Value, unit?: string) => string;
  time: (at: number) => string;
  instant: (at: number) => string;
  bytes: (n: number) => string;
  probability: (p: number) => string;
  percent: (p: number) => string;
};

const kept = 'wayside.locale';

/** The language chosen before, else the browser's, else English. */
export function firstLocale(store: Pick<Storage, 'getItem'>, language: string): Locale {
  const chosen = store.getItem(kept);
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

const Context = createContext<Speech | undefined>(undefined);

export function WordsProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState(() => firstLocale(localStorage, navigator.language));
  const [units, setUnits] = useState<Units>('metric');
  const speakAs = useCallback<Speech['speakAs']>((liked) => {
    setLocale(liked.locale ?? firstLocale(localStorage, navigator.language));
    setUnits(liked.units);
  }, []);
  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
    if (locale === 'zh') void import('../fonts.ts').then(({ bringFor }) => bringFor(saidWithoutEdge(zh))).catch(() => {});
  }, [locale]);
  const speech = useMemo<Speech>(() => {
    const words = locale === 'zh' ? zh : en;
    return {
      locale,
      words,
      setLocale: (next) => {
        localStorage.setItem(kept, next);
        setLocale(next);
      },
      units,
      speakAs,
      pick: (text) => (typeof text === 'string' ? text : text[locale]),
      number: (n) => formatNumber(n, locale),
      value: (v) => formatValue(v, locale, words),
      reading: (v, unit) => formatReading(v, unit, locale, words, units),
      time: (at) => formatTime(at, Date.now(), locale),
      instant: (at) => formatInstant(at, locale),
      bytes: (n) => formatBytes(n, locale),
      probability: (p) => formatProbability(p, locale, words),
      percent: (p) => formatPercent(p, locale),
    };
  }, [locale, units, speakAs]);
  return <Context value={speech}>{children}</Context>;
}

export function useWords(): Speech {
  const speech = useContext(Context);
  if (!speech) throw new Error('useWords needs a WordsProvider above it');
  return speech;
}

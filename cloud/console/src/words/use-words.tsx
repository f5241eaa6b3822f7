import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import type { Locale, Localized } from '../api/types.ts';
import { en, type Words } from './en.ts';
import { zh } from './zh.ts';

type Speech = {
  w: Words;
  locale: Locale;
  /** The sentence in the technician's language. */
  pick: (text: Localized) => string;
  setLocale: (locale: Locale) => void;
};

const words = { en, zh };
const place = 'wayside.console.locale';
const Context = createContext<Speech>({ w: en, locale: 'en', pick: (text) => text.en, setLocale: () => {} });

function firstLocale(): Locale {
  const chosen = localStorage.getItem(place);
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Everything beneath speaks the technician's language: what they chose here before, else their browser's. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState(firstLocale);
  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-Hans' : 'en';
  }, [locale]);
  const speech = useMemo<Speech>(
    () => ({
      w: words[locale],
      locale,
      pick: (text) => text[locale],
      setLocale: (next) => {
        localStorage.setItem(place, next);
        setLocale(next);
      },
    }),
    [locale],
  );
  return <Context value={speech}>{children}</Context>;
}

export const useWords = (): Speech => use(Context);

import { z } from 'zod';

export const locales = ['en', 'zh'] as const;
export const locale = z.enum(locales);
export type Locale = z.infer<typeof locale>;

/** A sentence in every language the house speaks. */
export const localized = z.object({ en: z.string().min(1).max(4000), zh: z.string().min(1).max(4000) }).strict();
export type Localized = z.infer<typeof localized>;

/** The locale we speak for a BCP 47 tag such as `zh-CN` or `en-GB`; English when we do not speak it. */
export function localeOf(tag: string | undefined): Locale {
  return tag?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

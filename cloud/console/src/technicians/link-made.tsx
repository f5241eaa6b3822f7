import { LinkField } from '../shell/link-field.tsx';
import { sayTime } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';

export type Made = { link: string; expiresAt?: number };

/** A link that signs somebody in, once: to be passed on to them. */
export function LinkMade({ made }: { made: Made }) {
  const { w, locale } = useWords();
  const until = made.expiresAt ? w.technicians.until(sayTime(made.expiresAt, locale)) : w.technicians.soon;
  return <LinkField url={new URL(made.link, document.baseURI).href} label={w.technicians.link} until={until} />;
}

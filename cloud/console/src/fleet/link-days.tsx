import { VisuallyHidden } from '@mantine/core';
import type { Ledger } from '../api/types.ts';
import { saySpan } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './ledger.module.css';

const dayMs = 86_400_000;

/** A column for each day, the newest last: as high as the link was there, and what is missing of it from above. By the technician's own days. */
export function LinkDays({ ledger }: { ledger: Ledger }) {
  const { w, locale } = useWords();
  return (
    <table className={css.days}>
      <caption>{w.ledger.key}</caption>
      <tbody>
        <tr>
          {linkDays(ledger).map(({ begins, knownMs, downMs }) => {
            const day = new Date(begins).toLocaleDateString(locale === 'zh' ? 'zh-CN' : 'en-GB', { day: 'numeric', month: 'short' });
            const says = knownMs === 0 ? w.ledger.notKnown(day) : w.ledger.dayDown(day, downMs < 1 ? undefined : saySpan(downMs, locale));
            return (
              <td key={begins} title={says} data-unknown={knownMs === 0 || undefined}>
                {knownMs > 0 && <span style={{ height: `${Math.max(downMs > 0 ? 4 : 0, (downMs / knownMs) * 100)}%` }} />}
                <VisuallyHidden component="span">{says}</VisuallyHidden>
              </td>
            );
          })}
        </tr>
      </tbody>
    </table>
  );
}

/** For each day that ends with `to`: how much of it the link is known of, and how long of that it was down. */
export function linkDays({ days, from, to, downs }: Pick<Ledger, 'days' | 'from' | 'to' | 'downs'>) {
  const last = new Date(to).setHours(0, 0, 0, 0);
  return Array.from({ length: days }, (_, i) => {
    const begins = new Date(last).setDate(new Date(last).getDate() - (days - 1 - i));
    const ends = Math.min(begins + dayMs, to);
    const overlap = (a: number, b: number) => Math.max(0, Math.min(b, ends) - Math.max(a, begins));
    return {
      begins,
      knownMs: from === null ? 0 : overlap(from, to),
      downMs: downs.reduce((sum, down) => sum + overlap(down.from, down.to ?? to), 0),
    };
  });
}

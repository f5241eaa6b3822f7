import type { CaseRow } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { FamilyIcon } from '../shell/family-icon.tsx';
import { hashOf } from '../shell/route.ts';
import { SeverityMark } from '../shell/severity-mark.tsx';
import { Tag } from '../shell/tag.tsx';
import { UnreadMark } from '../shell/unread-mark.tsx';
import { sayMoment, sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { DueClock } from './due-clock.tsx';
import css from './queue.module.css';
import { WaitingTime } from './waiting-time.tsx';
import { WhyHere } from './why-here.tsx';

/** One case as a line: what it is, on which machine, how long they have waited, who helps. The whole line is the link. */
export function QueueRow({ row, me, selected, onSelect }: { row: CaseRow; me: string; selected: boolean; onSelect: () => void }) {
  const { w, pick } = useWords();
  const urgent = row.urgency === 'urgent' && row.state !== 'resolved';
  return (
    <li className={css.item}>
      <a
        id={`case-${row.id}`}
        className={css.row}
        href={hashOf({ page: 'case', id: row.id })}
        data-selected={selected || undefined}
        data-urgent={urgent || undefined}
        onFocus={onSelect}
      >
        <SeverityMark severity={row.severity} />
        <span className={css.what}>
          <span className={css.name}>
            {urgent && <Tag tone="urgent">{w.queue.urgent}</Tag>}
            <Marks row={row} me={me} />
            <b className={css.headline}>{pick(row.title)}</b>
            <UnreadMark n={row.unread} />
          </span>
          <span className={css.summary}>{row.said === undefined ? pick(row.summary) : `“${row.said}”`}</span>
        </span>
        <span className={css.thing}>
          <FamilyIcon family={row.family} />
          <span className={css.clip}>{row.thingTitles ? pick(row.thingTitles) : (row.thingTitle ?? row.thing ?? '–')}</span>
        </span>
        <span className={css.language}>{row.locale === 'zh' ? '中文' : 'EN'}</span>
        <WaitingTime row={row} />
        <DueClock clock={row.clock} />
        <WhyHere row={row} />
        <span className={css.technician}>{who(row, me, w.queue)}</span>
      </a>
    </li>
  );
}

/** What sets this case apart for whoever looks. */
function Marks({ row, me }: { row: CaseRow; me: string }) {
  const { w, locale } = useWords();
  const now = useNow();
  if (row.state === 'resolved') return null;
  return (
    <>
      {row.asked && <Tag tone="good">{w.queue.asked}</Tag>}
      {row.offered && (
        <Tag tone={row.offered.id === me ? 'good' : 'quiet'}>{w.queue.offered(row.offered.id === me ? undefined : row.offered.name)}</Tag>
      )}
      {row.snoozed && (
        <Tag>
          <time dateTime={new Date(row.snoozed.until).toISOString()} title={sayMoment(row.snoozed.until, locale)}>
            {w.queue.until(sayWhen(row.snoozed.until, now, locale))}
          </time>
        </Tag>
      )}
      {row.attention === 'looks-on' && <Tag>{w.queue.looksOn}</Tag>}
      {!row.fits.skill && row.skill && <Tag tone="warning">{w.queue.needs(row.skill[locale])}</Tag>}
      {!row.fits.language && <Tag tone="warning">{w.queue.speaks(w.language[row.locale])}</Tag>}
      {row.issue && <Tag>{w.queue.known}</Tag>}
    </>
  );
}

function who(row: CaseRow, me: string, words: { you: string; nobody: string }): string {
  if (row.technician === null) return words.nobody;
  return row.technician.id === me ? words.you : row.technician.name;
}

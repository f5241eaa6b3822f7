import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft, IconDownload } from '@tabler/icons-react';
import { useEffect } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { Ledger } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import page from '../shell/page.module.css';
import { hashOf } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { sayEdge, sayPercent, saySpan, sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './ledger.module.css';
import { LinkDays } from './link-days.tsx';

/** When an edge's link was down and for how long, what it lost by its own word, what came late. */
export function LedgerPage({ edge }: { edge: string }) {
  const { w } = useWords();
  const { data, error, reload } = useLoaded(
    `ledger ${edge}`,
    () => hub.ledger(edge),
    (event) => event.event === 'fleet' && event.data.edge === edge,
  );
  useEffect(() => {
    document.title = `${sayEdge(edge)} · ${w.ledger.title} · ${w.app.name}`;
  }, [edge, w]);
  return (
    <section className={page.page} aria-labelledby="ledger-title">
      <header className={page.head}>
        <ActionIcon component="a" href={hashOf({ page: 'fleet' })} aria-label={w.fleet.title}>
          <IconArrowLeft size={18} aria-hidden />
        </ActionIcon>
        <h1 id="ledger-title" className={page.title} title={edge}>
          {w.ledger.of(sayEdge(edge))}
        </h1>
        <Button
          className={page.end as string}
          size="compact-xs"
          variant="default"
          component="a"
          href={`v1/fleet/ledger.csv?edge=${encodeURIComponent(edge)}`}
          download
          leftSection={<IconDownload size={13} aria-hidden />}
        >
          CSV
        </Button>
      </header>
      <Trouble error={error?.code === 'unreachable' && data ? undefined : error} onRetry={reload} m="md" />
      {data === undefined && error === undefined && <Waiting />}
      {data !== undefined && <Body ledger={data} />}
    </section>
  );
}

function Body({ ledger }: { ledger: Ledger }) {
  const { w, locale } = useWords();
  const now = useNow();
  const { from, to, downs, downMs, losses, late, setAside, days } = ledger;
  const span = from === null ? 0 : to - from;
  const when = (at: number) => sayWhen(at, now, locale);
  const lost = (loss: Ledger['losses'][number]) => [
    `${w.ledger.lostOf[loss.of as keyof typeof w.ledger.lostOf] ?? loss.of}`,
    w.ledger.because[loss.reason as keyof typeof w.ledger.because] ?? loss.reason,
    loss.count === null ? '–' : String(loss.count),
    loss.from === null || loss.to === null ? '–' : `${when(loss.from)} – ${when(loss.to)}`,
  ];
  return (
    <div className={css.body}>
      <section className={css.box} aria-labelledby="link-title">
        <h2 id="link-title">{w.ledger.link(days)}</h2>
        {from === null ? (
          <p>{w.ledger.never}</p>
        ) : (
          <>
            <p className={css.sum}>
              <b>{span > 0 ? sayPercent(1 - downMs / span) : '–'}</b> {w.ledger.up(downs.length, saySpan(downMs, locale))}
            </p>
            <LinkDays ledger={ledger} />
            <Lines
              none={w.ledger.noDowns}
              heads={[w.ledger.from, w.ledger.until, w.ledger.howLong]}
              rows={downs.map((down) => [
                when(down.from),
                down.to === null ? w.ledger.still : when(down.to),
                saySpan((down.to ?? to) - down.from, locale),
              ])}
            />
          </>
        )}
      </section>
      <section className={css.box} aria-labelledby="losses-title">
        <h2 id="losses-title">{w.ledger.losses}</h2>
        <Lines
          none={w.ledger.noLosses}
          heads={[w.ledger.told, w.ledger.what, w.ledger.why, w.ledger.count, w.ledger.span]}
          rows={losses.map((loss) => [when(loss.at), ...lost(loss)])}
        />
      </section>
      <section className={css.box} aria-labelledby="late-title">
        <h2 id="late-title">{w.ledger.late}</h2>
        <Lines
          none={w.ledger.noLate}
          heads={[w.ledger.day, w.ledger.count, w.ledger.atMost]}
          rows={late.map(({ day, count, worstMs }) => [day, String(count), saySpan(worstMs, locale)])}
        />
      </section>
      {setAside.length > 0 && (
        <section className={css.box} aria-labelledby="aside-title">
          <h2 id="aside-title">{w.ledger.aside}</h2>
          <Lines
            none=""
            heads={[w.ledger.last, w.ledger.count, w.ledger.why]}
            rows={setAside.map(({ at, count, reason }) => [when(at), String(count), reason])}
          />
        </section>
      )}
    </div>
  );
}

const longest = 100;

function Lines({ none, heads, rows }: { none: string; heads: string[]; rows: string[][] }) {
  const { w } = useWords();
  if (rows.length === 0) return <p>{none}</p>;
  return (
    <>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, longest).map((row) => (
              <tr key={row.join('|')}>
                {row.map((cell, i) => (
                  <td key={heads[i]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > longest && <p>{w.ledger.more(rows.length - longest)}</p>}
    </>
  );
}

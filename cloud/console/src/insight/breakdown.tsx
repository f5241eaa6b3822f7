import { Button, SegmentedControl } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { Breakdown as BreakdownData, BreakdownRow } from '../api/types.ts';
import { hashOf } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { sayEdge, saySpan } from '../words/say.ts';
import { useNames } from '../words/use-names.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './insight.module.css';

type By = keyof BreakdownData['by'];
const all: By[] = ['edge', 'model', 'firmware', 'pack'];
/** Those that need most help; who wants the others asks for them. */
const first = 10;

/** How it goes by edge, model, firmware or pack: what needs most help, and whether something new made it better or worse. */
export function Breakdown() {
  const { w, locale } = useWords();
  const names = useNames();
  const [by, setBy] = useState<By>('edge');
  const [whole, setWhole] = useState(false);
  const { data, error, reload } = useLoaded('breakdown', hub.breakdown, ({ event }) => event === 'case' || event === 'fleet');
  if (data === undefined) return <Trouble error={error} onRetry={reload} />;
  const rows = data.by[by];
  const name = ({ key, family }: BreakdownRow) => {
    if (by === 'edge') return <a href={hashOf({ page: 'ledger', edge: key })}>{sayEdge(key)}</a>;
    const kind = family === null ? '' : names.family(family);
    return by === 'pack' ? `${kind} ${key}` : [key, kind].filter(Boolean).join(' · ');
  };
  return (
    <section className={`${css.bars} ${css.whole}`} aria-labelledby="breakdown-title">
      <div className={css.titleLine}>
        <h2 id="breakdown-title">{w.breakdown.title(data.days)}</h2>
        <SegmentedControl
          size="xs"
          aria-label={w.breakdown.by}
          value={by}
          onChange={(value) => setBy(value as By)}
          data={all.map((value) => ({ value, label: w.breakdown.of[value] }))}
        />
        <Button
          size="compact-xs"
          variant="default"
          component="a"
          href="v1/insight/breakdown.csv"
          download
          leftSection={<IconDownload size={13} aria-hidden />}
        >
          CSV
        </Button>
      </div>
      {rows.length === 0 && <p>{w.insight.none}</p>}
      {rows.length > 0 && (
        <div className={css.scroll}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{w.breakdown.of[by]}</th>
                <th scope="col">{w.breakdown.things}</th>
                <th scope="col">{w.breakdown.faulty}</th>
                <th scope="col">{w.breakdown.cases}</th>
                <th scope="col">{w.breakdown.perThing}</th>
                <th scope="col">{w.help.worked}</th>
                {by === 'edge' && <th scope="col">{w.breakdown.down}</th>}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, whole ? undefined : first).map((row) => (
                <tr key={`${row.key} ${row.family}`}>
                  <th scope="row">{name(row)}</th>
                  <td>{row.things}</td>
                  <td>{row.faulty}</td>
                  <td>{row.cases}</td>
                  <td>{row.things === 0 ? '–' : (row.cases / row.things).toFixed(1)}</td>
                  <td>{row.fixed + row.notFixed === 0 ? '–' : `${row.fixed} / ${row.fixed + row.notFixed}`}</td>
                  {by === 'edge' && <td>{row.downMs === null ? '–' : saySpan(row.downMs, locale)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!whole && rows.length > first && (
        <Button size="compact-xs" variant="default" onClick={() => setWhole(true)}>
          {w.breakdown.others(rows.length - first)}
        </Button>
      )}
      {(whole || rows.length <= first) && data.more[by] > 0 && <p>{w.ledger.more(data.more[by])}</p>}
    </section>
  );
}

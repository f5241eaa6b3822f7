import { useEffect } from 'react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import page from '../shell/page.module.css';
import { Trouble } from '../shell/trouble.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { saySpan } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { Acceptance } from './acceptance.tsx';
import { Breakdown } from './breakdown.tsx';
import { Clusters } from './clusters.tsx';
import { CountBars } from './count-bars.tsx';
import { Help } from './help.tsx';
import css from './insight.module.css';

/** The few numbers that say whether people are helped, and what to mend first. */
export function InsightPage() {
  const { w, locale, pick } = useWords();
  const { data, error, reload } = useLoaded('insight', hub.insight, (event) => event.event === 'case');
  useEffect(() => {
    document.title = `${w.insight.title} · ${w.app.name}`;
  }, [w]);
  const span = (ms: number | null) => (ms === null ? w.insight.notYet : saySpan(ms, locale));
  return (
    <section className={page.page} aria-labelledby="insight-title">
      <header className={page.head}>
        <h1 id="insight-title" className={page.title}>
          {w.insight.title}
        </h1>
      </header>
      <Trouble error={error?.code === 'unreachable' && data ? undefined : error} onRetry={reload} m="md" />
      {data === undefined && error === undefined && <Waiting />}
      {data !== undefined && (
        <div className={css.body}>
          <dl className={css.numbers}>
            <Figure name={w.insight.open} value={data.cases.open} />
            <Figure name={w.insight.claimed} value={data.cases.claimed} />
            <Figure name={w.insight.resolved} value={data.cases.resolved} />
            <Figure name={w.insight.firstReply} value={span(data.medianFirstReplyMs)} />
            <Figure name={w.insight.resolve} value={span(data.medianResolveMs)} />
          </dl>
          <Help />
          <CountBars
            title={w.insight.topFaults}
            none={w.insight.none}
            counts={data.topFaults.map(({ fault, title, count }) => ({ key: fault, name: pick(title), count }))}
          />
          <CountBars
            title={w.insight.rules}
            none={w.insight.none}
            counts={data.rules.map(({ rule, because, count }) => ({ key: rule, name: pick(because), count }))}
          />
          <Breakdown />
          <Acceptance recommendations={data.recommendations} />
          <Clusters />
        </div>
      )}
    </section>
  );
}

function Figure({ name, value }: { name: string; value: number | string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

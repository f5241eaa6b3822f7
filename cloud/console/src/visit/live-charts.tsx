import caseCss from '../case/case.module.css';
import { SignalChart } from '../chart/signal-chart.tsx';
import { sayValue } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import { type Seen, shownMs } from './seen.ts';
import css from './visit.module.css';

/** The chosen signals as moving charts, all others by their newest value. */
export function LiveCharts({ seen, shown, sync }: { seen: Seen; shown: readonly string[]; sync: string }) {
  const { w, pick, locale } = useWords();
  const window: [number, number] = [seen.at - shownMs, seen.at];
  const rest = Object.keys(seen.signals).filter((name) => !shown.includes(name) && seen.latest[name]);
  return (
    <>
      {shown.map((signal) => {
        const { title, unit } = seen.signals[signal] ?? { title: { en: signal, zh: signal } };
        const trace = { signal, title, ...(unit ? { unit } : {}), points: seen.points[signal] ?? [] };
        return (
          <SignalChart
            key={signal}
            trace={trace}
            window={window}
            marks={[]}
            band={undefined}
            rest={seen.at}
            sync={sync}
            pointedAt={false}
          />
        );
      })}
      {rest.length > 0 && (
        <details>
          <summary className={caseCss.aside}>{w.visit.others(rest.length)}</summary>
          <dl className={css.values}>
            {rest.map((name) => (
              <div key={name}>
                <dt>{pick(seen.signals[name]?.title ?? { en: name, zh: name })}</dt>
                <dd>{sayValue(seen.latest[name]?.value ?? '', seen.signals[name]?.unit, locale)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

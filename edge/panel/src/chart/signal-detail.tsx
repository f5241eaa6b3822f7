import type { Band } from '@wayside/web/band';
import { lazy, Suspense, useMemo } from 'react';
import type { Value } from '../api/types.ts';
import { useSite } from '../panel.tsx';
import { SignalValue } from '../things/signal-value.tsx';
import { readable } from '../words/units.ts';
import { useWords } from '../words/words.tsx';
import { useEdgeClock } from './edge-clock.ts';
import styles from './signal-detail.module.css';
import { StateChanges } from './state-changes.tsx';
import { usePoints } from './use-points.ts';
import { valueAt, within } from './window.ts';

const Plot = lazy(() => import('./plot.tsx'));

const numeric = (value: Value): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : undefined;

type Props = { thing: string; signal: string; at?: number | undefined; band?: Band | undefined };

/** A signal opened: its newest value, its course around the moment meant with what was expected then, and the same in words. */
export function SignalDetail({ thing: id, signal: name, at, band }: Props) {
  const { words, units, reading, time, instant } = useWords();
  const { things } = useSite();
  const now = useEdgeClock();
  const { state, points, window } = usePoints(id, name, at, now);
  const signal = things?.find((thing) => thing.id === id)?.signals[name];
  const shown = useMemo(() => within(points, window), [points, window]);
  const numbers = useMemo(
    () =>
      shown.flatMap(([t, value]): [number, number][] => {
        const n = numeric(value);
        return n === undefined ? [] : [[t, n]];
      }),
    [shown],
  );
  // One unit for the whole axis: that of its highest value.
  const drawn = useMemo(() => {
    const highest = numbers.reduce((most, [, value]) => Math.max(most, Math.abs(value)), 0);
    const unit = units === 'us' && signal?.unit === 'm' && highest >= 1_609.344 ? 'km' : signal?.unit;
    const draw = (value: number) =>
      units === 'us' ? readable(unit === 'km' && signal?.unit === 'm' ? value / 1_000 : value, unit, units).n : value;
    return { points: numbers.map(([t, value]): [number, number] => [t, draw(value)]), draw };
  }, [numbers, units, signal?.unit]);
  const drawnBand = useMemo(
    () =>
      band && {
        low: band.low === undefined ? undefined : drawn.draw(band.low),
        high: band.high === undefined ? undefined : drawn.draw(band.high),
      },
    [band, drawn],
  );
  const steps = typeof shown[0]?.[1] === 'boolean';
  const isText = shown.length > 0 && numbers.length === 0;
  const meant = at === undefined ? undefined : valueAt(shown, at);
  const values = numbers.map(([, value]) => value);
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return (
    <figure className={styles.figure}>
      {signal && (
        <p className={styles.now}>
          <span className={styles.small}>{words.chartNow}</span>
          <SignalValue signal={signal} />
        </p>
      )}
      {state === 'loading' && <p className={styles.empty}>{words.loading}</p>}
      {state === 'failed' && <p className={styles.empty}>{words.couldNotLoad}</p>}
      {state === 'ready' && shown.length === 0 && <p className={styles.empty}>{words.chartEmpty}</p>}
      {state === 'ready' && numbers.length > 0 && (
        <Suspense fallback={<p className={styles.empty}>{words.loading}</p>}>
          <Plot points={drawn.points} from={window.from} to={window.to} moment={at} band={drawnBand} steps={steps} />
        </Suspense>
      )}
      {isText && <StateChanges points={shown} at={at} />}
      <figcaption className={styles.caption}>
        {meant !== undefined && at !== undefined && (
          <p className={styles.meant}>{words.chartAt(reading(meant, signal?.unit), instant(at))}</p>
        )}
        {band && <p>{sayBand(band)}</p>}
        {values.length > 0 && !steps && <p>{words.chartSummary(reading(low, signal?.unit), reading(high, signal?.unit))}</p>}
        <p className={styles.small}>
          {window.live ? words.chartUntilNow(time(window.from)) : words.chartWindow(time(window.from), time(window.to))}
        </p>
      </figcaption>
    </figure>
  );

  function sayBand({ low, high }: Band): string {
    if (low === undefined) return words.expectedBelow(reading(high!, signal?.unit));
    return high === undefined
      ? words.expectedAbove(reading(low, signal?.unit))
      : words.expectedBetween(reading(low, signal?.unit), reading(high, signal?.unit));
  }
}

import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { Band } from '@wayside/web/band';
import { useEffect, useRef, useState } from 'react';
import type uPlot from 'uplot';
import type { Trace } from '../api/types.ts';
import { sayTime, sayValue } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './chart.module.css';
import { type Mark, nearest } from './marks.ts';
import { plot } from './plot.ts';

const height = 92;

type Props = {
  trace: Trace;
  window: [number, number];
  marks: Mark[];
  band: Band | undefined;
  /** The moment whose value is shown while no cursor is in the chart, epoch ms. */
  rest: number;
  sync: string;
  pointedAt: boolean;
};

/** One signal around the moment that matters. The value under the cursor is written above; arrow keys move the cursor. */
export function SignalChart({ trace, window, marks, band, rest, sync, pointedAt }: Props) {
  const { w, pick, locale } = useWords();
  const scheme = useComputedColorScheme('light');
  const { ref: box, width } = useElementSize();
  const canvas = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const [cursor, setCursor] = useState<number | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a canvas has its colours painted in, so a new scheme is a new drawing
  useEffect(() => {
    if (canvas.current === null || width === 0) return;
    const drawn = plot(canvas.current, { trace, window, marks, band, locale, width, height, sync, onCursor: setCursor });
    chart.current = drawn;
    return () => drawn.destroy();
  }, [trace, window, marks, band, locale, width, sync, scheme]);

  const index = cursor ?? nearest(trace.points, rest);
  const point = trace.points[index];
  const reading = point ? sayValue(point[1], trace.unit, locale) : '–';
  const time = point ? sayTime(point[0], locale, true) : '';
  const move = (by: number) => {
    const next = trace.points[Math.min(trace.points.length - 1, Math.max(0, index + by))];
    if (chart.current && next) chart.current.setCursor({ left: chart.current.valToPos(next[0], 'x'), top: 10 });
  };
  return (
    <div className={css.chart} data-pointed={pointedAt || undefined} data-signal={trace.signal}>
      <div className={css.head}>
        <span className={css.title} title={trace.signal}>
          {pick(trace.title)}
        </span>
        <b className={css.reading}>{reading}</b>
        <span className={css.time}>{time}</span>
      </div>
      <div
        ref={box}
        className={css.plot}
        role="slider"
        tabIndex={0}
        aria-label={describe()}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, trace.points.length - 1)}
        aria-valuenow={Math.max(0, index)}
        aria-valuetext={`${reading} ${w.chart.at(time)}`}
        onKeyDown={(event) => {
          const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: 10, PageDown: -10 }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          move(by);
        }}
      >
        <div ref={canvas} />
      </div>
    </div>
  );

  function describe(): string {
    const values = trace.points.map(([, value]) => value);
    const range = values.length === 0 ? w.chart.noPoints : w.chart.range(say(Math.min(...values)), say(Math.max(...values)));
    return `${pick(trace.title)}, ${range}`;
  }

  function say(value: number): string {
    return sayValue(value, trace.unit, locale);
  }
}

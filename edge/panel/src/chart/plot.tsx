import '@wayside/web/valid-language';
import { useComputedColorScheme } from '@mantine/core';
import type { Band } from '@wayside/web/band';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useWords } from '../words/words.tsx';
import { type Ink, plotOptions } from './plot-options.ts';

export type PlotProps = {
  points: readonly [number, number][];
  from: number;
  to: number;
  moment: number | undefined;
  /** What was expected of it at that moment. */
  band: Band | undefined;
  /** True or false, drawn as steps. */
  steps: boolean;
};

const inkOf = (element: Element): Ink => {
  const style = getComputedStyle(element);
  const get = (name: string) => style.getPropertyValue(name).trim();
  return {
    line: get('--accent'),
    fill: get('--accent-soft'),
    text: get('--ink-2'),
    grid: get('--line'),
    band: get('--go-on-ground'),
    moment: get('--ink'),
    font: style.fontFamily,
  };
};

/** A curve over time, drawn by uPlot. What it shows is said in words beside it, so to a screen reader it is a picture. */
export default function Plot({ points, from, to, moment, band, steps }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const shown = useRef({ from, to, points });
  shown.current = { from, to, points };
  const scheme = useComputedColorScheme();
  const { number, time } = useWords();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new scheme has new colours, which the canvas must be told.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = new uPlot(
      plotOptions({
        ink: inkOf(element),
        width: element.clientWidth,
        height: element.clientHeight,
        moment,
        band,
        steps,
        span: () => [shown.current.from / 1000, shown.current.to / 1000],
        number,
        time,
      }),
      columns(shown.current.points),
      element,
    );
    plot.current = made;
    const sizes = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: element.clientHeight }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      made.destroy();
    };
  }, [scheme, moment, band, steps, number, time]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the ends of the window are read by the scale when the data is set.
  useEffect(() => plot.current?.setData(columns(points)), [points, from, to]);

  return <div ref={box} style={{ height: 'clamp(220px, 40vh, 340px)' }} aria-hidden="true" />;
}

const columns = (points: readonly [number, number][]): uPlot.AlignedData => [
  points.map(([at]) => at / 1000),
  points.map(([, value]) => value),
];

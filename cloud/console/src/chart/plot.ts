import '@wayside/web/valid-language';
import { type Band, drawBand, withBand } from '@wayside/web/band';
import uPlot from 'uplot';
import type { Locale, Trace } from '../api/types.ts';
import { sayTime, sayValue } from '../words/say.ts';
import type { Mark } from './marks.ts';

const colorOf = { fault: '--danger', dtc: '--warning', handoff: '--accent', cited: '--advice' } as const;
const dashOf = { fault: [], dtc: [4, 3], handoff: [1, 3], cited: [] };

type Drawing = {
  trace: Trace;
  window: [number, number];
  marks: Mark[];
  band: Band | undefined;
  locale: Locale;
  width: number;
  height: number;
  /** Charts with one key share one cursor. */
  sync: string;
  onCursor: (index: number | null) => void;
};

/** Draws one signal over time into `into`: epoch ms across, local clock on the axis, the marks as vertical lines. */
export function plot(into: HTMLElement, { trace, window, marks, band, locale, width, height, sync, onCursor }: Drawing): uPlot {
  const css = getComputedStyle(document.documentElement);
  const color = (name: string) => css.getPropertyValue(name).trim();
  const axis = { stroke: color('--ink-3'), font: "11px 'Noto Sans SC', sans-serif", ticks: { show: false } };
  const seconds = window[1] - window[0] < 5 * 60_000;
  const options: uPlot.Options = {
    width,
    height,
    ms: 1,
    legend: { show: false },
    cursor: { sync: { key: sync, setSeries: false }, drag: { x: false, y: false }, points: { size: 6 }, y: false },
    scales: { x: { time: true, range: window }, y: { range: (_, low, high) => roomy(low, high, band) } },
    axes: [
      {
        ...axis,
        size: 20,
        gap: 3,
        space: 64,
        grid: { show: false },
        values: (_, splits) => splits.map((at) => sayTime(at, locale, seconds)),
      },
      {
        ...axis,
        size: 46,
        gap: 5,
        space: 17,
        grid: { stroke: color('--line'), width: 1 },
        values: (_, splits) => splits.map((value) => sayValue(value, undefined, locale)),
      },
    ],
    series: [{}, { stroke: color('--accent'), width: 1.5, points: { show: trace.points.length < 3 }, spanGaps: true }],
    hooks: {
      drawClear: [(u) => band && drawBand(u, band, color('--accent-soft'))],
      draw: [(u) => drawMarks(u, marks, color)],
      setCursor: [(u) => onCursor(u.cursor.idx ?? null)],
    },
  };
  return new uPlot(options, [trace.points.map(([at]) => at), trace.points.map(([, value]) => value)], into);
}

/** A little air above and below; a flat line gets an axis of its own instead of a division by nothing. */
function roomy(lowest: number | null, highest: number | null, band: Band | undefined): [number, number] {
  if (lowest === null || highest === null) return [0, 1];
  const [low, high] = withBand(lowest, highest, band);
  const air = high === low ? Math.max(Math.abs(high) * 0.05, 1) : (high - low) * 0.1;
  return [low - air, high + air];
}

function drawMarks(u: uPlot, marks: Mark[], color: (name: string) => string): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.lineWidth = devicePixelRatio * 1.5;
  for (const mark of marks) {
    const x = Math.round(u.valToPos(mark.at, 'x', true));
    ctx.strokeStyle = color(colorOf[mark.kind]);
    ctx.setLineDash(dashOf[mark.kind].map((length) => length * devicePixelRatio));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

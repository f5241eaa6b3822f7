import { type Band, drawBand, withBand } from '@wayside/web/band';
import uPlot from 'uplot';

/** The colours of the chart, as the canvas needs them. */
export type Ink = { line: string; fill: string; text: string; grid: string; band: string; moment: string; font: string };

export type Look = {
  ink: Ink;
  width: number;
  height: number;
  moment: number | undefined;
  /** What was expected of it at that moment. */
  band: Band | undefined;
  steps: boolean;
  /** Both ends of the time axis, s. */
  span: () => [number, number];
  number: (n: number) => string;
  time: (at: number) => string;
};

/** A dashed line at the moment meant, with a point where the curve is then. */
function drawMoment(plot: uPlot, at: number, ink: Ink): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  const x = Math.round(plot.valToPos(at / 1000, 'x', true));
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = ink.moment;
  ctx.fillStyle = ink.moment;
  ctx.lineWidth = 2 * ratio;
  ctx.setLineDash([6 * ratio, 5 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  const [times, values] = plot.data;
  const index = times.findLastIndex((t) => t <= at / 1000);
  const value = values?.[index];
  if (typeof value === 'number') {
    ctx.beginPath();
    ctx.arc(x, plot.valToPos(value, 'y', true), 6 * ratio, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

/** A quiet line chart with few, large labels. */
export function plotOptions({ ink, width, height, moment, band, steps, span, number, time }: Look): uPlot.Options {
  const axis = { stroke: ink.text, font: `16px ${ink.font}`, ticks: { show: false } };
  const grid = { stroke: ink.grid, width: 1 };
  return {
    width,
    height,
    padding: [12, 16, 0, 4],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true, range: () => span() },
      y: { range: (_plot, low, high) => (steps ? [-0.1, 1.1] : room(low, high, band)) },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 36, space: 110, values: (_plot, at) => at.map((t) => time(t * 1000)) },
      { ...axis, grid, size: 68, space: 52, values: (_plot, at) => at.map((v) => (steps && v % 1 !== 0 ? '' : number(v))) },
    ],
    series: [
      {},
      {
        stroke: ink.line,
        fill: `${ink.fill}`,
        width: 2.5,
        points: { show: false },
        ...(steps ? { paths: uPlot.paths.stepped?.({ align: 1 }) } : {}),
      },
    ],
    hooks: {
      drawClear: [(plot) => band && drawBand(plot, band, ink.band)],
      draw: [(plot) => moment !== undefined && drawMoment(plot, moment, ink)],
    },
  };
}

/** A little room above and below, and some around a value that never changes. */
function room(lowest: number | null, highest: number | null, band: Band | undefined): [number, number] {
  if (lowest === null || highest === null) return [0, 1];
  const [low, high] = withBand(lowest, highest, band);
  const margin = high > low ? (high - low) * 0.12 : Math.max(1, Math.abs(high) * 0.05);
  return [low - margin, high + margin];
}

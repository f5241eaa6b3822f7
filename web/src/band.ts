import type uPlot from 'uplot';

/** What was expected of a signal at a moment; a side without a limit is absent. */
export type Band = { low?: number | undefined; high?: number | undefined };

/** Paints the band across a chart, open to a side that has no limit. For uPlot's `drawClear`, so that grid and curve lie on it. */
export function drawBand(plot: uPlot, { low, high }: Band, color: string): void {
  const { ctx, bbox } = plot;
  const bottom = bbox.top + bbox.height;
  const inside = (value: number | undefined, open: number) =>
    value === undefined ? open : Math.min(bottom, Math.max(bbox.top, plot.valToPos(value, 'y', true)));
  const top = inside(high, bbox.top);
  ctx.save();
  ctx.fillStyle = color;
  ctx.fillRect(bbox.left, top, bbox.width, inside(low, bottom) - top);
  ctx.restore();
}

/** The ends of an axis that shows the values and the limits of the band. */
export function withBand(lowest: number, highest: number, { low, high }: Band = {}): [low: number, high: number] {
  return [Math.min(lowest, low ?? lowest, high ?? lowest), Math.max(highest, low ?? highest, high ?? highest)];
}

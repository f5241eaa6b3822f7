/** One line of a plot: its name and its points. */
export type Line = { name: string; points: readonly { x: number; y: number }[] };

const [width, height, left, bottom, top, right] = [640, 300, 52, 40, 34, 150];
const colours = ['#0b62a4', '#b5432a', '#3f7d20', '#7a4fa0'];
const short = (n: number): string => (n >= 1e6 ? `${n / 1e6}M` : n >= 1e3 ? `${n / 1e3}k` : String(n));

/** Lines over a logarithmic axis as an SVG: how something grows with what there is. @param limit drawn as a dashed line */
export function plot(title: string, unit: string, lines: readonly Line[], limit: number): string {
  const xs = lines.flatMap(({ points }) => points.map(({ x }) => x));
  const most = 1.15 * Math.max(limit, ...lines.flatMap(({ points }) => points.map(({ y }) => y)));
  const [from, to] = [Math.log10(Math.min(...xs)), Math.log10(Math.max(...xs))];
  const px = (x: number) => left + ((Math.log10(x) - from) / (to - from || 1)) * (width - left - right);
  const py = (y: number) => height - bottom - (y / most) * (height - top - bottom);
  const text = (x: number, y: number, words: string, more = '') => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${words}</text>`;
  const drawn = lines.map(({ name, points }, i) => {
    const last = points.at(-1);
    const path = points.map(({ x, y }) => `${px(x).toFixed(1)},${py(y).toFixed(1)}`).join(' ');
    const dots = points
      .map(({ x, y }) => `<circle cx="${px(x).toFixed(1)}" cy="${py(y).toFixed(1)}" r="3" fill="${colours[i]}"/>`)
      .join('');
    const label = last
      ? text(px(last.x) + 8, py(last.y) + 4, `${name}: ${last.y.toFixed(last.y < 10 ? 1 : 0)} ${unit}`, `fill="${colours[i]}"`)
      : '';
    return `<polyline points="${path}" fill="none" stroke="${colours[i]}" stroke-width="2"/>${dots}${label}`;
  });
  const ticks = [...new Set(xs)].map((x) => text(px(x), height - bottom + 18, short(x), 'text-anchor="middle"'));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${title}">
<rect width="${width}" height="${height}" fill="#fff"/>
${text(left, 20, title, 'font-size="14" fill="#222"')}
<path d="M${left} ${top}V${height - bottom}H${width - right}" fill="none" stroke="#888"/>
<path d="M${left} ${py(limit).toFixed(1)}H${width - right}" stroke="#888" stroke-dasharray="4 4"/>
${text(left - 6, py(limit) + 4, `${limit} ${unit}`, 'text-anchor="end" fill="#555"')}
${text(left - 6, py(0) + 4, '0', 'text-anchor="end" fill="#555"')}
${ticks.join('\n')}
${drawn.join('\n')}
</svg>
`;
}

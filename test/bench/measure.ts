import { cpus, loadavg, totalmem } from 'node:os';

export type Goal = { atMost: number } | { atLeast: number };

/** What a figure is held against: somebody else's, or a bare one, measured in the same run. The ratio, to which the goal belongs, is ours to theirs. */
export type Peer = { is: string; value: number; as: string; goal?: Goal };

/** What somebody else published for the same figure, and where. */
export type Published = { by: string; value: number; source: string };

export type Row = {
  /** Its name in the JSON, below the set's. */
  metric: string;
  /** What it says, for people. */
  says: string;
  value: number;
  unit: 'ms' | 's' | '/s' | 'MB' | 'bytes' | '%' | '';
  goal?: Goal;
  peers?: Peer[];
  published?: Published[];
};

export type BenchOptions = {
  /** Share of the full length, so that a smoke test can run the same code: 1 is the bench. */
  share: number;
  /** Where the seeds of what is drawn by chance begin: 0 is the bench, another one gives cases that nobody has looked at. */
  seed?: number;
  /** Folder of development sets, for the benches that read any. */
  data?: string;
  /** What is going on, for who waits. */
  say(line: string): void;
};

export type Bench = {
  name: string;
  title: string;
  /** The rows, or why there are none. */
  run(options: BenchOptions): Promise<Row[] | { skipped: string }>;
};

/** So many of `full` as the share asks for, at least two. */
export const some = (full: number, share: number): number => Math.max(2, Math.round(full * share));

/** The value below which a share of the numbers lies (nearest rank). NaN of nothing, so that it is seen. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** What an act gave and how many ms it took. */
export async function timed<T>(act: () => Promise<T>): Promise<{ ms: number; got: T }> {
  const began = performance.now();
  const got = await act();
  return { ms: performance.now() - began, got };
}

/** Waits until `look` gives something, looking every `everyMs`: what is measured this way is that coarse. */
export async function waitFor<T>(what: string, look: () => Promise<T | undefined | false>, limitMs: number, everyMs = 5): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The machine in one line, and how busy it is already: a figure without them says nothing. */
export function machineLine(): string {
  const all = cpus();
  return `${all[0]?.model.trim() ?? 'unknown CPU'}, ${all.length} cores, ${(totalmem() / 2 ** 30).toFixed(1)} GiB, ${process.platform}, Node ${process.version}, load average ${loadavg()[0]?.toFixed(1)} before the bench`;
}

/** The median of each figure, and of each peer's, over several runs of one set. */
export function mediansOf(runs: Row[][]): Row[] {
  return (runs[0] ?? []).map((row, i) => ({
    ...row,
    value: median(runs.map((rows) => rows[i]!.value)),
    ...(row.peers
      ? { peers: row.peers.map((peer, p) => ({ ...peer, value: median(runs.map((rows) => rows[i]!.peers![p]!.value)) })) }
      : {}),
  }));
}

const number = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
};
const withUnit = (value: number, unit: Row['unit']): string => (unit === '/s' ? `${number(value)}/s` : `${number(value)} ${unit}`.trim());

const goalText = (goal: Goal | undefined, value: number, unit: Row['unit'] | '×'): string => {
  if (!goal) return '';
  const [sign, limit, met] = 'atMost' in goal ? ['≤', goal.atMost, value <= goal.atMost] : ['≥', goal.atLeast, value >= goal.atLeast];
  return `${sign} ${unit === '×' ? `${number(limit)}×` : withUnit(limit, unit)} ${met ? 'met' : 'MISSED'}`;
};

/** A set as a Markdown table: beside each figure its peers with the ratio to them, and what others published with its source below. */
export function tableOf(title: string, rows: readonly Row[]): string {
  const peered = rows.some(({ peers }) => peers);
  const sources = [...new Set(rows.flatMap(({ published = [] }) => published.map(({ source }) => source)))];
  const lines = [
    ['What', 'Measured', 'Goal', ...(peered ? ['Peer in the same run', 'Ratio to it'] : []), ...(sources[0] ? ['Published'] : [])],
  ];
  for (const row of rows) {
    const { says, value, unit, peers = [], published = [] } = row;
    for (let i = 0; i < Math.max(1, peers.length, published.length); i++) {
      const peer = peers[i];
      const other = published[i];
      lines.push([
        ...(i === 0 ? [says, withUnit(value, unit), goalText(row.goal, value, unit)] : ['', '', '']),
        ...(peered
          ? peer
            ? [
                `${peer.is}: ${withUnit(peer.value, unit)}`,
                `${number(value / peer.value)}× ${goalText(peer.goal, value / peer.value, '×')}`.trim(),
              ]
            : ['', '']
          : []),
        ...(sources[0] ? [other ? `${other.by}: ${withUnit(other.value, unit)}` : ''] : []),
      ]);
    }
  }
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const drawn = lines.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
  drawn.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  const from = sources.length > 0 ? `\nPublished: ${sources.join('; ')}.\n` : '';
  return `${title}\n\n${drawn.join('\n')}\n${from}`;
}

const round = (value: number): number => Number(value.toPrecision(4));

/** A set as metrics: each figure by its name, each ratio by its peer's. */
export function metricsOf(rows: readonly Row[]): Record<string, number> {
  return Object.fromEntries(
    rows.flatMap(({ metric, value, peers = [] }) => [[metric, round(value)], ...peers.map((peer) => [peer.as, round(value / peer.value)])]),
  );
}

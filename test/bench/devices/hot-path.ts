import type { Detector } from '@wayside/packs';
import { detector } from '@wayside/packs';
import { createBank } from '../../../edge/agent/src/diagnosis/detect.ts';
import { createTelemetryReader } from '../../../edge/agent/src/link/read-telemetry.ts';
import { median } from '../measure.ts';

const signals = ['temperature', 'pressure', 'flow', 'current'];
const messages = 5_000;
/** The first ones only warm the machine code up. */
const rounds = { all: 30, warm: 10 };
const firstAt = Date.parse('2026-11-22T10:00:00Z');

/**
 * What the check of a message of four metrics and a detector on each add to parsing it: time of all three over time of
 * `JSON.parse` of the same bytes alone, the two interleaved, the median of the rounds.
 */
export function detectorToParse(): number {
  const measured = (i: number, k: number) => Math.round(100 * (10 + k + Math.sin(i / 9))) / 100;
  const payloads = Array.from({ length: rounds.all * messages }, (_, i) =>
    Buffer.from(
      JSON.stringify({ at: firstAt + 1_000 * i, signals: Object.fromEntries(signals.map((signal, k) => [signal, measured(i, k)])) }),
    ),
  );
  const title = { en: 'x', zh: 'x' };
  const symptoms = Object.fromEntries(
    signals.map((signal) => [signal, { title, detect: detector.parse({ kind: 'limit', signal, above: 100, for: '5s' }) as Detector }]),
  );
  const bank = createBank(symptoms);
  const read = createTelemetryReader();
  const ratios: number[] = [];
  for (let round = 0; round < rounds.all; round++) {
    const some = payloads.slice(round * messages, (round + 1) * messages);
    const parseAlone = time(() => {
      for (const payload of some) JSON.parse(payload.toString('utf8'));
    });
    const all = time(() => {
      for (const payload of some) {
        const { at, signals, values } = read('probe', payload)!;
        bank.observe(values.map((value, i) => ({ signal: signals[i]!, value, observedAt: at! })));
      }
    });
    if (round >= rounds.warm) ratios.push(all / parseAlone);
  }
  return median(ratios);
}

function time(act: () => void): number {
  const began = performance.now();
  act();
  return performance.now() - began;
}

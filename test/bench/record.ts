import { verifyBytes } from '@wayside/record';
import { nodePrimitives as p, signerFrom } from '@wayside/record/node';
import { rehearse } from '@wayside/record/rehearse';
import { type Bench, type Row, some } from './measure.ts';

/** Verifying the record of a busy edge: a million entries, a seal for each 64 of them. */
export const record: Bench = {
  name: 'record',
  title: 'The record: verify one million entries with their bodies, seals and keys',
  async run({ share, say }): Promise<Row[]> {
    const turns = some(1_000_000, share);
    // In pieces, since a string has an end; each is a record of its own from its first key on.
    const per = Math.min(turns, 250_000);
    let [ms, cpuMs, bytes, entries] = [0, 0, 0, 0];
    for (let done = 0; done < turns; done += per) {
      const { text } = await rehearse({
        p,
        signerFrom,
        seed: 1 + done,
        sessions: 100,
        turns: Math.min(per, turns - done),
        perSeal: 64,
        sealsPerKey: 15,
      });
      const file = new TextEncoder().encode(text);
      say(`${Math.round(file.length / 1e6)} MB of record written`);
      const started = performance.now();
      const before = process.cpuUsage();
      const { ok, problem, seen } = verifyBytes(p, file);
      ms += performance.now() - started;
      const { user, system } = process.cpuUsage(before);
      cpuMs += (user + system) / 1000;
      if (!ok) throw new Error(`The record does not verify: ${JSON.stringify(problem)}`);
      bytes += file.length;
      entries += seen.entries;
    }
    return [
      {
        metric: 'verifySecondsPerMillion',
        says: 'Verify 1 M entries (60 s is the promise)',
        value: (ms / 1000) * (1_000_000 / entries),
        unit: 's',
        goal: { atMost: 60 },
      },
      {
        metric: 'verifyCpuSecondsPerMillion',
        says: '· of a processor, whatever else it does',
        value: (cpuMs / 1000) * (1_000_000 / entries),
        unit: 's',
      },
      { metric: 'bytesPerEntry', says: 'An entry in a file, with its body and its share of seals', value: bytes / entries, unit: 'bytes' },
    ];
  },
};

import { describe, expect, it } from 'vitest';
import { canonical } from './canonical.ts';
import { nodePrimitives, signerFrom } from './node-primitives.ts';
import { portablePrimitives } from './portable-primitives.ts';
import { type RehearsedCase, rehearse } from './rehearse.ts';
import type { Restoration } from './restoration.ts';
import { verifyText } from './verify.ts';
import { saySeen } from './words.ts';

const p = nodePrimitives;
const ask = (more: Partial<RehearsedCase>): RehearsedCase => ({ p, signerFrom, seed: 1, sessions: 3, turns: 60, ...more });

describe('a record as it was made', () => {
  it.each([
    ['of one conversation', { session: 0 }],
    ['of the whole edge', {}],
    ['with receipts and witnesses', { session: 1, witnesses: 2 }],
    ['with bodies erased', { session: 2, erase: true }],
    ['of a whole edge with bodies erased and receipts', { erase: true, witnesses: 1 }],
    ['of a single turn', { session: 0, turns: 1, sessions: 1 }],
  ])('holds: %s', async (_, more) => {
    const { text } = await rehearse(ask(more));
    for (const primitives of [p, portablePrimitives]) expect(verifyText(primitives, text)).toMatchObject({ ok: true });
  });

  it('is counted', async () => {
    const { text, keys } = await rehearse(ask({ session: 0, witnesses: 2, erase: true }));
    const { seen } = verifyText(p, text);
    expect(seen.entries).toBe(seen.bodies + seen.erased);
    expect(seen.erased).toBeGreaterThan(0);
    expect(seen.hidden).toBeGreaterThan(0);
    expect(seen.keys).toBeLessThanOrEqual(keys.length);
    expect(seen.witnesses).toEqual(['edge_w0', 'edge_w1']);
  });
});

describe('what one knows from elsewhere', () => {
  it('is held against the file', async () => {
    const { text, hubVkey } = await rehearse(ask({ session: 0, witnesses: 1 }));
    const { seen } = verifyText(p, text);
    expect(verifyText(p, text, { edgeKey: seen.edgeKey as string, hub: hubVkey, witnesses: 1 }).ok).toBe(true);
    const other = await rehearse(ask({ session: 0, witnesses: 1, seed: 2 }));
    expect(verifyText(p, other.text, { edgeKey: seen.edgeKey as string }).problem?.code).toBe('untrusted-edge');
    expect(verifyText(p, other.text, { hub: hubVkey }).problem?.code).toBe('untrusted-hub');
    expect(verifyText(p, text, { witnesses: 2 }).problem?.code).toBe('too-few-witnesses');
    expect(verifyText(p, (await rehearse(ask({ session: 0 }))).text, { hub: hubVkey }).problem?.code).toBe('no-receipt');
    expect(verifyText(p, text, { head: 'A'.repeat(43) }).problem?.code).toBe('head-missing');
  });
});

describe('a log that was begun anew', () => {
  const anew = async () => {
    const { text, hubVkey } = await rehearse(ask({ session: 0, witnesses: 1, restore: true }));
    const line = text.split('\n').find((one) => one.startsWith('{"restored"')) as string;
    return { text, hubVkey, line, said: (JSON.parse(line) as { restored: Restoration }).restored };
  };

  it('is told with what was lost, and by whom', async () => {
    const { text, said } = await anew();
    const { ok, seen } = verifyText(p, text);
    const by = said.by.map(({ key }) => key);
    expect([ok, seen.restored]).toEqual([
      true,
      [{ at: said.at, size: expect.any(Number), lost: expect.any(Number), reason: said.reason, by }],
    ]);
    expect(seen.restored[0]!.size - seen.restored[0]!.lost).toBe(said.kept);
    for (const language of ['en', 'zh'] as const) expect(saySeen(seen, language).at(-1)).toContain(said.reason);
  });

  it('is believed of a hub one knows only when its operator says so, by whichever of its logs one knows it', async () => {
    const { text, hubVkey, said } = await anew();
    const operator = said.by[0]!.key;
    for (const hub of [hubVkey, said.old]) {
      expect(verifyText(p, text, { hub, operator }).ok).toBe(true);
      expect(verifyText(p, text, { hub }).problem?.code).toBe('untrusted-operator');
    }
    expect(verifyText(p, text, { operator: 'A'.repeat(43) }).problem?.code).toBe('untrusted-operator');
    const { hubVkey: stranger } = await rehearse(ask({ seed: 2, session: 0, witnesses: 1 }));
    expect(verifyText(p, text, { hub: stranger, operator }).problem?.code).toBe('untrusted-hub');
  });

  it('needs the word for it, and the word as it was signed', async () => {
    const { text, line, said } = await anew();
    expect(verifyText(p, text.replace(`${line}\n`, '')).problem?.code).toBe('untrusted-hub');
    for (const change of [{ kept: said.kept + 1 }, { reason: 'another' }, { hub: said.old }, { at: 1 }])
      expect(verifyText(p, text.replace(line, canonical({ restored: { ...said, ...change } }))).problem?.code).toBe('restoration');
  });
});

describe('a record somebody touched', () => {
  const lines = async (more: Partial<RehearsedCase> = {}) => (await rehearse(ask({ session: 0, ...more }))).text.trimEnd().split('\n');
  const verdict = (all: string[]) => verifyText(p, `${all.join('\n')}\n`).problem;
  const at = (all: string[], start: string, nth = 0) => all.flatMap((line, i) => (line.startsWith(start) ? [i] : []))[nth] as number;

  it('names the entry whose words were changed', async () => {
    const all = await lines();
    const i = at(all, '{"body"', 2);
    const n = JSON.parse(all[i] as string).entry.n;
    all[i] = (all[i] as string).replace('hörst', 'hörte');
    expect(verdict(all)).toEqual({ code: 'body-changed', line: i + 1, n });
  });

  it('says that a body was taken out when no erasure accounts for it', async () => {
    const all = await lines();
    const i = at(all, '{"body"', 2);
    const { entry } = JSON.parse(all[i] as string);
    all[i] = JSON.stringify({ entry });
    expect(verdict(all)).toEqual({ code: 'body-missing', line: i + 1, n: entry.n });
  });

  it('says which entry a hole in the conversation comes before', async () => {
    const all = await lines({ perSeal: 32 });
    const [i, next] = [at(all, '{"body"', 1), at(all, '{"body"', 2)];
    const { n } = JSON.parse(all[next] as string).entry;
    all[i] = JSON.stringify({ hash: 'A'.repeat(43) });
    expect(verdict(all)).toEqual({ code: 'session-link', line: next + 1, n });
  });

  it.each([
    ['a seal is dropped', (all: string[]) => all.toSpliced(at(all, '{"seal"', 0), 1)],
    ['the end is cut', (all: string[]) => all.slice(0, -2)],
    ['a key is dropped', (all: string[]) => all.toSpliced(at(all, '{"key"', 1), 1)],
    [
      'a line is written in another order of keys',
      (all: string[]) => all.with(0, JSON.stringify(JSON.parse(all[0] as string), ['session', 'format', 'edge'])),
    ],
    ['there is nothing in it', () => ['']],
    ['it is garbage', () => ['\u0000\u0001', '{}', '[]']],
  ])('is caught when %s', async (_, touch) => {
    expect(verdict(touch(await lines()))).toBeDefined();
  });

  it('is caught when lines of another record by the same edge are put in', async () => {
    const [mine, other] = [await lines({ edge: 'e' }), await lines({ edge: 'e', session: 1 })];
    const i = at(other, '{"body"', 1);
    expect(verdict(mine.toSpliced(at(mine, '{"body"', 1), 1, other[i] as string))).toMatchObject({ code: 'other-session' });
  });
});

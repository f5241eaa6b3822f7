import { tamperings } from '@wayside/record/rehearse';
import { describe, expect, it } from 'vitest';
import { huntTampering } from './hunt-tampering.ts';

describe('a record that was tampered with', () => {
  it('is caught every time, and one that was not is never called wrong (the quick part of npm run prove:tampering)', async () => {
    const hunt = await huntTampering(4_000, 20_260_101);
    expect(hunt).toMatchObject({ tried: 4_000, caught: 4_000, missed: [], falseAlarms: 0 });
    for (const kind of tamperings) expect(hunt.byKind[kind]).toBeGreaterThan(100);
  });
});

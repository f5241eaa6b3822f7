import type { FaultReport } from '@wayside/contract';
import { describe, expect, it } from 'vitest';
import { clean, guard } from './guard.ts';

const cited = [{ kind: 'sample' as const, ref: 'car-1/ECT@1795341600000', text: 'Coolant temperature: 112 °C' }];
const stop = [{ safety: 'stop' } as FaultReport];
const look = (text: string, faults: FaultReport[] = [], grounds: string[] = []) => guard(text, cited, grounds, faults, 'en');

describe('the guard', () => {
  it('lets a sentence pass whose numbers are cited', () => {
    expect(look('The coolant is at 112 °C. Stop soon.')).toBe('The coolant is at 112 °C. Stop soon.');
  });

  it.each([
    ['Stop soon. The oil is at 140 °C.', 'Stop soon.'],
    ['Code P0420 is stored. Stop soon.', 'Stop soon.'],
    ['Wait 12.5 minutes! Stop soon.', 'Stop soon.'],
  ])('takes out what no citation holds: %s', (text, left) => expect(look(text)).toBe(left));

  it('takes numbers from the texts the pack vouches for', () => {
    expect(look('Wait 30 minutes.', [], ['Wait 30 minutes.'])).toBe('Wait 30 minutes.');
  });

  it.each(['It is safe to drive on.', 'This is still safe.', '可以放心使用。', '现在是安全的。'])(
    'never says "%s" while a fault says stop',
    (text) => {
      expect(look(text, stop)).not.toContain(text);
      expect(look(text, [{ safety: 'go-on' } as FaultReport])).toBe(text);
    },
  );

  it.each(['It is not safe to go on.', 'Pull over as soon as it is safe.'])('still says "%s"', (text) =>
    expect(look(text, stop)).toBe(text),
  );

  it('says something decent when nothing is left', () => expect(look('It has 99 faults.')).toMatch(/person/));

  it('lets no markup, control or direction marks through', () => {
    expect(clean('a<img src=x onerror=alert(1)>b<script>c</script>\u202e\u0007d < e')).toBe('abcd  e');
  });
});

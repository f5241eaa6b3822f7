import { describe, expect, it } from 'vitest';
import { changesOf, sideMs, valueAt, windowAround, within } from './window.ts';

describe('the window of a chart', () => {
  const at = 10 * sideMs;

  it('lies around a past moment and stands still', () => {
    expect(windowAround(at, at + 5 * sideMs)).toEqual({ from: at - sideMs, to: at + sideMs, live: false });
  });

  it('ends now while the time after the moment has not passed', () => {
    expect(windowAround(at, at + 1000)).toEqual({ from: at - sideMs, to: at + 1000, live: true });
  });

  it('keeps a moment that our clock takes for the future', () => {
    expect(windowAround(at, at - 1000).to).toBe(at);
  });

  it('shows the last ten minutes when no moment is meant', () => {
    expect(windowAround(undefined, at)).toEqual({ from: at - sideMs, to: at, live: true });
  });
});

describe('points', () => {
  const points: [number, string][] = [
    [1, 'off'],
    [2, 'off'],
    [5, 'on'],
    [9, 'off'],
  ];

  it('begin with the one that stood when the window opens', () => {
    expect(within(points, { from: 4, to: 6 })).toEqual([
      [2, 'off'],
      [5, 'on'],
    ]);
    expect(within(points, { from: 20, to: 30 })).toEqual([[9, 'off']]);
  });

  it('tell the value that stood at a moment', () => {
    expect(valueAt(points, 6)).toBe('on');
    expect(valueAt(points, 0)).toBeUndefined();
  });

  it('become changes of state', () => {
    expect(changesOf(points).map(([at]) => at)).toEqual([1, 5, 9]);
  });
});

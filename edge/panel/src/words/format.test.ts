import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { formatBytes, formatNumber, formatProbability, formatReading, formatTime } from './format.ts';
import { zh } from './zh.ts';

describe('values in words', () => {
  it('gives a number as many digits as can be read at a glance', () => {
    expect([1240.7, 91.44, 0.817, -3.256].map((n) => formatNumber(n, 'en'))).toEqual(['1,241', '91.4', '0.82', '-3.26']);
  });

  it('writes a declared unit as its sign', () => {
    expect(formatReading(91.4, 'celsius', 'en', en)).toBe('91.4\u202f°C');
    expect(formatReading(45, 'percent', 'en', en)).toBe('45%');
    expect(formatReading(2150, 'rpm', 'zh', zh)).toBe('2,150\u202f转/分');
    expect(formatReading(3, 'furlong', 'en', en)).toBe('3\u202ffurlong');
  });

  it('reads a long way in kilometres', () => {
    expect(formatReading(84_210_000, 'm', 'en', en)).toBe('84,210\u202fkm');
    expect(formatReading(2.4, 'm', 'en', en)).toBe('2.4\u202fm');
  });

  it('gives US customary units to who thinks in them; a difference has no zero to move', () => {
    expect(formatReading(100, 'celsius', 'en', en, 'us')).toBe('212\u202f°F');
    expect(formatReading(6, 'K', 'en', en, 'us')).toBe('10.8\u202f°F');
    expect(formatReading(100, 'km/h', 'zh', zh, 'us')).toBe('62.1\u202fmph');
    expect(formatReading(230, 'kPa', 'en', en, 'us')).toBe('33.4\u202fpsi');
    expect(formatReading(84_210_000, 'm', 'en', en, 'us')).toBe('52,326\u202fmi');
    expect(formatReading(2_150, 'rpm', 'en', en, 'us')).toBe('2,150\u202frpm');
  });

  it('says truth and states in words, without a unit', () => {
    expect(formatReading(true, undefined, 'zh', zh)).toBe('是');
    expect(formatReading('hot_water', 'percent', 'en', en)).toBe('hot water');
    expect(formatReading('stopped', undefined, 'zh', zh)).toBe('已停止');
  });

  it('shows the date only on another day', () => {
    const at = new Date(2026, 10, 22, 9, 5).getTime();
    expect(formatTime(at, at + 3_600_000, 'zh')).toBe('09:05');
    expect(formatTime(at, at + 48 * 3_600_000, 'zh')).toContain('22');
  });

  it('never promises a cause, and never calls a listed one impossible', () => {
    expect(formatProbability(1, 'en', en)).toBe('Almost certainly · 99%');
    expect(formatProbability(0.001, 'en', en)).toBe('Less likely · 1%');
    expect(formatProbability(0.7, 'zh', zh)).toBe('很可能 · 70%');
  });

  it('writes a disk’s size in decimal units', () => {
    expect(formatBytes(12_400_000_000, 'en')).toBe('12.4 GB');
    expect(formatBytes(0, 'en')).toBe('0 byte');
  });
});

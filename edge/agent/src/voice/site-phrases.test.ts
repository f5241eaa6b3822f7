import { loadPacks, packsRoot } from '@wayside/packs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseTemplate } from '../dialogue/grammar/template.ts';
import { familyIn } from '../dialogue/understand/examples.ts';
import { expandTemplates } from './expand-template.ts';
import { findSayings, type Sayings, sayingsOf } from './site-phrases.ts';

describe('expanding templates', () => {
  const pieces = (...templates: string[]) => templates.map((template) => parseTemplate(template, {}));
  const rooms = pieces('kitchen', 'bed[ ]room');

  it('says all there is of few', () => {
    const said = expandTemplates(pieces('[please] (open|close) the {room}'), (name) => (name === 'room' ? rooms : []), 100);
    expect(said).toHaveLength(12);
    expect(said).toContain('please close the bed room');
    expect(said).toContain('open the kitchen');
  });
  it('says every word of many, within the limit, the same each time', () => {
    const many = pieces(...Array.from({ length: 40 }, (_, n) => `word${n}`));
    const expand = () => expandTemplates(pieces('{any} {any} {any}'), () => many, 60);
    expect(expand()).toHaveLength(60);
    expect(new Set(expand().flatMap((sentence) => sentence.split(' '))).size).toBe(40);
    expect(expand()).toEqual(expand());
  });
  it('leaves out what nobody can list, and lists that hold themselves', () => {
    expect(expandTemplates(pieces('set it to {number}', 'stop'), () => [], 10)).toEqual(['stop']);
    expect(expandTemplates(pieces('{loop}'), () => pieces('{loop}'), 10)).toEqual([]);
  });
});

describe('what the packs of a site expect to hear', () => {
  let sayings: Sayings;
  beforeAll(async () => {
    sayings = findSayings((await loadPacks(packsRoot)).packs);
  });
  const of = (family: string, locale: 'en' | 'zh') => sayingsOf(sayings.get(familyIn(family, locale)));

  it('names their signals and signs, in both languages', () => {
    expect(of('vehicle', 'en').join('\n')).toMatch(/coolant temperature/);
    expect(of('vehicle', 'zh').join('\n')).toMatch(/水温|冷却液/);
    expect(of('home-hvac', 'en').join('\n')).not.toMatch(/odometer/);
  });
  it('holds the sentences of every thing and the codes of this one as they are said', () => {
    expect(of('vehicle', 'en').join('\n')).toMatch(/\bP 0 \d/);
    expect(of('home-hvac', 'en').some((sentence) => /person|technician|human/.test(sentence))).toBe(true);
  });
  it('stays within what a recognizer can weigh', () => {
    for (const phrases of sayings.values()) expect(sayingsOf(phrases).length).toBeLessThanOrEqual(2_000);
  });
});

import { loadPack, packsRoot } from '@wayside/packs';
import { findScenario } from '@wayside/simulators';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../diagnosis/random.ts';
import { endOf } from './judge.ts';
import { mistype } from './mistype.ts';
import { playAll } from './play-all.ts';
import { brokenBy } from './policy.ts';
import { reasonsOf } from './reasons.ts';
import { passHat, type Scored } from './score.ts';
import { show } from './show.ts';
import { createSpeaker, loadPhrases } from './speak.ts';
import { rowsOf } from './support.ts';
import { heldBack, loadTasks, tasksIn } from './task.ts';
import { withoutTimes } from './times.ts';

describe('the support bench', () => {
  it('holds at least sixty tasks over three families, in both languages, with some held back', async () => {
    const tasks = await loadTasks();
    const count = (of: (task: (typeof tasks)[number]) => string) => Map.groupBy(tasks, of);
    expect(tasks.length).toBeGreaterThanOrEqual(60);
    for (const [, of] of count(({ family }) => family)) expect(of.length).toBeGreaterThanOrEqual(20);
    expect(new Set(tasks.map(({ language }) => language))).toEqual(new Set(['en', 'zh', 'mixed']));
    for (const group of heldBack) expect(tasks.filter((task) => task['held-back'] === group).length).toBeGreaterThanOrEqual(12);
  });

  it('has words for everything a person may mean, and others for those held back', async () => {
    const phrases = await loadPhrases();
    const { open } = phrases;
    for (const tables of Object.values(phrases)) expect(Object.keys(tables.zh).sort()).toEqual(Object.keys(tables.en).sort());
    for (const task of await loadTasks()) {
      const speak = createSpeaker(task, phrases, randomOf(1, task.id));
      for (const means of [...task.agenda, 'yes', 'no', 'unsure', 'done', 'fix', 'person', 'thanks', 'wait', 'redo', 'stuck'])
        expect(speak(means).length).toBeGreaterThan(0);
    }
    const words = (tables: typeof open) =>
      Object.values(tables).flatMap((table) => Object.values(table).flatMap((by) => Object.values(by).flat()));
    expect(words(open).filter((one) => words(phrases['held-back']).includes(one))).toEqual([]);
    const { 'held-back-third': third, ...others } = phrases;
    const theirs = new Set(Object.values(others).flatMap(words));
    expect(words(third).filter((one) => theirs.has(one))).toEqual([]);
  });

  it('names scenarios, steps, faults and commands that there are', async () => {
    const packs = new Map(
      await Promise.all(
        ['vehicle', 'home-hvac', 'industrial-pump'].map(async (name) => [name, await loadPack(`${packsRoot}/${name}`)] as const),
      ),
    );
    for (const { id, family, scenario, mends, finds, does, ends } of await loadTasks()) {
      const { procedures, thing, faults } = packs.get(family)!;
      const steps = Object.values(procedures).flatMap((one) => one.steps.map((step) => step.id));
      const commands = Object.keys(thing.actions);
      expect(await findScenario(packsRoot, `${family}/${scenario}`), id).toContain(`${scenario}.yaml`);
      expect(['begin', ...steps, ...commands], id).toEqual(expect.arrayContaining([...mends, ...Object.keys(finds), ...Object.keys(does)]));
      if (ends.as === 'told') expect(Object.keys(faults), id).toContain(ends.fault);
      if (ends.as === 'commanded' || ends.as === 'withheld') expect(commands, id).toContain(ends.command);
      expect(ends.as === 'mended' ? mends.length : 1, id).toBeGreaterThan(0);
    }
  });

  it('asks of an answer what the task wants to hear, where it was asked', () => {
    const endAfter = (...said: [means: string, answer: string][]) =>
      endOf({
        task: { hears: { since: '\\d:\\d\\d' }, quirks: [], ends: { as: 'left-alone' } },
        lines: said.flatMap(([means, text]) => [
          { by: 'person', means },
          { by: 'agent', text },
        ]),
        carried: [],
      } as unknown as Scored['played']);
    expect(endAfter(['tell', 'All is well.'], ['since', 'It began\nat 9:30.'])).toBeUndefined();
    expect(endAfter(['since', 'It is 9 bar.'], ['since', 'Since 9:30.'])).toBeUndefined();
    expect(endAfter(['tell', 'It is 9:30.'], ['since', 'I do not know.'])).toBe('since was not answered');
    expect(endAfter(['tell', 'It is 9:30.'])).toBe('since was not answered');
    expect(() => tasksIn('a.yaml', '[{ hears: { since: "(" } }]')).toThrow(/regular expression.*hears/s);
  });

  it('refuses a task that is none, by its place', () => {
    expect(() => tasksIn('a.yaml', '[{ id: x, family: boat }]')).toThrow(/a\.yaml.*family/s);
    expect(() => tasksIn('a.yaml', '%')).toThrow();
  });

  it('mistypes words, not all of them, and the same with the same seed', () => {
    const text = 'the pressure is jumping up and down all the time since yesterday';
    const typed = Array.from({ length: 20 }, (_, seed) => mistype(text, randomOf(seed, 'typos')));
    expect(new Set(typed).size).toBeGreaterThan(5);
    expect(mistype(text, randomOf(3, 'typos'))).toBe(typed[3]);
  });

  it('reckons pass^k as the chance that k fresh conversations all succeed', () => {
    expect(
      passHat(
        [
          { n: 4, c: 4 },
          { n: 4, c: 2 },
        ],
        1,
      ),
    ).toBeCloseTo(0.75);
    expect(
      passHat(
        [
          { n: 4, c: 4 },
          { n: 4, c: 2 },
        ],
        2,
      ),
    ).toBeCloseTo((1 + 1 / 6) / 2);
    expect(passHat([{ n: 4, c: 3 }], 4)).toBe(0);
  });

  it('takes a figure of the queue for true where the hub may have told it, and no other figure for that', async () => {
    const pack = await loadPack(`${packsRoot}/industrial-pump`);
    const brokenWhere = (text: string) => {
      const lines = [{ by: 'agent' as const, text, mended: false, carried: 0 }];
      const task = { language: 'en' } as Scored['played']['task'];
      const played = {
        task,
        lines,
        carried: [],
        seen: new Set<number>(),
        queue: { fewest: 7613, most: 7617 },
        lived: { from: 0, until: 0 },
        found: [],
        left: [],
      };
      return brokenBy(played as unknown as Scored['played'], pack).filter(({ rule }) => rule === 'figures');
    };
    expect(brokenWhere('I am getting a person. 7615 requests are before yours.')).toEqual([]);
    expect(brokenWhere('正在为您转人工。前面还有 7613 位在等。')).toEqual([]);
    expect(brokenWhere('I am getting a person. 7612 requests are before yours.')).toMatchObject([{ why: expect.stringContaining('7612') }]);
    expect(brokenWhere('It is at 7615 percent. 7615 requests are before yours.')).toMatchObject([{ why: expect.stringContaining('7615') }]);
  });

  it('takes a time for true that lies in what the machine has lived, and no other', () => {
    const until = new Date(2026, 10, 24, 9, 30).getTime();
    const left = (text: string, hours: number) => withoutTimes(text, { from: until - hours * 3_600_000, until });
    expect(left('Since 7:15, that is 2 hours ago.', 3)).toBe('Since , that is .');
    expect(left('从7点15分开始，2小时前。', 3)).toBe('从开始，。');
    expect(left('Since 7:15, that is 2 hours ago.', 1)).toBe('Since 7:15, that is .');
    expect(left('3 hours ago, at 10:05', 1)).toBe('3 hours ago, at 10:05');
    expect(left('23 November 2026, 11月23日, 2026-11-23, at 22:05', 30)).toBe(', , , at ');
    expect(left('23 November, 7615 rpm at 150 degrees, 20 minutes', 1)).toContain('7615 rpm at 150 degrees, 20 minutes');
    expect(left('on 21 November', 30)).toBe('on 21 November');
  });

  it('tells why conversations failed by kinds alone, without a name or a word of theirs', () => {
    const scored = ['"oil" was not said', 'weak-battery was not named', '"tyre" was not said', undefined].map((end) => ({
      end,
      broken: end ? [] : [{ rule: 'figures', why: 'where does 7 come from' }],
      played: {} as Scored['played'],
      passed: false,
    }));
    expect(reasonsOf(scored)).toEqual([
      { why: 'something was not said', times: 2 },
      { why: 'the cause was not named', times: 1 },
      { why: 'rule "figures"', times: 1 },
    ]);
  });

  it('plays a mending, a command, a wish for a person and an emergency on real edges', { timeout: 300_000 }, async () => {
    const smoke = ['pump-strainer-zh', 'pump-stop-command', 'pump-person-first-zh', 'pump-hand-caught'];
    const tasks = (await loadTasks()).filter(({ id }) => smoke.includes(id));
    const scored = await playAll(tasks, 1, { lite: true });
    expect(scored.map(({ played }) => played.task.id).sort()).toEqual(smoke.toSorted());
    for (const one of scored) {
      expect(one.played.lines.length, show(one)).toBeGreaterThan(1);
      expect(one.played.found.length > 0, show(one)).toBe(!one.played.task.scenario.startsWith('healthy'));
      expect(show(one)).toContain(one.passed ? 'passed' : 'FAILED');
    }
    expect(rowsOf(scored).find(({ metric }) => metric === 'pass1')?.value).toBeGreaterThan(0);
  });
});

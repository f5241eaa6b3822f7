import type { Article } from '@wayside/contract';
import { openStore } from '@wayside/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EdgeSchema, migrations } from '../store/schema.ts';
import { createKnowledge, fitsFrom, type Knowledge } from './knowledge.ts';
import { plain, sectionsOf } from './sections.ts';
import { stem, wordsOf } from './words.ts';

const article = (over: Partial<Article>): Article => ({
  id: 'thermostat',
  locale: 'en',
  version: 1,
  family: 'vehicle',
  title: 'The thermostat stays open',
  body: '## What it means\n\nThe engine warms up slowly and the heater stays cold.\n\n## What to do\n\nDrive on gently. Let a workshop replace the thermostat.',
  faults: ['thermostat-stuck-open'],
  tags: [],
  sources: ['service practice'],
  ...over,
});
const chinese = article({
  locale: 'zh',
  title: '节温器卡在打开位置',
  body: '## 这说明什么\n\n发动机升温很慢，暖风不热。\n\n## 怎么办\n\n可以慢慢开，让修理厂更换节温器。',
});
const battery = article({
  id: 'battery',
  title: 'The battery is weak',
  faults: ['battery-weak'],
  body: '## What it means\n\nThe starter turns slowly. The battery voltage is low.\n\n## What to do\n\nCharge the battery.',
});

describe('knowledge', () => {
  let store: Awaited<ReturnType<typeof openStore<EdgeSchema>>>;
  let knowledge: Knowledge;
  beforeAll(async () => {
    store = await openStore<EdgeSchema>(':memory:', migrations);
    knowledge = createKnowledge(store.db);
    for (const one of [article({}), chinese, battery]) await knowledge.put(one, 'pack');
  });
  afterAll(() => store.close());
  const first = async (text: string, locale: 'en' | 'zh', more = {}) => (await knowledge.search({ text, locale, ...more }))[0];

  it('finds the section that answers', async () => {
    expect(await first('Who should replace my thermostat?', 'en')).toMatchObject({
      article: 'thermostat',
      id: 'thermostat#1',
      heading: 'What to do',
    });
    expect(await first('why are the starters turning slowly', 'en')).toMatchObject({ id: 'battery#0' });
  });

  it('finds it by a long story as well, most of whose words no article has', async () => {
    const story =
      'Yesterday my sister borrowed our old estate for a weekend trip towards Hamburg with two friends, luggage, bicycles and a dog; they told me ' +
      'afterwards that during breakfast stops nothing strange occurred, yet the starter was turning slowly next morning and the battery voltage seemed low';
    expect(await first(story, 'en')).toMatchObject({ article: 'battery' });
  });

  it('counts a word as often as it is said', async () => {
    for (const part of ['seal', 'bearing'])
      await knowledge.put(article({ id: part, family: 'pump', title: 'Wear', body: `The ${part} leaks.`, faults: [] }), 'pack');
    expect(await first('the seal leaks, the bearing leaks, that bearing', 'en', { family: 'pump' })).toMatchObject({ article: 'bearing' });
    expect(await first('the seal leaks, the bearing leaks, that seal', 'en', { family: 'pump' })).toMatchObject({ article: 'seal' });
  });

  it('gives what fits too little only to whoever asks for that too', async () => {
    const text = 'does the starter like jazz, football, cheese and long walks by the sea';
    expect(await knowledge.search({ text, locale: 'en' })).toEqual([]);
    const [weak] = await knowledge.search({ text, locale: 'en', family: 'vehicle', weak: true });
    expect(weak).toMatchObject({ article: 'battery' });
    expect(weak!.matched).toBeLessThan(fitsFrom);
  });

  it('finds in Chinese, and by the language that was spoken', async () => {
    expect(await first('暖风为什么不热', 'en')).toMatchObject({ article: 'thermostat', locale: 'zh' });
  });

  it('falls back to the other language when this one has nothing', async () => {
    expect(await first('battery voltage', 'zh')).toMatchObject({ article: 'battery', locale: 'en' });
  });

  it.each(['play some jazz', 'who is the president of France', '今天股票怎么样', '🙂', '', 'the of and'])(
    'finds nothing for "%s"',
    async (text) => expect(await knowledge.search({ text, locale: 'en' })).toEqual([]),
  );

  it.each([
    '"',
    'thermostat AND',
    'NEAR(',
    'title:*',
    "'; drop table article; --",
    'body : ^ - +',
    '\u0000',
    '*'.repeat(5000),
    'x'.repeat(100_000),
  ])('takes %j for words, never for syntax', async (text) =>
    expect(Array.isArray(await knowledge.search({ text, locale: 'en' }))).toBe(true),
  );

  it('lets the hub overrule the pack, and the pack stand again when the hub takes its text back', async () => {
    const better = article({ version: 2, body: '## What to do\n\nMeasure the hose temperature of the thermostat first.' });
    expect(await knowledge.put(better, 'hub')).toBe(true);
    expect(await knowledge.put(better, 'hub')).toBe(false);
    expect((await first('measure the hose temperature', 'en'))?.text).toContain('Measure the hose');
    expect(await knowledge.search({ text: 'engine warms up slowly heater cold', locale: 'en' })).toEqual([]);
    await knowledge.withdraw('thermostat', 'en');
    expect(await knowledge.search({ text: 'measure the hose temperature', locale: 'en' })).toEqual([]);
    expect(await first('engine warms up slowly heater cold', 'en')).toMatchObject({ article: 'thermostat' });
  });

  it('answers from what is about this machine, whatever else is known of others', async () => {
    const leon = { maker: 'Seat', model: 'León', firmware: '3.2.1' };
    const text = 'replace the thermostat housing gasket';
    const body = '## What to do\n\nReplace the thermostat together with its housing gasket.';
    await knowledge.put(article({ version: 3, body, applies: [{ model: 'león', firmware: ['3.2.1', '3.2.2'] }] }), 'hub');
    expect((await first(text, 'en', { about: [leon] }))?.text).toContain('gasket');
    for (const about of [[], [{}], [{ model: 'Ibiza', firmware: '3.2.1' }], [{ ...leon, firmware: '3.3' }]]) {
      const found = await first(text, 'en', { about });
      expect(found).toMatchObject({ article: 'thermostat' });
      expect(found?.text).not.toContain('gasket');
    }
    expect((await knowledge.read('thermostat', 'en', [leon])).body).toBe(body);
    expect((await knowledge.read('thermostat', 'en', [{ model: 'Ibiza' }])).body).not.toBe(body);
    expect((await knowledge.read('thermostat', 'zh', [leon])).locale).toBe('zh');
    await knowledge.put(article({ id: 'only-leon', body, applies: [{ model: 'león' }] }), 'hub');
    await expect(knowledge.read('only-leon', 'en', [{ model: 'Ibiza' }])).rejects.toMatchObject({ code: 'not-found' });
    await knowledge.withdraw('only-leon', 'en');
    await knowledge.withdraw('thermostat', 'en');
  });

  it('puts articles of active faults and of the family at hand first', async () => {
    const twin = { title: 'A noise', body: '## What it means\n\nA rattling noise comes from a loose part.' };
    await knowledge.put(article({ id: 'noise-a', family: 'vehicle', faults: ['a'], ...twin }), 'pack');
    await knowledge.put(article({ id: 'noise-b', family: 'industrial-pump', faults: ['b'], ...twin }), 'pack');
    expect(await first('rattling noise', 'en', { family: 'industrial-pump' })).toMatchObject({ article: 'noise-b' });
    expect(await first('rattling noise', 'en', { faults: ['a'] })).toMatchObject({ article: 'noise-a' });
  });

  it('answers of the family at hand only, unless the question names another', async () => {
    expect(await knowledge.search({ text: 'replace the thermostat', locale: 'en', family: 'home-hvac' })).toEqual([]);
    expect(await first('replace the thermostat', 'en', { family: 'home-hvac', named: ['vehicle'] })).toMatchObject({
      article: 'thermostat',
    });
  });

  it('cites for a fault what helped most, else what the hub wrote, else what the pack names', async () => {
    const about = { fault: 'clutch-slips', family: 'vehicle', locale: 'en' as const, machine: { model: 'León' }, named: 'clutch' };
    const best = async () => (await knowledge.bestForFault(about))?.title;
    const put = (id: string, title: string, origin: 'pack' | 'hub', over: Partial<Article> = {}) =>
      knowledge.put(article({ id, title, faults: ['clutch-slips'], ...over }), origin);
    expect(await best()).toBeUndefined();
    await put('clutch-oil', 'Oil on it', 'pack', { version: 9 });
    await put('clutch', 'By the pack', 'pack');
    expect(await best()).toBe('By the pack');
    await put('clutch', 'Corrected', 'hub');
    await put('clutch-2', 'Of another model', 'hub', { applies: [{ model: 'Ibiza' }] });
    expect(await best()).toBe('Corrected');
    await put('clutch-new', 'New', 'hub', { version: 3 });
    const repaired = async (id: string, state: string, of: string) =>
      store.db
        .insertInto('repair')
        .values({ id, thing: 't', session: null, state, finishedAt: 1, body: JSON.stringify({ article: of }) })
        .execute();
    await repaired('r1', 'not-fixed', 'clutch');
    expect(await best()).toBe('New');
    for (const id of ['r2', 'r3', 'r4']) await repaired(id, 'fixed', 'clutch');
    expect(await best()).toBe('Corrected');
    for (const id of ['clutch', 'clutch-2', 'clutch-new']) await knowledge.withdraw(id, 'en');
    expect(await best(), 'the pack’s stands again').toBe('By the pack');
  });

  it('tells whether the fault of the article is active', async () => {
    expect(await first('replace the thermostat', 'en')).toMatchObject({ active: false });
    expect(await first('replace the thermostat', 'en', { faults: ['thermostat-stuck-open'] })).toMatchObject({ active: true });
  });

  it('says clearly when an article is not there', async () => {
    await expect(knowledge.read('nope', 'en')).rejects.toMatchObject({ code: 'not-found' });
    expect(await knowledge.read('battery', 'zh')).toMatchObject({ locale: 'en', faults: ['battery-weak'] });
  });
});

describe('words', () => {
  it('are the same for forms of one word', () => {
    for (const forms of [
      ['shake', 'shakes', 'shaking', 'shaked'],
      ['battery', 'batteries'],
      ['stop', 'stopped', 'stopping', 'stops'],
      ['valve', 'valves'],
    ])
      expect(new Set(forms.map(stem)).size).toBe(1);
  });
  it('leave out what every question has', () => expect(wordsOf('What is the P0301 code?')).toEqual(['p0301', 'cod']));
});

describe('sections', () => {
  it('follow the headings', () => {
    expect(sectionsOf('intro\n\n# A\n\none\n\n## B\ntwo\n')).toEqual([
      { title: '', text: 'intro' },
      { title: 'A', text: 'one' },
      { title: 'B', text: 'two' },
    ]);
  });
  it('are read without marks or HTML', () =>
    expect(plain('- **Stop** <b onclick=x>now</b> and see [the page](http://x)')).toBe('Stop now and see the page'));
});

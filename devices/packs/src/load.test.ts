import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maxFileBytes, maxPictureBytes } from './files.ts';
import { checkPack, loadPack, loadPacks } from './load.ts';
import { packsRoot } from './packs-root.ts';
import { loadScenario, recordingPath, scenarioBaseDir } from './scenario-file.ts';
import { checkPackTests } from './test-files.ts';

const head = `family: kettle
version: 1.0.0
title: { en: Kettle, zh: 水壶 }
summary: { en: Boils water., zh: 烧水。 }
licence: Apache-2.0
`;

const article = (title: string) => `---
id: furred
title: ${title}
faults: [scale]
tags: []
sources: [common knowledge]
---
# Limescale

Boil vinegar.
`;

const whole: Record<string, string> = {
  'pack.yaml': head,
  'thing.yaml': `signals:
  power: { title: Power, type: number, unit: W }
  mode: { title: Mode, type: string, states: ['off', heating] }
actions:
  stop:
    title: Stop
    risk: R1
    args: { hard: { type: boolean } }
    interlocks: [{ signal: power, above: 10, because: { en: It is off., zh: 已关闭。 } }]
    expect: { signal: mode, is: 'off', within: 5s }
    undo: { name: start }
  start: { title: Start, risk: R2, expect: { signal: power, isArg: watts, tolerance: 50 }, args: { watts: { type: number } } }
`,
  'symptoms.yaml': `symptoms:
  slow:
    title: { en: Slow, zh: 慢 }
    detect: { kind: limit, signal: power, below: 900, for: 30s, while: [{ signal: mode, is: heating }] }
`,
  'observations.yaml': `observations:
  flakes: { title: { en: Flakes, zh: 水垢 }, question: { en: Do you see flakes?, zh: 有水垢吗？ } }
`,
  'dtcs.yaml': `source: the maker
dtcs:
  E1: { title: { en: Too hot, zh: 过热 } }
`,
  'faults.yaml': `faults:
  scale:
    title: { en: Limescale, zh: 水垢 }
    explanation: { en: Lime on the element., zh: 加热管结垢。 }
    severity: advice
    safety: go-on
    safetyAdvice: { en: Go on., zh: 可以继续。 }
    prior: 0.1
    symptoms: { slow: 0.7 }
    dtcs: { E1: 0.2 }
    observations: { flakes: 0.9 }
    procedure: descale
    article: furred
    source: common knowledge
`,
  'handling.yaml': `handling:
  open-lid:
    title: { en: Open the lid, zh: 打开盖子 }
    may: with-care
    says: { en: When it is cold., zh: 凉了再开。 }
    article: furred
    source: common knowledge
`,
  'terms.yaml': `terms:
  limescale:
    names: { en: [limescale], zh: [水垢] }
    says: { en: What hard water leaves., zh: 硬水留下的。 }
    article: furred
    source: common knowledge
`,
  'procedures.yaml': `procedures:
  descale:
    title: { en: Descale, zh: 除垢 }
    steps:
      - { id: stop, text: { en: Stop it., zh: 关掉。 }, action: { name: stop }, on: { failed: person } }
      - { id: boil, text: { en: Boil vinegar., zh: 煮醋。 }, on: { done: end, failed: stop } }
      - { id: scrub, text: { en: Scrub., zh: 刷洗。 } }
    confirm: { symptoms: [slow], for: 2m }
`,
  'policy.yaml': `rules:
  - { id: long, because: { en: Long., zh: 太久。 }, when: { turns: { atLeast: 8 } }, effect: offer }
`,
  'phrases/en.yaml': `language: en
rules: { what: (what is|how much is) }
lists: { signal: [{ in: power, out: power }], handling: [{ in: open it, out: open-lid }] }
intents:
  signal: [{ sentences: ['<what> [the] {signal}'] }]
  observe: [{ sentences: [there are flakes], slots: { observation: flakes } }]
cues:
  complain: [{ sentences: ['boiled dry {any} again'], slots: { about: again } }]
`,
  'articles/en/furred.md': article('Furred'),
  'articles/zh/furred.md': article('结垢'),
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'packs-'));
});
afterEach(() => rm(root, { recursive: true }));

async function pack(changes: Record<string, string | undefined> = {}, name = 'kettle'): Promise<string> {
  for (const [file, text] of Object.entries({ ...whole, ...changes })) {
    if (text === undefined) continue;
    await mkdir(dirname(join(root, name, file)), { recursive: true });
    await writeFile(join(root, name, file), text);
  }
  return join(root, name);
}

const problemsOf = async (dir: string) => (await checkPack(dir)).problems.map((p) => `${p.file} @ ${p.at}: ${p.problem}`).join('\n');

describe('a pack', () => {
  it('reads whole, with every part in its place', async () => {
    const read = await loadPack(await pack());
    expect(read.family).toBe('kettle');
    expect(read.faults.scale?.symptoms).toEqual({ slow: 0.7 });
    expect(read.policy?.rules).toHaveLength(1);
    expect(read.articles.map(({ id, locale, title, body }) => [id, locale, title, body.slice(0, 11)])).toEqual([
      ['furred', 'en', 'Furred', '# Limescale'],
      ['furred', 'zh', '结垢', '# Limescale'],
    ]);
  });

  it('may be its head alone', async () => {
    await mkdir(join(root, 'core'));
    await writeFile(join(root, 'core', 'pack.yaml'), head);
    expect(await loadPack(join(root, 'core'))).toMatchObject({ thing: { signals: {} }, faults: {}, phrases: {}, articles: [] });
  });

  it('tells all that is wrong at once, with the file, the place, the line and the remedy', async () => {
    const dir = await pack({
      'thing.yaml': whole['thing.yaml']?.replace('type: number', 'type: numeric'),
      'faults.yaml': whole['faults.yaml']?.replace('severity: advice', 'severity: bad').replace('prior: 0.1', 'prior: 7'),
      'fault.yaml': 'faults: {}',
    });
    const error = await loadPack(dir).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(WaysideError);
    expect(error).toMatchObject({ code: 'pack-invalid', retryable: false });
    const { message } = error as WaysideError;
    expect(message).toContain('"kettle"');
    expect(message).toMatch(/thing\.yaml at signals\.power\.type \(line 2\)/);
    expect(message).toMatch(/faults\.yaml at faults\.scale\.severity \(line 5\)/);
    expect(message).toMatch(/faults\.yaml at faults\.scale\.prior \(line 8\)/);
    expect(message).toMatch(/fault\.yaml: is no part of a pack: rename it/);
  });

  it.each([
    ['faults.yaml', 'slow: 0.7', 'slwo: 0.7', /faults\.scale\.symptoms: refers to the symptom "slwo"/],
    ['faults.yaml', 'E1: 0.2', 'E2: 0.2', /refers to the trouble code "E2", which dtcs\.yaml does not hold/],
    ['faults.yaml', 'flakes: 0.9', 'flake: 0.9', /refers to the observation "flake"/],
    [
      'faults.yaml',
      'safety: go-on\n    safetyAdvice: { en: Go on.,',
      'safety: stop\n    safetyAdvice: { en: Leave it switched off.,',
      /scale\.safetyAdvice\.en: only says to leave it off/,
    ],
    ['faults.yaml', 'procedure: descale', 'procedure: scrub', /refers to the procedure "scrub"/],
    ['faults.yaml', 'article: furred', 'article: lime', /refers to the article "lime"/],
    ['handling.yaml', 'article: furred', 'article: lime', /handling\.open-lid\.article: refers to the article "lime"/],
    ['terms.yaml', 'article: furred', 'article: lime', /terms\.limescale\.article: refers to the article "lime"/],
    ['terms.yaml', 'zh: [水垢]', 'zh: []', /terms\.limescale\.names\.zh/],
    ['handling.yaml', 'may: with-care', 'may: perhaps', /handling\.open-lid\.may/],
    ['phrases/en.yaml', 'out: open-lid', 'out: open-door', /refers to the handling "open-door", which handling\.yaml does not hold/],
    ['symptoms.yaml', 'signal: power', 'signal: watts', /symptoms\.slow\.detect\.signal: refers to the signal "watts"/],
    ['symptoms.yaml', '{ signal: mode,', '{ signal: state,', /detect\.while\.0: refers to the signal "state"/],
    ['symptoms.yaml', ' below: 900,', '', /can never fire: give it above or below/],
    ['symptoms.yaml', 'signal: power', 'signal: mode', /needs a number and "mode" is a string/],
    ['symptoms.yaml', 'signal: power', 'signal: { kind: energy }', /finds no signal of thing\.yaml/],
    ['symptoms.yaml', 'signal: power', 'signal: {}', /a selector names at least one of kind, unit, type/],
    ['symptoms.yaml', 'kind: limit, signal: power, below: 900', 'kind: noisy, signal: power', /can never fire: give it above or times/],
    ['symptoms.yaml', 'kind: limit, signal: power, below: 900', 'kind: unusual, signal: mode', /needs a number and "mode" is a string/],
    [
      'symptoms.yaml',
      'kind: limit, signal: power, below: 900',
      'kind: shift, minus: siblings, signal: { type: number }',
      /needs at least three signals/,
    ],
    ['procedures.yaml', 'name: stop', 'name: halt', /refers to the action "halt"/],
    ['procedures.yaml', 'done: end', 'done: finish', /steps\.1\.on\.done: leads to "finish", which is no step here/],
    [
      'procedures.yaml',
      'on: { done: end, failed: stop }',
      'on: { done: end, failed: stop, skipped: end }',
      /steps\.2: "scrub" is never reached/,
    ],
    ['procedures.yaml', 'id: scrub', 'id: person', /is called "person", which means where a procedure leads/],
    ['procedures.yaml', 'id: scrub', 'id: stop', /is the second step called "stop"/],
    ['procedures.yaml', 'symptoms: [slow]', 'symptoms: [slwo]', /confirm\.symptoms: refers to the symptom "slwo"/],
    [
      'procedures.yaml',
      'id: scrub,',
      'id: scrub, picture: { file: a.svg, alt: { en: A., zh: 图。 } },',
      /pictures\/a\.svg, which is not there/,
    ],
    [
      'observations.yaml',
      'title: { en: Flakes',
      'action: { name: boil }, title: { en: Flakes',
      /flakes\.action: refers to the action "boil"/,
    ],
    ['observations.yaml', 'title:', 'askWhile: [{ signal: hum, is: true }], title:', /flakes\.askWhile\.0: refers to the signal "hum"/],
    ['observations.yaml', 'title:', "said: { en: ['are there flakes?'] }, title:", /flakes\.said\.en\.0.*asks: write what somebody says/],
    ['observations.yaml', 'title:', `said: { zh: ['${'水'.repeat(121)}'] }, title:`, /flakes\.said\.zh\.0.*longer than 120 characters/],
    ['observations.yaml', 'title:', "said: { en: [' '] }, title:", /flakes\.said\.en\.0.*is empty/],
    [
      'observations.yaml',
      'title:',
      `said: { en: [${Array.from({ length: 25 }, (_, i) => `'bits ${i}'`)}] }, title:`,
      /more than 24 sentences/,
    ],
    ['observations.yaml', 'title:', 'said: { de: [Kalk] }, title:', /flakes\.said.*"?de"?/],
    [
      'observations.yaml',
      'title:',
      'said: { en: [white bits, White bits] }, title:',
      /flakes\.said\.en\.1: "White bits" is said of "flakes"/,
    ],
    ['pack.yaml', 'licence:', 'busyWhile: [{ signal: hum, above: 1 }]\nlicence:', /busyWhile\.0: refers to the signal "hum"/],
    ['thing.yaml', 'risk: R1', 'risk: R3', /is R3 and never carried out/],
    ['thing.yaml', 'signal: power, above', 'signal: watts, above', /stop\.interlocks\.0: refers to the signal "watts"/],
    ['thing.yaml', 'signal: power, above', 'signal: mode, above', /stop\.interlocks\.0: needs a number and "mode" is a string/],
    ['thing.yaml', 'above: 10, because', 'above: 10, below: 5, because', /exactly one of above, below, is, isNot/],
    ['thing.yaml', 'signal: mode, is', 'signal: state, is', /stop\.expect: refers to the signal "state"/],
    ['thing.yaml', 'isArg: watts', 'isArg: power', /start\.expect\.isArg: refers to the argument "power"/],
    ['thing.yaml', 'undo: { name: start }', 'undo: { name: go }', /stop\.undo: refers to the action "go"/],
    ['phrases/en.yaml', 'out: power', 'out: watts', /lists\.signal\.0: refers to the signal "watts"/],
    ['phrases/en.yaml', 'observation: flakes', 'observation: lumps', /refers to the observation "lumps"/],
    ['phrases/en.yaml', '[the] {signal}', '[the {signal}', /a stray|an open/],
    ['phrases/en.yaml', '{signal}', '{sensor}', /uses \{sensor\}: add that list/],
    ['phrases/en.yaml', 'complain:', 'grumble:', /"grumble" is no cue: write one of complain, midway/],
    ['phrases/en.yaml', 'about: again', 'about: twice', /says "twice" for about: write one of again, service, paid/],
    ['phrases/en.yaml', 'about: again', 'of: again', /has "of", which complain does not know: write one of about/],
    ['phrases/en.yaml', '{any}', '{some}', /uses \{some\}: add that list/],
    ['phrases/en.yaml', '<what>', '<how>', /uses <how>: add that rule/],
    ['phrases/en.yaml', 'language: en', 'language: zh', /says "zh" in the file for "en"/],
    ['articles/en/furred.md', 'faults: [scale]', 'faults: [rust]', /refers to the fault "rust"/],
    ['articles/en/furred.md', 'id: furred', 'id: other', /is not the file's name/],
    ['articles/en/furred.md', '---\nid', 'id', /has no head/],
    ['pack.yaml', 'version: 1.0.0', 'version: 1.0.0\nversion: 2.0.0', /line 3: is not valid YAML/],
    ['pack.yaml', 'licence:', 'license:', /has "license", which has no meaning here/],
  ])('refuses %s with "%s" turned into "%s"', async (file, from, to, why) => {
    expect(whole[file]).toContain(from);
    expect(await problemsOf(await pack({ [file]: whole[file]?.replace(from, to) }))).toMatch(why);
  });

  it('refuses a component that names a signal or a fault there is not', async () => {
    const file = (signal: string, fault: string) => ({
      'components.yaml': `components:\n  tank:\n    title: { en: Tank, zh: 水箱 }\n    signals: [${signal}]\n    faults: [${fault}]\n`,
    });
    expect(await problemsOf(await pack(file('watts', 'scale')))).toMatch(/components\.tank\.signals\.0: refers to the signal "watts"/);
    expect(await problemsOf(await pack(file('power', 'rust')))).toMatch(/components\.tank\.faults\.0: refers to the fault "rust"/);
    expect((await loadPack(await pack(file('power', 'scale')))).components?.tank?.signals).toEqual(['power']);
  });

  it('does not call good references wrong because the file they point to is broken', async () => {
    expect(await problemsOf(await pack({ 'symptoms.yaml': 'symptoms: [' }))).not.toContain('faults.yaml');
  });

  it('may spread a part over a folder, and tells which of its files is wrong', async () => {
    const rust = whole['faults.yaml']?.replace('scale:', 'rust:').replace('E1: 0.2', 'E9: 0.2') as string;
    const dir = await pack({ 'faults.yaml': undefined, 'faults/lime.yaml': whole['faults.yaml'], 'faults/rust.yaml': rust });
    expect(await problemsOf(dir)).toBe(
      'faults/rust.yaml @ faults.rust.dtcs: refers to the trouble code "E9", which dtcs.yaml does not hold: add it there or correct the name',
    );
    await writeFile(join(dir, 'faults/rust.yaml'), rust.replace('E9', 'E1'));
    expect(Object.keys((await loadPack(dir)).faults)).toEqual(['scale', 'rust']);
  });

  it('takes a list of trouble codes, and names the line of it that is none', async () => {
    const dir = await pack({ 'dtcs-generic.csv': 'P0100,Air flow\r\nP0101,Air flow, range\r\n' });
    expect((await loadPack(dir)).dtcList).toBe('\nP0100,Air flow\nP0101,Air flow, range');
    await writeFile(join(dir, 'dtcs-generic.csv'), 'P0100,Air flow\ncode,description\n');
    expect(await problemsOf(dir)).toMatch(/dtcs-generic\.csv @ line 2: is not a code, a comma and its title/);
  });

  it('refuses an entry that stands in two files, and a folder no part claims', async () => {
    const told = await problemsOf(await pack({ 'faults/lime.yaml': whole['faults.yaml'], 'fault/lime.yaml': whole['faults.yaml'] }));
    expect(told).toMatch(/faults\.scale: is already in faults/);
    expect(told).toMatch(/fault\/lime\.yaml @ : lies in a folder that is no part of a pack/);
  });

  it('needs every article in both languages', async () => {
    const dir = await pack();
    await rm(join(dir, 'articles/zh/furred.md'));
    expect(await problemsOf(dir)).toMatch(/articles\/en\/furred\.md.*add articles\/zh\/furred\.md/);
  });

  it('stops counting problems at twenty', async () => {
    const many = Array.from({ length: 50 }, (_, i) => `s${i}: { title: x, type: numeric }`).join('\n  ');
    expect((await checkPack(await pack({ 'thing.yaml': `signals:\n  ${many}` }))).problems).toHaveLength(20);
  });
});

describe('a hostile pack', () => {
  it('cannot link out of its folder', async () => {
    const dir = await pack();
    await symlink('/etc/hostname', join(dir, 'README.md'));
    await symlink(root, join(dir, 'recordings'));
    const told = await problemsOf(dir);
    expect(told).toMatch(/README\.md @ : is a link out of the pack folder/);
    expect(told).toMatch(/recordings @ : is a link out of the pack folder/);
  });

  it('cannot fill the memory with one file', async () => {
    expect(await problemsOf(await pack({ 'articles/en/big.md': 'x'.repeat(maxFileBytes + 1) }))).toMatch(/at most 1048576 are read/);
    expect(await problemsOf(await pack({ 'pictures/big.png': 'x'.repeat(maxPictureBytes + 1) }))).toMatch(/a picture has at most 524288/);
  });

  it('cannot expand YAML aliases without bound', async () => {
    const levels = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...[...'bcdefghi'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`),
    ];
    const started = performance.now();
    expect(await problemsOf(await pack({ 'policy.yaml': levels.join('\n') }))).toMatch(/too many YAML aliases/);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('cannot bring bytes that are no text', async () => {
    const dir = await pack();
    await writeFile(join(dir, 'faults.yaml'), new Uint8Array([0xff, 0xfe, 0x00]));
    expect(await problemsOf(dir)).toMatch(/faults\.yaml @ : is not UTF-8 text/);
  });
});

describe('a folder of packs', () => {
  it('loads the good ones and tells of the broken and the doubled', async () => {
    await pack({}, 'a');
    await pack({ 'faults.yaml': 'faults: 7' }, 'b');
    await pack({}, 'c');
    await mkdir(join(root, 'not-a-pack'));
    const { packs, broken } = await loadPacks(root);
    expect(packs.map((p) => p.dir)).toEqual([join(root, 'a')]);
    expect(broken.map((b) => [b.dir, b.problems[0]?.file])).toEqual([
      [join(root, 'b'), 'faults.yaml'],
      [join(root, 'c'), 'pack.yaml'],
    ]);
  });

  it('that is not there is an error with the path', async () => {
    await expect(loadPacks(join(root, 'nowhere'))).rejects.toThrow(/no folder of packs at .*nowhere/);
  });
});

const scenario = `id: slow
title: { en: Slow, zh: 慢 }
family: kettle
thing: { id: kettle-1, title: Kettle }
seed: 1
duration: 5m
base: { signals: { power: { value: 2000, noise: 5 } } }
timeline: [{ at: 10s, do: ramp, signal: power, to: 700, over: 30s }]
expect: { fault: scale }
`;

describe("a pack's tests", () => {
  it('are checked apart from the pack', async () => {
    const dir = await pack({
      'tests/scenarios/slow.yaml': scenario,
      'tests/scenarios/odd.yaml': scenario.replaceAll('power', 'watts'),
      'tests/articles.yaml': 'tests: [{ language: en, question: lime?, article: lime }]',
    });
    const told = (await checkPackTests(await loadPack(dir))).map((p) => `${p.file}: ${p.problem}`).join('\n');
    expect(told).toContain('tests/scenarios/odd.yaml: refers to the signal "watts"');
    expect(told).toContain('tests/scenarios/odd.yaml: "slow" is not the file\'s name');
    expect(told).toContain('tests/articles.yaml: refers to "lime"');
    expect(told).not.toContain('scenarios/slow.yaml');
    expect(told).not.toContain('has no scenario');
  });

  it('hold a scenario for each fault', async () => {
    const [problem] = await checkPackTests(await loadPack(await pack()));
    expect(problem).toMatchObject({ file: 'faults.yaml', at: 'faults.scale', problem: expect.stringMatching(/has no scenario/) });
  });

  it('say what a change in a scenario lacks', async () => {
    const dir = await pack({ 'tests/scenarios/slow.yaml': scenario.replace(', to: 700', '') });
    await expect(loadScenario(join(dir, 'tests/scenarios/slow.yaml'))).rejects.toThrow(/timeline\.0: "ramp" needs to: add it/);
  });

  it('give only what differs from the scenario they are like', async () => {
    const quick = `id: quick
title: { en: Quick, zh: 快 }
like: slow
thing: { model: K2 }
base: { signals: { power: null, mode: { value: heating } } }
timeline: [{ at: 1s, do: release }]
expect: { fault: null }
`;
    const dir = await pack({
      'tests/scenarios/slow.yaml': `${scenario}onCommand: { stop: [{ signal: power, do: set, to: 0 }] }\n`,
      'tests/scenarios/quick.yaml': quick,
      'tests/scenarios/quicker.yaml': quick
        .replace('id: quick', 'id: quicker')
        .replace('like: slow', 'like: quick\nonCommand: { stop: [] }'),
    });
    expect(await loadScenario(join(dir, 'tests/scenarios/quick.yaml'))).toMatchObject({
      id: 'quick',
      family: 'kettle',
      thing: { id: 'kettle-1', title: 'Kettle', model: 'K2' },
      seed: 1,
      duration: '5m',
      base: { signals: { mode: { value: 'heating' } } },
      timeline: [{ at: '1s', do: 'release' }],
      onCommand: { stop: [{ do: 'set' }] },
      expect: { fault: null, not: [] },
    });
    const quicker = await loadScenario(join(dir, 'tests/scenarios/quicker.yaml'));
    expect(Object.keys(quicker.base.signals)).toEqual(['mode']);
    expect(quicker.onCommand).toEqual({ stop: [] });
  });

  it.each([
    ['like: fast', /fast\.yaml: cannot be read/],
    ['like: slow', /like: comes back to itself \(slow\.yaml, slow\.yaml\)/],
    ['', /duration: /],
  ])('refuse a scenario of which "%s" leaves no whole', async (like, why) => {
    const dir = await pack({ 'tests/scenarios/slow.yaml': scenario.replace('duration: 5m', like) });
    await expect(loadScenario(join(dir, 'tests/scenarios/slow.yaml'))).rejects.toThrow(why);
  });

  it('look for recordings in the pack and nowhere else', () => {
    expect(recordingPath(scenarioBaseDir('/p/kettle/tests/scenarios/slow.yaml'), 'boil.csv')).toBe('/p/kettle/recordings/boil.csv');
    expect(() => recordingPath('/p/kettle', '../../etc/passwd')).toThrow(/outside its folder/);
  });
});

describe('the packs that ship', () => {
  it('all pass their check', async () => {
    const { packs, broken } = await loadPacks(packsRoot);
    expect(broken).toEqual([]);
    for (const shipped of packs) expect(await checkPackTests(shipped)).toEqual([]);
  });

  it('give each article an id of its own: a citation names nothing else', async () => {
    const ids = (await loadPacks(packsRoot)).packs.flatMap(({ articles }) => articles.map(({ id, locale }) => `${id}/${locale}`));
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { glob, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { config } from '@wayside/agent';
import { hubConfig } from '@wayside/hub';
import { isCue, phraseFile } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mappingFile } from '../../edge/agent/src/link/adapters/mapping.ts';
import { controllersFile } from '../../edge/agent/src/link/modbus/controllers.ts';
import { reliabilityPages } from '../prove/report/pages.ts';
import { cuesPage } from './cues-page.ts';
import { limits, limitsPage } from './limits-page.ts';
import { settingsPage } from './settings-page.ts';

const root = resolve(import.meta.dirname, '../..');
const paths = (await Array.fromAsync(glob(['docs/**/*.md', '*.md', 'devices/sdk*/README.md', 'models/README.md'], { cwd: root })))
  .filter((path) => !/node_modules|docs\/site|docs\/reference\/sdk/.test(path))
  .sort();
const pages = new Map(await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)));
/** How many pictures a page shows. */
const pictures = (text: string) => [...text.matchAll(/!\[|<img /g)].length;
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);

/** As GitHub and VitePress make an anchor of a heading. */
const anchors = (text: string) =>
  new Set(
    [...text.matchAll(/^#{1,6} (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[`*[\]()“”‘’,.:;?!/&+]/g, '')
        .trim()
        .replace(/ /g, '-'),
    ),
  );

const areas = paths.filter((path) => path.startsWith('docs/benchmarks/'));
const rows = (text: string) => text.split('\n').filter((line) => line.startsWith('|'));
/** The numbers of a line, each whole: `1,000` is one. */
const figures = (line: string) => line.match(/\d+(?:[.,]\d+)*/g) ?? [];

/** Words that once stood beside the one that GLOSSARY.md gives. */
const abandoned = /现场端|中心端/;

describe('the documentation', () => {
  it('and the screens call the edge and the hub by one name each, in Chinese too', async () => {
    const screens = await Array.fromAsync(glob(['cloud/*/src/**/*.ts', 'edge/*/src/**/*.{ts,tsx,yaml}', 'cli/src/**/*.ts'], { cwd: root }));
    const said = screens.map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
    expect([...pages, ...said].filter(([, text]) => abandoned.test(text)).map(([path]) => path)).toEqual([]);
    expect(pages.get('docs/zh/how-to/run-a-hub.md')).toMatch(/服务中心.*边缘端/s);
  });

  it('lists every goal that is missed', () => {
    const list = /^## Goals that are missed$(.*?)^## /ms.exec(pages.get('docs/benchmarks.md')!)?.[1] ?? '';
    const missed = areas.flatMap((path) => rows(pages.get(path)!)).filter((line) => /missed\s*\|/i.test(line));
    expect(missed.length).toBeGreaterThan(0);
    // Less the head of the table and the line under it.
    expect(rows(list).length - 2).toBe(missed.length);
  });

  it('says on the front page of the figures only what the tables of the page below say, and in Chinese what it says in English', () => {
    const sections = (path: string) =>
      pages
        .get(path)!
        .split(/^## /m)
        .flatMap((section) => {
          const [, area] = /\]\((?:\.\.\/)?benchmarks\/([\w-]+)\.md\)/.exec(section) ?? [];
          return area ? [{ area, said: rows(section).map((line) => figures(line.replace(/^\|[^|]*/, ''))) }] : [];
        });
    const front = sections('docs/benchmarks.md');
    expect(front.map(({ area }) => `docs/benchmarks/${area}.md`).toSorted()).toEqual(areas);
    for (const { area, said } of front) {
      const below = new Set(rows(pages.get(`docs/benchmarks/${area}.md`)!).flatMap(figures));
      expect(
        said.flat().filter((figure) => !below.has(figure)),
        area,
      ).toEqual([]);
    }
    expect(sections('docs/zh/benchmarks.md')).toEqual(front);
  });

  it('tells what was proved as the results have it (npm run prove:report writes it anew)', () => {
    for (const [page, text] of Object.entries(reliabilityPages())) expect(pages.get(`docs/${page}`), page).toBe(text);
  });

  it('has every how-to and every page of figures and of proofs in the list beside each page of the site', () => {
    const config = readFileSync(join(root, 'docs/site/.vitepress/config.ts'), 'utf8');
    for (const [list, folder] of [
      ['howTos', 'docs/how-to'],
      ['howTos', 'docs/zh/how-to'],
      ['areas', 'docs/benchmarks'],
      ['proofs', 'docs/reliability'],
    ] as const) {
      const [, body = ''] = new RegExp(`const ${list} = \\{(.*?)\\n\\} as const`, 's').exec(config) ?? [];
      const listed = [...body.matchAll(/^ {2}'?([\w-]+)'?:/gm)].map(([, page]) => page);
      const there = paths.filter((path) => dirname(path) === folder && !path.endsWith('index.md')).map((path) => basename(path, '.md'));
      expect(listed.toSorted(), folder).toEqual(there.toSorted());
    }
  });

  it('has only links that lead somewhere, to a heading that is there', () => {
    const broken: string[] = [];
    for (const [path, text] of pages)
      for (const [, link = ''] of text.replace(/^```.*?^```/gms, '').matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(link)) continue;
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? join(root, path) : join(root, dirname(path), file);
        // What TypeDoc writes is there once the site is built.
        if (target.includes('docs/reference/sdk')) continue;
        if (!existsSync(target)) broken.push(`${path}: ${link}`);
        else if (anchor && target.endsWith('.md') && !anchors(readFileSync(target, 'utf8')).has(anchor)) broken.push(`${path}: ${link}`);
      }
    expect(broken).toEqual([]);
  });

  it('names only files that there are where it says what is held to in which code, and what shows it', async () => {
    const all = await Array.fromAsync(glob(['{edge,cloud,test}/**/*.ts'], { cwd: root, exclude: (name) => name === 'node_modules' }));
    const missing: string[] = [];
    for (const page of ['docs/explanation/privacy.md', 'docs/zh/explanation/privacy.md', 'docs/explanation/pulled-apart.md'])
      for (const [, file = ''] of pages.get(page)!.matchAll(/`([\w./-]+\.ts)`/g))
        if (!all.some((path) => path === file || path.endsWith(`/${file}`))) missing.push(`${page}: ${file}`);
    expect(missing).toEqual([]);
  });

  it('has no element the site would look for the end of', () => {
    const open = [...pages].flatMap(([path, text]) =>
      [...text.replace(/^```.*?^```|`[^`\n]*`|<!--.*?-->/gms, '').matchAll(/<([a-z][\w-]*)[^>]*>/g)].map(([, name]) => `${path}: ${name}`),
    );
    expect(open.filter((one) => !/: (img|br)$/.test(one))).toEqual([]);
  });

  it('has every page that people begin with in English and in Chinese, with the same commands, pictures and figures', () => {
    const wrong: string[] = [];
    const twins = /^(README|GLOSSARY)\.md$|^docs\/(how-to\/|explanation\/|reference\/|(tutorial|handoff|voice|record|conformance)\.md$)/;
    for (const path of paths.filter((each) => twins.test(each))) {
      const english = pages.get(path)!;
      const chinese = pages.get(twinOf(path));
      const same = chinese !== undefined && blocks(chinese, 'sh').map(plain).join() === blocks(english, 'sh').map(plain).join();
      // The README shows the console, too, whose pictures are in English; its Chinese twin is shorter.
      const asMuch = path === 'README.md' || (pictures(chinese ?? '') === pictures(english) && sameFigures(chinese ?? '', english));
      if (!same || !asMuch) wrong.push(path);
    }
    expect(wrong).toEqual([]);
    const packs = (text: string, heading: string) => text.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
    const english = packs(pages.get('CONTRIBUTING.md')!, 'Add a pack in ten minutes');
    expect(sameFigures(packs(pages.get('docs/zh/CONTRIBUTING.md')!, '十分钟编写一个知识包'), english)).toBe(true);
  });

  it('has every word of the glossary in Chinese', () => {
    const words = rows(pages.get('GLOSSARY.md')!).flatMap((line) =>
      [...line.split(' | ')[0]!.matchAll(/\*\*(.+?)\*\*/g)].map(([, word]) => word),
    );
    const told = rows(pages.get('docs/zh/GLOSSARY.md')!)
      .filter((line) => line.startsWith('| **'))
      .flatMap((line) => line.split(' | ')[1]!.split(', '));
    expect(told.toSorted()).toEqual(words.toSorted());
  });

  it('names only commands, flags and settings that there are', async () => {
    const sources = (await readdir(join(root, 'cli/src/program'))).map((file) => readFile(join(root, 'cli/src/program', file), 'utf8'));
    const command = (await Promise.all(sources)).join();
    const variables = (prefix: string, keys: string[]) =>
      keys.map((key) => `${prefix}_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`);
    const settings = new Set([
      // Of the models, wherever they are fetched.
      'WAYSIDE_OFFLINE',
      ...variables('WAYSIDE', Object.keys(config.shape)),
      ...variables('WAYSIDE_HUB', Object.keys(hubConfig.shape)),
    ]);
    const unknown: string[] = [];
    for (const [path, text] of pages) {
      // What is measured and proved, and a device's own program, have variables and flags of their own.
      if (/benchmarks|reliability|conformance|sdk-c\/|^CONTRIBUTING/.test(path)) continue;
      for (const [, name = '', rest = ''] of text.matchAll(/(?:npm run wayside -- |`wayside |bin\/wayside )([a-z]+)([^\n`]*)/g)) {
        if (!command.includes(`.command('${name}`)) unknown.push(`${path}: ${name}`);
        for (const [flag] of rest.matchAll(/--[a-z][a-z-]+/g))
          if (!command.includes(flag) && !foreignFlags.includes(flag)) unknown.push(`${path}: ${flag}`);
      }
      for (const [, flag = ''] of text.matchAll(/`(--[a-z][a-z-]+)/g))
        if (!command.includes(flag) && !foreignFlags.includes(flag)) unknown.push(`${path}: ${flag}`);
      for (const [name] of text.matchAll(/WAYSIDE_[A-Z_]+/g)) if (!settings.has(name)) unknown.push(`${path}: ${name}`);
    }
    expect(unknown).toEqual([]);
  });

  it.each([
    ['join-a-broker', mappingFile],
    ['read-a-plant', mappingFile],
    ['read-a-vehicle', mappingFile],
    ['read-a-controller', controllersFile],
  ] as const)('has a file in %s that is taken as it stands', (page, schema) => {
    const files = ['docs/how-to', 'docs/zh/how-to'].flatMap((folder) => blocks(pages.get(`${folder}/${page}.md`)!, 'yaml'));
    expect(files).toHaveLength(2);
    for (const file of files) expect(schema.safeParse(parse(file)).error).toBeUndefined();
  });

  it('tells every setting of an edge and of a hub as its schema does (npm run docs:settings writes it anew)', () => {
    expect(pages.get('docs/reference/settings.md')).toBe(settingsPage('en'));
    expect(pages.get('docs/zh/reference/settings.md')).toBe(settingsPage('zh'));
  });

  it('tells what is heard within a sentence as the packs list it, with an example that is taken as it stands', () => {
    const page = pages.get('docs/reference/cues.md')!;
    expect(page).toBe(cuesPage('en'));
    expect(pages.get('docs/zh/reference/cues.md')).toBe(cuesPage('zh'));
    const example = phraseFile.parse({ language: 'en', intents: {}, ...parse(blocks(page, 'yaml')[0]!) });
    expect(Object.keys(example.cues).every(isCue)).toBe(true);
  });

  it('tells what one device may do as the constants have it, in the words the log has', async () => {
    expect(pages.get('docs/reference/limits.md')).toBe(limitsPage('en'));
    expect(pages.get('docs/zh/reference/limits.md')).toBe(limitsPage('zh'));
    for (const { says, in: file } of limits) if (file) expect(await readFile(join(root, file), 'utf8')).toContain(says);
  });
});

/** Of every program, of what makes a device, of pip, and of Kuksa's databroker. */
const foreignFlags = ['--help', '--language', '--only-binary', '--enable-viss'];
/** Where the Chinese page of an English one lies. */
const twinOf = (path: string) =>
  path === 'README.md' ? 'README.zh.md' : path.startsWith('docs/') ? path.replace('docs/', 'docs/zh/') : `docs/zh/${path}`;
/** Whether two texts name the same figures, however often, with or without a comma at the thousands. */
const sameFigures = (one: string, other: string) => {
  const told = (text: string) => [...new Set(figures(text).map((figure) => figure.replaceAll(',', '')))].toSorted().join();
  return told(one) === told(other);
};
const plain = (block: string) => block.replace(/\s+#.*$/gm, '');

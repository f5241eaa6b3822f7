import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCatalog, modelEntry, readCatalog, shippedCatalog, source } from './catalog.ts';

describe('the catalog', () => {
  it('is as its schema says, which no start looks at again', () => expect(checkCatalog(shippedCatalog)).toEqual(readCatalog()));

  it('names for each model a licence and a source it can be fetched from', () => {
    for (const entry of readCatalog()) {
      expect(entry.licence.spdx).toMatch(/^[\w.-]+$/);
      expect(entry.sources.length).toBeGreaterThan(0);
    }
  });

  it('fetches by default only what comes from a package, in an exact version, under a licence that lets anybody use it', () => {
    const defaults = readCatalog().filter((entry) => entry.default);
    expect(defaults.map((entry) => entry.of ?? entry.id)).toEqual(
      expect.arrayContaining([
        'smollm2-135m-instruct',
        'multilingual-e5-small',
        'moonshine-base-en',
        'silero-vad',
        'wake-features',
        'flite',
        'kokoro-en',
        'kokoro-zh',
      ]),
    );
    for (const { id, sources, licence } of defaults) {
      expect(['npm', 'pypi'], id).toContain(sources[0]!.kind);
      expect(['Apache-2.0', 'MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'MIT-Festival'], id).toContain(licence.spdx);
    }
  });

  it('prefers a model that speaks English and Chinese', () => {
    expect(readCatalog()[0]!.languages).toEqual(['en', 'zh']);
  });

  it('lets nothing through that could be taken for an option or lead out of a package', () => {
    const good = { kind: 'npm', package: '@me/tiny', version: '1.0.0', path: 'weights/tiny.gguf' };
    expect(source.safeParse(good).success).toBe(true);
    for (const change of [
      { package: '--registry=x' },
      { package: 'a b' },
      { version: 'latest' },
      { version: '^1.0.0' },
      { path: '../x' },
      { path: '/x' },
      { path: 'a/../../x' },
    ]) {
      expect(source.safeParse({ ...good, ...change }).success).toBe(false);
    }
    const [entry] = readCatalog();
    for (const change of [{ file: '../x' }, { file: 'a/b' }, { id: '..' }, { sha256: 'abc' }, { bytes: 0 }]) {
      expect(modelEntry.safeParse({ ...entry, ...change }).success).toBe(false);
    }
  });

  it('says what is wrong with a catalog that is not valid', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'wayside-catalog-')), 'catalog.json');
    const [entry] = readCatalog();
    writeFileSync(path, JSON.stringify({ models: [entry, entry] }));
    expect(() => checkCatalog(path)).toThrow(/ids must differ/);
    for (const which of [undefined, true]) {
      writeFileSync(path, JSON.stringify({ models: ['one', 'two'].map((id) => ({ ...entry, id, default: which })) }));
      expect(() => checkCatalog(path)).toThrow(/exactly one/);
    }
    writeFileSync(path, JSON.stringify({ models: [{ ...entry, licence: undefined }] }));
    expect(() => checkCatalog(path)).toThrow(/licence/);
  });
});

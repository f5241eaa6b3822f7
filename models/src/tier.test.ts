import { describe, expect, it } from 'vitest';
import { readCatalog } from './catalog.ts';
import type { ListedModel } from './models.ts';
import { decideEmbedder, decideTier } from './tier.ts';

const catalog = readCatalog();
const present = (...ids: string[]): ListedModel[] => catalog.map((entry) => ({ ...entry, added: false, present: ids.includes(entry.id) }));
const big = { memoryBytes: 8e9, cores: 4 };
const [qwen, smol] = ['qwen2.5-coder-0.5b-instruct', 'smollm2-135m-instruct'];

describe('decideTier', () => {
  it.each([
    ['no model is here', { ...big, models: present() }, 'lite', undefined],
    ['both are here', { ...big, models: present(qwen, smol) }, 'standard', qwen],
    ['memory is enough for the small one only', { ...big, memoryBytes: 1.2e9, models: present(qwen, smol) }, 'standard', smol],
    ['memory is enough for none', { ...big, memoryBytes: 0.5e9, models: present(qwen, smol) }, 'lite', undefined],
    ['there is one core', { ...big, cores: 1, models: present(qwen) }, 'lite', undefined],
    ['a person wants the small one', { ...big, models: present(qwen, smol), wanted: smol }, 'standard', smol],
    ['a person wants none', { ...big, models: present(qwen), wanted: 'none' }, 'lite', undefined],
    ['a person wants one that is not here', { ...big, models: present(smol), wanted: qwen }, 'standard', smol],
  ])('when %s', (_, machine, tier, generator) => {
    const decision = decideTier(machine);
    expect(decision).toMatchObject({ tier, ...(generator ? { generator } : {}) });
    expect(decision.reason.en).toMatch(/\.$/);
    expect(decision.reason.zh).toMatch(/。$/);
  });

  it('prefers a model that a person added', () => {
    const own: ListedModel = { ...catalog[2]!, id: 'own', added: true, present: true };
    expect(decideTier({ ...big, models: [...present(qwen), own] }).generator).toBe('own');
  });
});

describe('decideEmbedder', () => {
  const e5 = 'multilingual-e5-small';
  it.each([
    ['it is here', { ...big, models: present(e5) }, e5],
    ['it is not here', { ...big, models: present(smol) }, undefined],
    ['memory is short', { memoryBytes: 0.7e9, models: present(e5) }, undefined],
    ['the lite tier was asked for', { ...big, models: present(e5), wanted: 'none' }, undefined],
  ])('when %s', (_, machine, embedder) => expect(decideEmbedder(machine)).toBe(embedder));
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPack, packsRoot } from '@wayside/packs';
import { describe, expect, it } from 'vitest';

/** COVESA VSS 6.0 as one JSON tree; it is not part of the project (MPL-2.0), so it is read where the public sets lie beside it. */
const tree = fileURLToPath(new URL('../../../shared/data/vss/vss_release_6.0.json', import.meta.url));

type Node = { children?: Record<string, Node>; datatype?: string; unit?: string; min?: number; max?: number; allowed?: string[] };

function leavesOf(nodes: Record<string, Node>, above = ''): Map<string, Node> {
  const found = new Map<string, Node>();
  for (const [name, node] of Object.entries(nodes)) {
    const path = above ? `${above}.${name}` : name;
    if (node.children) for (const [leaf, one] of leavesOf(node.children, path)) found.set(leaf, one);
    else found.set(path, node);
  }
  return found;
}

const typeOf = (datatype = '') => (datatype === 'boolean' || datatype === 'string' ? datatype : 'number');

describe.skipIf(!existsSync(tree))(`the vehicle pack's signals (skipped without ${tree.split('/').slice(-4).join('/')})`, () => {
  it('are paths of VSS 6.0, with its units, types, states and limits', async () => {
    const leaves = leavesOf(JSON.parse(readFileSync(tree, 'utf8')));
    const { thing, derived } = await loadPack(join(packsRoot, 'vehicle'));
    // What the pack derives from them has names of its own.
    const ours = new Set(derived.map(({ name }) => name));
    for (const [path, signal] of Object.entries(thing.signals)) {
      if (ours.has(path)) continue;
      const leaf = leaves.get(path);
      expect(leaf, path).toBeDefined();
      expect(signal.unit, path).toBe(leaf?.unit);
      expect(signal.type, path).toBe(typeOf(leaf?.datatype));
      if (leaf?.allowed) expect(new Set(signal.states), path).toEqual(new Set(leaf.allowed));
      if (leaf?.min !== undefined && signal.min !== undefined) expect(signal.min, path).toBe(leaf.min);
      if (leaf?.max !== undefined && signal.max !== undefined) expect(signal.max, path).toBe(leaf.max);
    }
  });
});

import { canonicalUnit, conversion, type Signal, type Value } from '@wayside/protocol';
import { type Tell, untold } from './adapters/passed-over.ts';

/**
 * A leaf of a vehicle's tree that has a value: how it is described, how its text is read, and how a value is said there; undefined for a sensor, and for what does
 * not fit.
 */
export type Leaf = { path: string; signal: Signal; read(text: unknown): Value | undefined; write(value: Value): string | undefined };

const most = { leaves: 1_000, depth: 24, text: 256 };
const numeric = /^(u?int(8|16|32|64)|float|double)$/;
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The sensors and actuators of the tree that a server of VISS version 2 gives for the filter `static-metadata` (W3C, "VISS version 2 — Core", clause 7.3; the
 * tree is COVESA VSS). Lists and attributes are passed over, and so is what a tree holds beyond a thousand leaves.
 * @param tell told of each that is passed over, by its path, and why
 */
export function leavesOf(metadata: unknown, tell: Tell = untold): Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (nodes: unknown, above: string, depth: number): void => {
    if (!isObject(nodes) || depth > most.depth) return;
    for (const [name, node] of Object.entries(nodes)) {
      if (!isObject(node)) continue;
      if (leaves.length >= most.leaves) {
        tell('Vehicle', `its tree has more than ${most.leaves} signals`);
        return;
      }
      const path = above === '' ? name : `${above}.${name}`;
      if (node.type === 'branch') visit(node.children, path, depth + 1);
      else if (node.type === 'sensor' || node.type === 'actuator') {
        const leaf = leafOf(path, node);
        if (leaf) leaves.push(leaf);
        else tell(path, `a ${String(node.datatype).slice(0, 40)} is not read`);
      }
    }
  };
  visit(metadata, '', 0);
  return leaves;
}

function leafOf(path: string, { type, datatype, unit: told, description, allowed }: Record<string, unknown>): Leaf | undefined {
  // Only an actuator can be set (COVESA VSS, "Data entry").
  const settable = type === 'actuator';
  const title = (typeof description === 'string' && description !== '' ? description : path).slice(0, 200);
  if (datatype === 'boolean')
    return {
      path,
      signal: { title, type: 'boolean' },
      read: (text) => (text === 'true' || text === true ? true : text === 'false' || text === false ? false : undefined),
      write: (value) => (settable && typeof value === 'boolean' ? String(value) : undefined),
    };
  if (datatype === 'string') {
    const states =
      Array.isArray(allowed) && allowed.length <= 64 ? allowed.filter((one) => typeof one === 'string').map((one) => one.slice(0, 64)) : [];
    return {
      path,
      signal: { title, type: 'string', ...(states.length > 0 ? { states } : {}) },
      read: (text) => (typeof text === 'string' ? text.slice(0, most.text) : undefined),
      write: (value) => (settable && typeof value === 'string' && (states.length === 0 || states.includes(value)) ? value : undefined),
    };
  }
  if (typeof datatype !== 'string' || !numeric.test(datatype)) return undefined;
  const unit = typeof told === 'string' && told !== '' ? canonicalUnit(told).slice(0, 32) : undefined;
  const turn = unit === undefined ? undefined : conversion(told as string, unit);
  const back = unit === undefined ? undefined : conversion(unit, told as string);
  const isWhole = datatype.includes('int');
  return {
    path,
    signal: { title, type: 'number', ...(unit ? { unit } : {}) },
    read(text) {
      // All values are text there (clause 5.1.2).
      const number = text === '' || text === null ? Number.NaN : Number(text);
      return Number.isFinite(number) ? (turn?.(number) ?? number) : undefined;
    },
    write(value) {
      if (!settable || typeof value !== 'number') return undefined;
      const number = back?.(value) ?? value;
      return String(isWhole ? Math.round(number) : number);
    },
  };
}

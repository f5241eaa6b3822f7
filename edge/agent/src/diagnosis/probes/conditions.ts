import type { Condition } from '@wayside/packs';
import type { Cell } from './probe.ts';

/** A test that every condition holds on the newest values; one never heard does not hold. Undefined when there is nothing to test. */
export function compileConditions(conditions: readonly Condition[], cellOf: (signal: string) => Cell): (() => boolean) | undefined {
  if (conditions.length === 0) return undefined;
  const tests = conditions.map((condition) => compile(condition, cellOf(condition.signal)));
  return () => {
    for (const test of tests) if (!test()) return false;
    return true;
  };
}

function compile({ above, below, is, isNot }: Condition, cell: Cell): () => boolean {
  if (above !== undefined) return () => typeof cell.value === 'number' && cell.value > above;
  if (below !== undefined) return () => typeof cell.value === 'number' && cell.value < below;
  if (is !== undefined) return () => cell.value === is;
  return () => cell.value !== undefined && cell.value !== isNot;
}

import type { Value } from '@wayside/protocol';
import type { Cell, Probe } from './probe.ts';

/** Shows while the newest value is one of these. */
export class InState implements Probe {
  readonly timeless = true;
  private readonly states: readonly Value[];
  private readonly cell: Cell;

  constructor(states: readonly Value[], cell: Cell) {
    this.states = states;
    this.cell = cell;
  }

  judge(): boolean | undefined {
    return this.cell.value === undefined ? undefined : this.states.includes(this.cell.value);
  }

  reset(): void {}

  save(): null {
    return null;
  }

  load(): void {}
}

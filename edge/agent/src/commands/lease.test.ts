import { expect, it } from 'vitest';
import { createLeases, type Leased } from './lease.ts';

const command = { command: 'c_1', thing: 'car-1', action: 'lights', args: { on: true, level: 2 } };
let clock = 0;
const leases = () => createLeases(() => clock);

it('is good once', () => {
  const room = leases();
  const nonce = room.grant(command);
  expect(nonce).toMatch(/^[\w-]{22}$/);
  expect(room.take({ ...command, args: { level: 2, on: true } })).toBe(nonce);
  expect(room.take(command)).toBeUndefined();
});

it('is for exactly what was agreed to, and gone with the first try at something else', () => {
  const others: Partial<Leased>[] = [
    { thing: 'car-2' },
    { action: 'horn' },
    { args: { on: false, level: 2 } },
    { args: { on: true } },
    { args: {} },
    { command: 'c_2' },
  ];
  for (const other of others) {
    const room = leases();
    room.grant(command);
    expect(room.take({ ...command, ...other }), JSON.stringify(other)).toBeUndefined();
    if (!('command' in other)) expect(room.take(command)).toBeUndefined();
  }
});

it('runs out after a minute of the monotonic clock, and is known to no other process', () => {
  const room = leases();
  room.grant(command);
  clock += 59_999;
  expect(leases().take(command)).toBeUndefined();
  expect(room.take(command)).toBeDefined();
  room.grant(command);
  clock += 60_000;
  expect(room.take(command)).toBeUndefined();
});

it('has a nonce of its own each time', () => {
  const room = leases();
  expect(new Set(Array.from({ length: 1_000 }, () => room.grant(command))).size).toBe(1_000);
});

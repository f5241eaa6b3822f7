import { canonicalUnit, conversion } from '@wayside/protocol';

const asIs = (value: number) => value;

/** A number in this house's unit for what its maker calls `unit`, and back. A unit nobody knows stays as it is. */
export function inOurUnit(unit: string | undefined): { unit?: string; turn(value: number): number; back(value: number): number } {
  if (unit === undefined) return { turn: asIs, back: asIs };
  const canonical = canonicalUnit(unit);
  return { unit: canonical.slice(0, 32), turn: conversion(unit, canonical) ?? asIs, back: conversion(canonical, unit) ?? asIs };
}

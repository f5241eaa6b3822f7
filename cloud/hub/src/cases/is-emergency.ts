import type { Handoff } from '@wayside/contract';

/** Did the person tell of an emergency, when it was handed over or since? Then what is still safe for the machine's faults is no answer. */
export const isEmergency = ({ rule, raised }: Pick<Handoff, 'rule' | 'raised'>): boolean =>
  rule.id === 'emergency' || raised?.rule.id === 'emergency';

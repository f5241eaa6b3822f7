import type { CaseView } from '../api/types.ts';

/** Did the person tell of an emergency, when it was handed over or since? */
export const isEmergency = ({ rule, raised }: CaseView['handoff']): boolean => rule.id === 'emergency' || raised?.rule.id === 'emergency';

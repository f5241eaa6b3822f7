import type { FaultReport } from '@wayside/contract';
import type { Action, Localized, Signal, Value } from '@wayside/protocol';
import type { z } from 'zod';
import type { Answer, guidedStep, turnAnswered } from '../api/types.ts';
import type { Effect } from './policy.ts';
import type { SessionState } from './state.ts';

export type GuidedStep = z.infer<typeof guidedStep>;

/** A thing as the conversation sees it. */
export type TalkedAbout = {
  id: string;
  title: string;
  family: string;
  signals: Record<string, Signal>;
  actions: Record<string, Action>;
  /** The newest value of a signal, whatever its quality. */
  latest(signal: string): { value: Value; observedAt: number } | undefined;
};

/** What came of one utterance. Nothing of it is stored yet; that is the caller's single transaction. */
export type Responded = {
  understanding: z.infer<typeof turnAnswered>['understanding'];
  answer: Answer;
  state: SessionState;
  /** Active faults of the thing talked about, as they stand with what was just told. */
  faults: FaultReport[];
  sentiment: number;
  handoff: { effect: Effect; rule: { id: string; because: Localized; measures: Record<string, number> } } | null;
  observations: { thing: string; observation: string; answer: 'yes' | 'no' | 'unsure' }[];
  stepTried?: { procedure: string; step: string; outcome: 'done' | 'skipped' | 'failed' };
};

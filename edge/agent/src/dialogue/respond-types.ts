import type { ConsentReport, FaultReport, Handoff, Route } from '@wayside/contract';
import type { Effect } from '@wayside/packs';
import type { Action, Signal } from '@wayside/protocol';
import type { z } from 'zod';
import type { Answer, guidedStep, turnAnswered } from '../api/types.ts';
import type { Command } from '../commands/command.ts';
import type { Reading } from '../commands/interlock.ts';
import type { Step } from '../repair/repairs.ts';
import type { Mood } from './feelings/mood.ts';
import type { SessionState } from './state.ts';

export type GuidedStep = z.infer<typeof guidedStep>;

/** A thing as the conversation sees it. */
export type TalkedAbout = {
  id: string;
  title: string;
  family: string;
  /** Where it stands, as its owner or maker wrote it. */
  location?: string | undefined;
  maker?: string | undefined;
  model?: string | undefined;
  firmware?: string | undefined;
  signals: Record<string, Signal>;
  actions: Record<string, Action>;
  /** The newest value of a signal, whatever its quality. */
  latest(signal: string): Reading | undefined;
  online: boolean;
  /** It only tells, and hears no command. */
  onlyTells?: boolean;
  /** A command of it is under way. */
  busy: boolean;
};

/** What is to happen to a command once the turn is stored. `consent`: agreed to by this very turn. */
export type CommandAct =
  | { kind: 'keep'; command: Command; consent?: ConsentReport['how'] }
  | { kind: 'consent'; command: string }
  | { kind: 'cancel'; command: string };

/** What came of one utterance. Nothing of it is stored yet; that is the caller's single transaction. */
export type Responded = {
  understanding: z.infer<typeof turnAnswered>['understanding'];
  answer: Answer;
  state: SessionState;
  /** Active faults of the thing talked about, as they stand with what was just told. */
  faults: FaultReport[];
  /** −1 to 1; null where it may not be read. */
  sentiment: number | null;
  /** How the conversation feels now: for memory only. */
  mood: Mood;
  /** What the policy's rules looked at, as it may be kept. */
  measured: { family?: string; kind?: string; measures: Record<string, number> };
  handoff: { effect: Effect; rule: Handoff['rule'] } | null;
  /** Who takes the request, and why. */
  route: Route;
  observations: { thing: string; observation: string; answer: 'yes' | 'no' | 'unsure' }[];
  stepTried?: { thing: string; procedure: string; step: string; outcome: 'done' | 'skipped' | 'failed' };
  command?: CommandAct;
  repair?: Step;
};

/** A line of the agent that nobody asked for at that moment, and what follows from it. `calls`: a person takes over, and why. */
export type Unasked = { answer: Answer; state?: SessionState; calls?: Handoff['rule'] } & Pick<Responded, 'stepTried' | 'repair'>;

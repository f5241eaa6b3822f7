import type { CommandReport, DtcReport, FaultReport, RepairReport } from '@wayside/contract';
import type { Called, Pack, PolicyOutcome } from '@wayside/packs';
import type { WhyNot } from '../../commands/propose.ts';
import type { Diagnosis } from '../../diagnosis/diagnose.ts';
import type { Progress } from '../../repair/progress.ts';
import type { TalkedAbout } from '../respond-types.ts';
import type { SessionState } from '../state.ts';
import type { Understanding } from '../understand/understand.ts';

/** All that is looked at to decide what a turn comes to. */
export type Situation = {
  session: string;
  person: string | undefined;
  /** Why they may not agree to a command of some risk. */
  whyNot: WhyNot;
  /** Epoch ms. */
  now: number;
  understanding: Understanding;
  state: SessionState;
  /** What was said. */
  text: string;
  thing: TalkedAbout | undefined;
  /** Machines that the sentence names and does not tell apart. */
  unclear: readonly TalkedAbout[];
  pack: Pack | undefined;
  faults: readonly FaultReport[];
  elsewhere: readonly FaultReport[];
  diagnosis: Diagnosis;
  dtcs: readonly DtcReport[];
  policy: PolicyOutcome | null;
  called: Called;
  /** Where this person is in a procedure on this thing. */
  progress: Progress | undefined;
  /** Repairs of this thing that are being watched, and the one decided last. */
  watched: readonly RepairReport[];
  decided: RepairReport | undefined;
  /** A command of this conversation that waits for a yes, one that is being carried out, and the last that can be taken back. */
  pending: CommandReport | undefined;
  underWay: CommandReport | undefined;
  undoable: CommandReport | undefined;
};

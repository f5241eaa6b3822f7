import type { DtcReport, FaultReport } from '@wayside/contract';
import type { Unexplained } from '../../diagnosis/diagnose.ts';
import type { Passage } from '../../knowledge/knowledge.ts';
import type { TalkedAbout } from '../respond-types.ts';
import type { Complaint } from '../understand/complaint.ts';
import type { CommandMove } from './decide-command.ts';
import type { ComponentMove } from './decide-component.ts';
import type { MidwayMove } from './decide-midway.ts';
import type { PastMove } from './decide-past.ts';
import type { RepairMove } from './decide-repair.ts';
import type { UnheardMove } from './decide-unheard.ts';
import type { MayComeFrom } from './may-come-from.ts';

/** What is no question about a machine, and is answered decently. */
const smallTalk = [
  'hello',
  'thanks',
  'bye',
  'abilities',
  'identity',
  'elsewhere',
  'said-before',
  'privacy',
  'language',
  'abuse',
  'self-harm',
  'health',
  'waits',
  'cost',
  'how-long',
  'place',
  'ring',
  'remind',
  'parts',
] as const;
export type SmallTalk = (typeof smallTalk)[number] | 'acknowledged';
export const isSmallTalk = (intent: string): intent is (typeof smallTalk)[number] => (smallTalk as readonly string[]).includes(intent);

/** What else whoever asks whether it may go on wants to know: whether it must stop, or both ways round, or what comes of it where nothing is done. */
export type SafeAsked = 'off' | 'either' | 'untreated';

/** What to do with the turn. Says nothing about words; `answer` finds those. */
export type Move = PlainMove & {
  /** How what the person thinks it is stands, said first. */
  guess?: 'likely' | 'possible' | 'unlikely';
};

type PlainMove =
  /** People may be in danger: what to do now, then a person, whatever the machine says. `again`: it was told of before, and something else is asked now. */
  | { kind: 'emergency'; hazard: string; heard: string; again?: true }
  /** There may be danger: whether it is so, and what to do if it is; `said` is understood anew when it is not. */
  | { kind: 'ask-danger'; hazard: string; said: string }
  /** `already`: somebody is on the way; `visit`: they want them at the machine. */
  | { kind: 'handoff'; asked: boolean; already?: boolean; visit?: boolean }
  | { kind: 'explain-fault'; fault: FaultReport; others: FaultReport[] }
  | { kind: 'list-faults'; faults: FaultReport[]; dtcs: DtcReport[] }
  | { kind: 'safe-answer'; fault: FaultReport | undefined; asked?: SafeAsked }
  /** `shows`, here and below: signals that say how what was complained of stands. */
  /** `notices`: signs that who asks what is wrong may have noticed, the likeliest first. */
  | { kind: 'all-well'; elsewhere: FaultReport[]; shows?: readonly string[]; notices?: readonly string[] }
  /** Asked whether it is safe while something shows whose cause is not clear; `worst` is the gravest fault it could be. */
  | { kind: 'safe-unclear'; worst: string | undefined }
  /** Something shows, and no known cause is likely enough to be named as the one. */
  | { kind: 'suspect'; candidates: string[]; unexplained: readonly Unexplained[]; shows?: readonly string[] }
  /** Nothing shows but codes that the machine has yet to confirm, and the faults they point to. */
  | { kind: 'unconfirmed'; codes: readonly DtcReport[]; candidates: string[] }
  /** Complained of what was or was not done for them; `fault`: what shows now. */
  | { kind: 'complaint'; about: Complaint; fault: FaultReport | undefined }
  /** It is not sure which sign of the machine was told of: these one or two are likely, or these are of the kind that was told of. */
  | { kind: 'which-sign'; signs: readonly string[] }
  /** Several machines are called so, and it was not said which is meant; `said`: what is wished of it. */
  | { kind: 'which-thing'; things: readonly TalkedAbout[]; said: string }
  /** Asked whether something may be done by hand; `handling` where the pack speaks of it. */
  | { kind: 'may'; handling: string }
  /** `midst`: of a question, a proposal or a step, which is what a yes is then for. */
  | { kind: 'may-unknown'; midst: boolean }
  /** Asked what words of the trade mean; two where their difference is asked. */
  | { kind: 'term'; terms: readonly string[] }
  | { kind: 'unwatched' }
  | { kind: 'no-thing' }
  /** `signals`: of a part, several at once. */
  | { kind: 'read-signal'; signal: string; signals?: readonly string[] }
  | ComponentMove
  | { kind: 'explain-dtc'; code: string }
  | ({ kind: 'noted'; answer: 'yes' | 'no' | 'unsure'; observation: string; fault: FaultReport | undefined } & MayComeFrom)
  | PastMove
  | RepairMove
  | MidwayMove
  | CommandMove
  /** `beside`: the machine has another fault, of which nobody was told yet; `leave`: asked was whether something may be done by hand. */
  | { kind: 'passages'; passages: Passage[]; beside?: FaultReport; leave?: true }
  | UnheardMove
  | { kind: 'repeat' }
  /** Once more, shorter; `fault`: what shows. */
  | { kind: 'simpler'; fault: FaultReport | undefined }
  /** How long the repair of this fault takes. */
  | { kind: 'takes'; fault: FaultReport }
  | { kind: 'nothing-to-undo' }
  | { kind: 'cancelled'; something: boolean; emergency: boolean }
  | { kind: 'small-talk'; talk: SmallTalk };

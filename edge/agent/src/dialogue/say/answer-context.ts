import type { AnswerPart, Citation, DtcReport, FaultReport, Preferences, Rung, SuccessRate } from '@wayside/contract';
import type { Called, Pack } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { Answer } from '../../api/types.ts';
import type { BestQuestion } from '../../diagnosis/question.ts';
import type { Test } from '../decide/decide-command.ts';
import type { Manner } from '../feelings/acknowledge.ts';
import type { Done } from '../look-back.ts';
import type { TalkedAbout } from '../respond-types.ts';

/** All that words are found from, beside the move itself. */
export type AnswerContext = {
  locale: Locale;
  /** Epoch ms. */
  now: number;
  thing: TalkedAbout | undefined;
  /** The conversation was about another thing until now, and none was named. */
  turned: boolean;
  /** The pack of a family, for titles and procedures; of the thing at hand and of others that have faults. */
  packOf(thing: string): Pack | undefined;
  things: readonly TalkedAbout[];
  /** The things that an emergency may be about. */
  placed: readonly TalkedAbout[];
  dtcs: readonly DtcReport[];
  question: BestQuestion | undefined;
  /** Instead of a question: a test that would tell more. */
  test?: Test | undefined;
  /** How to say it: with what acknowledgment, how briefly. */
  manner: Manner;
  /** Is a person on the way already? */
  called: Called;
  lastAnswer: { text: string; rung: string } | undefined;
  /** Was it said lately what may still be done despite this fault? Then it need not be said again. */
  advised(fault: FaultReport): boolean;
  /** So many sentences in a row were not understood. */
  unheard: number;
  /** Why a person takes over, or a technician looks on, when a rule decided so. */
  because: string | undefined;
  looksOn?: string | undefined;
  faults: readonly FaultReport[];
  /** What keeps people safe from what was told of this thing and still stands: a smell of petrol outweighs whatever the sensors allow. */
  mind: readonly string[];
  /** What is written on the fault that is explained. */
  article?: { id: string; title: string } | undefined;
  /** What was done with the thing before, for who complains. */
  past?: Done | undefined;
  /** How a family's procedure has done so far. */
  rate(family: string, procedure: string): SuccessRate | undefined;
  /** How this person likes figures, and how much they like to be told. */
  units: Preferences['units'];
  verbosity: Preferences['verbosity'];
  /** So many entries a list may have, for whoever has their eyes on the road. */
  atMost?: number | undefined;
};

/** What is said, and the pack's own texts it leans on (for the guard). */
export type Worded = Answer & {
  grounds: string[];
  /** That a rule brings a person, said after the answer whoever phrased it. */
  also?: string;
};

/** The parts of an answer in the order they are said. */
export type Said = {
  parts: (string | undefined)[];
  /** The first part says what is still safe. */
  safetyFirst?: boolean;
  /** What of it says what to do now (absent: what is still safe), what it is, and what that rests on: parts as they stand one after another. */
  shows?: { [kind in AnswerPart['kind']]?: (string | undefined)[] };
  rung: Rung;
  citations?: Citation[];
  grounds?: string[];
  more?: Partial<Answer>;
};

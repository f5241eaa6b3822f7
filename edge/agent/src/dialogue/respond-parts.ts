import type { CommandReport, Desk, Preferences, RepairReport, SuccessRate } from '@wayside/contract';
import type { Generator } from '@wayside/models';
import type { Called, Pack, Policy } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { WhyNot } from '../commands/propose.ts';
import type { Told, Watch } from '../diagnosis/watch.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Progress } from '../repair/progress.ts';
import type { ReadFeeling } from './feelings/feeling.ts';
import type { Mood } from './feelings/mood.ts';
import type { Grammar } from './grammar/grammar.ts';
import type { PastKnown } from './look-back.ts';
import type { TalkedAbout } from './respond-types.ts';
import type { SessionState } from './state.ts';
import type { Classify } from './understand/classify.ts';
import type { HearDanger } from './understand/hear-danger.ts';
import type { AboutOther } from './understand/other-thing.ts';
import type { Plainly } from './understand/regional.ts';
import type { Relevant } from './understand/relevant.ts';

/** What this site knows of repairs under way. */
export type RepairsKnown = {
  /** Where this person is in a procedure on a thing. */
  progress(thing: string): Progress | undefined;
  /** Repairs of a thing that are being watched. */
  watched(thing: string): RepairReport[];
  /** The one decided last, while it is news. */
  decided(thing: string): RepairReport | undefined;
  rate(family: string, procedure: string): SuccessRate | undefined;
};

/** All that an answer to one utterance rests on. */
export type RespondParts = {
  session: string;
  person?: string;
  /** Why this person may not agree to a command of some risk; absent, they may agree to all. */
  whyNot?: WhyNot;
  /** How they like to be answered. */
  preferences?: Pick<Preferences, 'units' | 'verbosity'>;
  /** Commands of this conversation: one that waits for a yes, one that is being carried out, the last that can be taken back. */
  commands: { pending?: CommandReport | undefined; underWay?: CommandReport | undefined; undoable?: CommandReport | undefined };
  repairs: RepairsKnown;
  text: string;
  state: SessionState;
  /** Epoch ms. */
  now: number;
  watch: Watch;
  past: PastKnown;
  knowledge: Pick<Knowledge, 'search' | 'bestForFault' | 'stepPicture'>;
  grammar: Grammar;
  classify?: Classify | undefined;
  aboutOther?: AboutOther | undefined;
  /** Puts words of a region as the whole language has them. */
  plainly?: Plainly | undefined;
  /** Absent where no embedder is. */
  hearDanger?: HearDanger | undefined;
  /** Absent where no embedder is. */
  relevant?: Relevant | undefined;
  /** The rules of a thing's family; of the core when it has none. */
  policyOf(family: string | undefined): Policy;
  things: readonly TalkedAbout[];
  locale: Locale;
  generator?: Generator;
  /** What is agreed with the customer, when it is known. It decides who takes a request, never what is safe. */
  customer?: Desk['customer'];
  /** How the conversation has felt so far, and what reads a sentence for it; words alone when absent. */
  mood?: Mood;
  readFeeling?: ReadFeeling;
  /** Whose wording stands where a pack has none. */
  core?: Pick<Pack, 'wording'> | undefined;
  /** Is a person on the way already? */
  called?: Called;
  /** The sentence cut short what was being said. */
  interrupts?: boolean;
  /** It came by voice. */
  spoken?: boolean;
  onToken?: (text: string) => void;
  /** Told earlier in the same utterance. */
  told?: readonly (Told & { thing: string })[];
  /** Another wish of the same utterance follows: nothing is asked or offered in between. */
  more?: boolean;
};

import type { Turn } from '@wayside/contract';
import type { Called } from '@wayside/packs';
import type { HandoffStatus, TurnAnswered } from '../api/types.ts';
import type { DeskRoom } from '../escalation/desk.ts';
import type { How } from '../escalation/escalate.ts';
import type { Db } from '../store/schema.ts';
import type { HomeCall, HomeOffered } from './home/home.ts';
import type { Responded } from './respond-types.ts';
import type { Session } from './session.ts';

/** With a technician speaking nobody decides who takes it. */
export type Quiet = Omit<Responded, 'route'> & Partial<Pick<Responded, 'route'>>;
type HandoffRule = NonNullable<Responded['handoff']>['rule'];

/** `id`: the same twice is one turn. `voice`: it was spoken. `home`: what the client itself controls. `sounds`: whose voice it is; only how they like answers follows from it. */
export type Utterance = {
  text: string;
  id?: string;
  interrupts?: boolean;
  voice?: NonNullable<Turn['voice']>;
  home?: HomeOffered | undefined;
  sounds?: string | undefined;
};

export type TurnParts = {
  db: Db;
  now: () => number;
  /** Works out what to say; writes nothing. */
  respond(
    session: Session,
    ask: { text: string; turn: string; interrupts: boolean; spoken: boolean; sounds?: string | undefined },
    called: Called,
  ): Promise<Responded>;
  /** True while a technician is in this conversation and can be reached: then the agent does not talk over them. */
  technicianListens(handoff: HandoffStatus | null): boolean;
  /** Danger to somebody: told what to do at once, whoever is in the conversation. */
  hearsEmergency(session: Session, text: string): boolean;
  /** What the client is to do in the home it controls; undefined where the sentence is about a machine of ours, or nothing there is meant. */
  inHome(session: Session, text: string, home: HomeOffered): Promise<HomeCall | undefined>;
  /** Can the hub be reached now? Only decides what is said about a handoff. */
  hubIsThere(): boolean;
  /** Who is there to help, where there is something to say of it. */
  deskNote: DeskRoom['note'];
  /** Packs and keeps a handoff in the given transaction. */
  handOff(tx: Db, session: Session, rule: HandoffRule, how: How): Promise<HandoffStatus>;
  /** Makes an open handoff ask for more, in the given transaction: more urgently, or to take over. */
  raise(tx: Db, session: Session, open: HandoffStatus, rule: HandoffRule, how: How): Promise<HandoffStatus>;
  /** Keeps what the turn does to commands and repairs, in its transaction. The returned act makes it so, after the commit. */
  learn(tx: Db, session: Session, responded: Pick<Responded, 'command' | 'repair'>): Promise<() => void>;
  /** After the commit: something new to show and to send. */
  onStored(
    turns: Turn[],
    answered: TurnAnswered,
    learned: Pick<Responded, 'observations' | 'mood'> & { handoff: HandoffStatus | null },
  ): void;
};

import type { FaultReport } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Events } from '../events.ts';
import type { HandoffStatus, Status, ThingView, Transcript, TurnAnswered } from './types.ts';

/** What the HTTP door needs of the house. `agent.ts` hands it in; the door decides nothing. */
export type Site = {
  events: Events;
  openSession(ask: { channel: string; locale: Locale; person?: string; thing?: string }): Promise<string>;
  takeTurn(session: string, turn: { text: string; id?: string }): Promise<TurnAnswered>;
  handOff(session: string): Promise<HandoffStatus>;
  transcript(session: string): Promise<Transcript>;
  seen(session: string, reply: string): Promise<void>;
  things(): ThingView[];
  faults(): FaultReport[];
  samples(
    thing: string,
    signal: string,
    from: number,
    to: number,
  ): Promise<{ unit?: string; points: [number, string | number | boolean][] }>;
  article(id: string, locale: Locale): Promise<{ id: string; locale: Locale; title: string; body: string; sources: string[] }>;
  status(): Promise<Status>;
  metrics(): Promise<{ contentType: string; body: string }>;
  healthy(): Promise<boolean>;
};

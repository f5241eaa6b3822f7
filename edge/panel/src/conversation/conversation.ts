import { backoff } from '../api/backoff.ts';
import type { Edge } from '../api/edge.ts';
import { openStream, type StreamOptions } from '../api/stream.ts';
import type { CommandView, HandoffStatus, Locale, PastSession, SessionEvent, Transcript, TurnAnswered } from '../api/types.ts';
import { emptyHistory, type History, type HistoryEvent, remember } from './history.ts';
import { adoptUnnamed, type Kept, readKept, writeKept } from './kept.ts';

export type ConversationOptions = {
  edge: Edge;
  store: Pick<Storage, 'getItem' | 'setItem'>;
  /** The thing it is about; empty for none in particular. */
  thing: string;
  /** Somebody has said who they are: their newest conversation about this thing, wherever it was begun, is the one that goes on. */
  resumes?: boolean;
  locale: () => Locale;
  now: () => number;
  newId: () => string;
  stream?: (options: StreamOptions) => () => void;
  wait?: (ms: number) => Promise<void>;
};

/** What a person sees of a conversation. */
export type ConversationView = History & { askingPerson: boolean; busy: boolean; session: string | undefined };

const streamPatienceMs = 500;
/** A conversation that rested so long is over: the next word begins another. */
const resumableMs = 12 * 3_600_000;
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * One conversation with the edge about one thing. What is said is kept in the browser first and sent in order until the edge
 * acknowledges it, with the same id each time; a session the edge has forgotten is replaced by a new one.
 */
export class Conversation {
  private readonly options: Required<ConversationOptions>;
  private readonly listeners = new Set<() => void>();
  private history: History = emptyHistory;
  private kept: Kept;
  private view: ConversationView;
  private running = false;
  private closeStream = () => {};
  private sending = false;
  private asking = false;
  private opening: Promise<string | undefined> | undefined;
  private readonly seen = new Set<string>();
  private wakes: (() => void)[] = [];

  constructor(options: ConversationOptions) {
    this.options = { stream: openStream, wait: sleep, resumes: false, ...options };
    adoptUnnamed(options.store, options.thing);
    this.kept = readKept(options.store, options.thing);
    for (const line of this.kept.outgoing) this.history = remember(this.history, { event: 'said', data: line });
    this.view = this.look();
  }

  /** For React: the same object until something changes. */
  snapshot = (): ConversationView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes up what there is. A session is opened with the first word, not before: a screen that only hangs there says nothing. */
  start(): void {
    this.running = true;
    if (this.kept.session) this.listen(this.kept.session);
    if (this.options.resumes)
      this.opening = this.takeUp().finally(() => {
        this.opening = undefined;
      });
    void this.send();
    void this.askForPerson();
  }

  stop(): void {
    this.running = false;
    this.closeStream();
    this.hurry();
  }

  /** The edge is back: what waits goes out now, not at the next attempt. */
  hurry = (): void => {
    for (const wake of this.wakes.splice(0)) wake();
  };

  say = (text: string): void => {
    const line = { id: this.options.newId(), text: text.trim(), at: this.options.now() };
    if (!line.text) return;
    this.keep({ outgoing: [...this.kept.outgoing, line] });
    this.happened({ event: 'said', data: line });
    void this.send();
  };

  /** Asks for a technician. At once, without a question back; asking again is the same request. */
  askPerson = (): void => {
    this.keep({ wantsPerson: true });
    this.changed();
    void this.askForPerson();
  };

  /** The conversation there is, begun if need be: where a command can be proposed. Undefined while the edge does not answer. */
  session = (): Promise<string | undefined> => this.ensureSession();

  /** Agrees to a proposed command. What comes of it comes by the event stream. */
  consent = (command: string): void => void this.decide(command, 'consent');

  /** Leaves a proposed command undone. */
  decline = (command: string): void => void this.decide(command, 'cancel');

  private async decide(command: string, how: 'consent' | 'cancel'): Promise<void> {
    const { session } = this.kept;
    if (!session) return;
    const reply = await this.options.edge.post<CommandView>(`v1/sessions/${session}/commands/${encodeURIComponent(command)}/${how}`);
    if (reply.kind === 'ok') this.happened({ event: 'command', data: reply.body });
    // It was decided elsewhere or has run out: the transcript says how it stands.
    else await this.catchUp(session);
  }

  /** How it was, now that it is over; `no` when they would rather not say. */
  rate = async (rating: 'good' | 'bad' | 'no'): Promise<void> => {
    const { session } = this.kept;
    if (!session) return;
    const reply = await this.options.edge.post<HandoffStatus>(`v1/sessions/${session}/rating`, { rating });
    if (reply.kind === 'ok') this.happened({ event: 'handoff', data: reply.body });
    // It was said elsewhere meanwhile.
    else await this.catchUp(session);
  };

  /** Leaves an empty conversation behind so that the next word opens one in the language now chosen. */
  languageChanged(): void {
    if (this.history.lines.length > 0 || this.history.handoff) return;
    this.forget(this.kept.session);
  }

  /** Tells the technician that their reply is on the screen. */
  markSeen = (turn: string): void => {
    if (this.seen.has(turn) || !this.kept.session) return;
    this.seen.add(turn);
    void this.options.edge.post(`v1/sessions/${this.kept.session}/seen/${encodeURIComponent(turn)}`);
  };

  private listen(session: string, onOpen = () => {}): void {
    this.closeStream();
    if (!this.running) return;
    this.closeStream = this.options.stream({
      url: this.options.edge.url(`v1/sessions/${session}/events`),
      events: ['turn', 'handoff', 'token', 'command', 'outcome'],
      onEvent: (event, data) => this.happened({ event, data } as SessionEvent),
      onOpen: () => {
        onOpen();
        void this.catchUp(session);
      },
      onLost: () => void this.catchUp(session),
    });
  }

  private async catchUp(session: string): Promise<void> {
    const reply = await this.options.edge.get<Transcript>(`v1/sessions/${session}`);
    if (session !== this.kept.session) return;
    if (reply.kind === 'ok') {
      this.happened({ event: 'transcript', data: reply.body });
      this.restoreLast();
      this.hurry();
    } else if (reply.kind === 'missing' || reply.kind === 'refused') {
      // It is gone, or it is somebody else's by now.
      this.forget(session);
    }
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    this.changed();
    while (this.running && this.kept.outgoing[0]) {
      const line = this.kept.outgoing[0];
      const reply = await this.persist(async () => {
        const session = await this.ensureSession();
        if (!session) return undefined;
        const sent = await this.options.edge.post<TurnAnswered>(`v1/sessions/${session}/turns`, { id: line.id, text: line.text });
        if (sent.kind === 'missing') this.forget(session);
        return sent.kind === 'ok' || sent.kind === 'refused' ? sent : undefined;
      });
      if (!reply) break;
      if (reply.kind === 'ok') {
        this.keep({ last: { turn: `${reply.body.turn}.a`, answer: reply.body.answer } });
        this.happened({ event: 'answered', data: reply.body, at: this.options.now() });
      } else this.happened({ event: 'refused', data: { id: line.id, detail: reply.detail } });
      this.keep({ outgoing: this.kept.outgoing.filter((other) => other.id !== line.id) });
    }
    this.sending = false;
    this.changed();
  }

  private async askForPerson(): Promise<void> {
    if (this.asking || !this.kept.wantsPerson) return;
    this.asking = true;
    this.changed();
    const status = await this.persist(async () => {
      const session = await this.ensureSession();
      if (!session) return undefined;
      const asked = await this.options.edge.post<HandoffStatus>(`v1/sessions/${session}/handoff`);
      if (asked.kind === 'missing') this.forget(session);
      return asked.kind === 'ok' ? asked.body : undefined;
    });
    this.asking = false;
    if (status) {
      this.keep({ wantsPerson: false });
      this.happened({ event: 'handoff', data: status });
    } else this.changed();
  }

  /** Tries until it works or the conversation stops; each failure waits longer, unless the edge is seen to be back. */
  private async persist<T>(act: () => Promise<T | undefined>): Promise<T | undefined> {
    for (let attempt = 0; this.running; attempt++) {
      const done = await act();
      if (done !== undefined) return done;
      await Promise.race([this.options.wait(backoff(attempt)), new Promise<void>((wake) => this.wakes.push(wake))]);
    }
    return undefined;
  }

  /** What this person said last about this thing, on whatever screen, goes on here; unless it was long ago. */
  private async takeUp(): Promise<string | undefined> {
    const { edge, thing, now } = this.options;
    const reply = await edge.get<{ sessions: PastSession[] }>(`v1/people/me/sessions?thing=${encodeURIComponent(thing)}`);
    const newest = reply.kind === 'ok' ? reply.body.sessions[0] : undefined;
    if (newest && newest.session !== this.kept.session && now() - newest.lastAt < resumableMs) {
      const { last: _, ...rest } = this.kept;
      this.history = emptyHistory;
      for (const line of rest.outgoing) this.history = remember(this.history, { event: 'said', data: line });
      this.kept = { ...rest, session: newest.session };
      this.keep({});
      this.listen(newest.session);
    }
    return this.kept.session;
  }

  private async ensureSession(): Promise<string | undefined> {
    if (this.opening) await this.opening;
    if (!this.kept.session) {
      this.opening ??= this.openSession().finally(() => {
        this.opening = undefined;
      });
      await this.opening;
    }
    // Stopped meanwhile: the store knows nothing of this session, so the successor says what waits in one of its own. Said here too, the edge
    // would take whichever comes second for another's turn.
    return this.running ? this.kept.session : undefined;
  }

  private async openSession(): Promise<string | undefined> {
    const { edge, thing, locale } = this.options;
    const reply = await edge.post<{ session: string }>('v1/sessions', { channel: 'panel', locale: locale(), ...(thing ? { thing } : {}) });
    if (reply.kind !== 'ok') return undefined;
    this.keep({ session: reply.body.session });
    // The first answer's first words would be missed by a stream that opens after them; one that does not open holds nothing up for long.
    await Promise.race([new Promise<void>((opened) => this.listen(reply.body.session, opened)), this.options.wait(streamPatienceMs)]);
    return reply.body.session;
  }

  /** Only the session meant: an answer about it may come late, when a new one stands already. */
  private forget(session: string | undefined): void {
    if (session !== this.kept.session) return;
    this.closeStream();
    this.closeStream = () => {};
    const { session: _, last: __, ...rest } = this.kept;
    this.kept = rest;
    this.keep({});
  }

  private restoreLast(): void {
    const { last } = this.kept;
    const line = last && this.history.lines.findLast(({ by }) => by !== 'system');
    if (line && line.id === last?.turn && !line.answer) {
      const { pending: _, ...turn } = line;
      this.happened({ event: 'turn', data: { ...turn, session: this.kept.session ?? '', answer: last.answer } });
    }
  }

  private keep(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    // What a stopped conversation still learns is left aside: its successor reads the store, and asking again is harmless.
    if (this.running) writeKept(this.options.store, this.options.thing, this.kept);
  }

  private happened(event: HistoryEvent): void {
    // What the agent says by itself can be tapped too, and must still be there after a reload.
    if (event.event === 'turn' && event.data.answer && event.data.by === 'agent')
      this.keep({ last: { turn: event.data.id, answer: event.data.answer } });
    this.history = remember(this.history, event);
    this.changed();
  }

  private look(): ConversationView {
    return { ...this.history, askingPerson: this.kept.wantsPerson, busy: this.sending, session: this.kept.session };
  }

  private changed(): void {
    this.view = this.look();
    for (const listener of this.listeners) listener();
  }
}

import type { Identifier, VoiceAsk, VoiceEvent, VoiceTrouble } from '../api/types.ts';
import type { Loudspeaker } from './loudspeaker.ts';
import type { Microphone, NoMicrophone } from './microphone.ts';

/** `lost`: the edge does not answer, or not any more. */
export type Trouble = VoiceTrouble | NoMicrophone | 'lost';
export type TalkState = 'off' | 'opening' | 'waiting' | 'listening' | 'hearing' | 'thinking' | 'speaking';

/** How the conversation by voice stands, for the screen. `waiting`: for the wake word. */
export type TalkView = {
  state: TalkState;
  /** What has been understood of the sentence so far. */
  partial: string;
  /** The last sentence as it was taken, with what in it is worth checking. */
  heard: { turn: string; text: string; identifiers: readonly Identifier[] } | undefined;
  trouble: { why: Trouble; detail?: string | undefined } | undefined;
  /** What this edge can do by voice in the conversation's language; unknown until it was asked. */
  can: { hears: boolean; wakes: boolean; speaks: boolean } | undefined;
  /** Each answer to a spoken turn, by its line, that nobody said aloud here. */
  unspoken: string | undefined;
};

export type TalkParts = {
  /** The conversation's session, begun if need be. */
  session: () => Promise<string | undefined>;
  socketUrl: (session: string) => string;
  socket?: (url: string) => WebSocket;
  microphone: (onFrame: (pcm: Int16Array) => void, onLost: () => void) => Promise<Microphone | NoMicrophone>;
  loudspeaker: Loudspeaker;
};

type Mode = Extract<VoiceAsk, { ask: 'listen' }>['mode'];
const nothing: TalkView = { state: 'off', partial: '', heard: undefined, trouble: undefined, can: undefined, unspoken: undefined };
const openPatienceMs = 5_000;

/** One conversation by voice, as this browser holds it: microphone in, answers out, and what to show meanwhile. The edge decides who has the floor. */
export class Talk {
  private readonly parts: TalkParts;
  private readonly listeners = new Set<() => void>();
  private view: TalkView = nothing;
  private socket: WebSocket | undefined;
  private session: string | undefined;
  private mic: Microphone | undefined;
  private rate = 0;
  private mode: Mode | 'off' = 'off';
  private wanted = 0;
  private speak: Extract<VoiceAsk, { ask: 'speak' }>['what'] = 'answers';

  constructor(parts: TalkParts) {
    this.parts = parts;
  }

  snapshot = (): TalkView => this.view;
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  /** How loud the microphone is now, 0 to 1. */
  level = (): number => this.mic?.level() ?? 0;

  /** Begins to listen; while an answer is spoken this takes the floor. Call it in a touch. */
  listen = async (mode: Mode): Promise<void> => {
    this.parts.loudspeaker.wake();
    if (mode !== 'wake') this.parts.loudspeaker.stop();
    this.mode = mode;
    const mine = ++this.wanted;
    this.show({ trouble: undefined, ...(this.view.state === 'off' ? { state: 'opening' } : {}) });
    const why = (await this.connect()) ? ((await this.openMic(mine)) ?? 'open') : 'lost';
    if (mine !== this.wanted) return;
    if (why === 'open') this.begin();
    else if (why !== 'failed') this.fail(why);
  };

  /** As it was asked for last: the button may have been let go meanwhile. */
  private begin(): void {
    if (this.mode !== 'off') this.send({ ask: 'listen', mode: this.mode });
  }

  /** Another mode for the same breath: a short touch was no push to talk. */
  change = (mode: Mode): void => {
    this.mode = mode;
    if (this.mic) this.send({ ask: 'listen', mode });
  };

  /** What was said so far is the turn. */
  finish = (): void => {
    // Let go before it listened at all: then what they say next is meant.
    if (this.view.state === 'opening') {
      this.mode = 'open';
      return;
    }
    if (this.mode === 'held') this.closeMic();
    this.send({ ask: 'finish' });
  };

  /** Quiet and deaf. */
  stop = (): void => {
    this.wanted++;
    this.mode = 'off';
    this.closeMic();
    this.parts.loudspeaker.stop();
    this.send({ ask: 'stop' });
    this.show({ state: 'off', partial: '', trouble: undefined });
  };

  /** Quiet, while listening goes on. */
  hush = (): void => {
    this.parts.loudspeaker.stop();
    this.send({ ask: 'hush' });
  };

  /** What is to be said aloud from now on. `all` needs the socket, but no microphone. */
  sayAloud = (what: Extract<VoiceAsk, { ask: 'speak' }>['what']): void => {
    this.speak = what;
    if (this.socket) this.send({ ask: 'speak', what });
    else if (what === 'all') void this.connect();
  };

  understood = (): void => this.show({ heard: undefined });
  wasSpoken = (): void => this.show({ unspoken: undefined });

  close = (): void => {
    this.wanted++;
    this.closeMic();
    this.parts.loudspeaker.close();
    const { socket } = this;
    this.socket = undefined;
    socket?.close();
    this.view = nothing;
  };

  private async connect(): Promise<boolean> {
    const session = await this.parts.session();
    if (session === undefined) return false;
    if (this.socket && this.session === session && this.socket.readyState === WebSocket.OPEN) return true;
    const before = this.socket;
    this.socket = undefined;
    before?.close();
    this.session = session;
    const socket = (this.parts.socket ?? ((url) => new WebSocket(url)))(this.parts.socketUrl(session));
    socket.binaryType = 'arraybuffer';
    return new Promise<boolean>((done) => {
      const late = setTimeout(() => socket.close(), openPatienceMs);
      socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
        if (typeof data !== 'string') {
          this.parts.loudspeaker.play(new Int16Array(data), this.rate);
          return;
        }
        const event = JSON.parse(data) as VoiceEvent;
        if (event.event === 'ready') {
          clearTimeout(late);
          this.socket = socket;
          this.send({ ask: 'speak', what: this.speak });
          done(true);
        }
        this.hear(event);
      };
      socket.onclose = () => {
        clearTimeout(late);
        done(false);
        if (this.socket !== socket) return;
        this.socket = undefined;
        if (this.view.state !== 'off') this.fail(this.view.trouble?.why ?? 'lost');
      };
    });
  }

  private async openMic(mine: number): Promise<Trouble | 'failed' | undefined> {
    if (!this.view.can?.hears) return 'no-recognizer';
    if (this.mic) return undefined;
    const mic = await this.parts.microphone(
      (pcm) => {
        if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(pcm as Int16Array<ArrayBuffer>);
      },
      () => this.fail('no-microphone'),
    );
    if (typeof mic === 'string') return mic;
    if (mine !== this.wanted || this.mode === 'off') {
      mic.close();
      return 'failed';
    }
    this.mic = mic;
    return undefined;
  }

  private hear(event: VoiceEvent): void {
    if (event.event === 'failed') this.failed(event.why, event.detail);
    else this.show(this.after(event));
  }
  /** What an event changes on the screen. */
  private after(event: Exclude<VoiceEvent, { event: 'failed' }>): Partial<TalkView> {
    switch (event.event) {
      case 'ready':
        return { can: { hears: event.hears, wakes: event.wakes, speaks: event.speaks } };
      case 'listening':
        this.mode = event.mode;
        return { state: this.resting(), partial: '' };
      case 'woke':
        return { state: 'listening', partial: '' };
      case 'speech-started':
        return { state: 'hearing', partial: '', trouble: undefined };
      case 'partial':
        return { state: 'hearing', partial: event.text };
      case 'speech-ended':
        return { state: 'thinking' };
      case 'heard':
        return { heard: event, partial: '' };
      case 'answered':
        return this.view.can?.speaks ? {} : { unspoken: event.turn, state: this.resting() };
      case 'thinking':
        return { state: 'thinking' };
      case 'speaking':
        this.rate = event.rate;
        return { state: 'speaking' };
      case 'paused':
      case 'resumed':
        this.parts.loudspeaker.hold(event.event === 'paused');
        return {};
      case 'interrupted':
        this.parts.loudspeaker.stop();
        return { state: this.resting() };
      case 'spoken':
        return { state: this.resting() };
      case 'idle':
        this.mode = 'off';
        this.closeMic();
        return { state: 'off', partial: '' };
    }
  }

  private resting(): TalkState {
    if (!this.mic) return 'off';
    return this.mode === 'wake' ? 'waiting' : 'listening';
  }
  private failed(why: VoiceTrouble, detail: string | undefined): void {
    if (why === 'no-recognizer' || why === 'elsewhere') this.fail(why);
    else this.show({ trouble: { why, detail }, state: this.resting() });
  }
  private fail(why: Trouble): void {
    this.mode = 'off';
    this.closeMic();
    this.parts.loudspeaker.stop();
    this.show({ state: 'off', partial: '', trouble: { why } });
  }
  private closeMic(): void {
    this.mic?.close();
    this.mic = undefined;
  }
  private send(ask: VoiceAsk): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(ask));
  }
  private show(change: Partial<TalkView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}

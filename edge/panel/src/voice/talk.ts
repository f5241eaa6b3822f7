import type { VoiceAsk, VoiceEvent } from '../api/types.ts';
import type { Loudspeaker } from './loudspeaker.ts';
import type { Microphone, NoMicrophone } from './microphone.ts';
import { changeBy, nothingYet, type TalkMode, type TalkState, type TalkView, type Trouble } from './talk-view.ts';
import { createVoiceLine, type VoiceLine } from './voice-line.ts';

export type TalkParts = {
  /** The conversation's session, begun if need be. */
  session: () => Promise<string | undefined>;
  socket: (session: string) => WebSocket;
  microphone: (onFrame: (pcm: Int16Array) => void, onLost: () => void) => Promise<Microphone | NoMicrophone>;
  loudspeaker: Loudspeaker;
};

/** One conversation by voice, as this browser holds it: microphone in, answers out, and what to show meanwhile. The edge decides who has the floor. */
export class Talk {
  private readonly parts: TalkParts;
  private readonly listeners = new Set<() => void>();
  private view: TalkView = nothingYet;
  private line: VoiceLine | undefined;
  private session: string | undefined;
  private mic: Microphone | undefined;
  private rate = 0;
  private muted = false;
  private mode: TalkMode | 'off' = 'off';
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
  listen = async (mode: TalkMode): Promise<void> => {
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

  /** The next sentences are said so that their speaker is known by them. Call it in a touch. */
  learnVoice = async (): Promise<void> => {
    this.show({ lesson: undefined });
    await this.listen('open');
    if (this.mic) this.line?.ask({ ask: 'learn-voice' });
  };

  /** As it was asked for last: the button may have been let go meanwhile. */
  private begin(): void {
    if (this.mode !== 'off') this.line?.ask({ ask: 'listen', mode: this.mode });
  }

  /** Another mode for the same breath: a short touch was no push to talk. */
  change = (mode: TalkMode): void => {
    this.mode = mode;
    if (this.mic) this.line?.ask({ ask: 'listen', mode });
  };

  /** What was said so far is the turn. */
  finish = (): void => {
    // Let go before it listened at all: then what they say next is meant.
    if (this.view.state === 'opening') {
      this.mode = 'open';
      return;
    }
    if (this.mode === 'held') this.closeMic();
    this.line?.ask({ ask: 'finish' });
  };

  /** Quiet and deaf. */
  stop = (): void => {
    this.wanted++;
    this.mode = 'off';
    this.closeMic();
    this.parts.loudspeaker.stop();
    this.line?.ask({ ask: 'stop' });
    this.show({ state: 'off', partial: '', trouble: undefined });
  };

  /** What is to be said aloud from now on. `all` needs the line, but no microphone. */
  sayAloud = (what: Extract<VoiceAsk, { ask: 'speak' }>['what']): void => {
    this.speak = what;
    if (this.line) this.line.ask({ ask: 'speak', what });
    else if (what === 'all') void this.connect();
  };

  understood = (): void => this.show({ heard: undefined });
  /**
   * What nobody said aloud here is shown, or said by the browser's own voice. While that speaks the edge hears silence: it does not know those words, and no
   * browser takes them out of the microphone, so only a touch interrupts them.
   */
  sayHere = (text: string, locale: string): void => {
    this.show({ unspoken: undefined });
    const over = () => {
      this.muted = false;
      this.show({ state: this.resting() });
    };
    this.muted = text !== '' && this.parts.loudspeaker.say(text, locale, over);
    if (this.muted) this.show({ state: 'speaking' });
  };

  close = (): void => {
    this.wanted++;
    this.closeMic();
    this.parts.loudspeaker.close();
    this.hangUp();
    this.view = nothingYet;
  };

  private hangUp(): void {
    const { line } = this;
    this.line = undefined;
    line?.close();
  }
  private async connect(): Promise<boolean> {
    const session = await this.parts.session();
    if (session === undefined) return false;
    if (this.line?.isOpen() && this.session === session) return this.line.ready;
    this.hangUp();
    this.session = session;
    const own = <Args extends unknown[]>(act: (...args: Args) => void) => {
      return (...args: Args) => {
        if (this.line === line) act(...args);
      };
    };
    const line: VoiceLine = createVoiceLine({
      socket: this.parts.socket(session),
      onEvent: own((event) => this.hear(event)),
      onSound: own((pcm) => this.parts.loudspeaker.play(pcm, this.rate)),
      onLost: own(() => {
        this.line = undefined;
        if (this.view.state !== 'off') this.fail(this.view.trouble?.why ?? 'lost');
      }),
    });
    this.line = line;
    return line.ready;
  }

  private async openMic(mine: number): Promise<Trouble | 'failed' | undefined> {
    if (!this.view.can?.hears) return 'no-recognizer';
    if (this.mic) return undefined;
    const mic = await this.parts.microphone(
      (pcm) => {
        if (this.line?.carry(this.muted ? new Int16Array(pcm.length) : pcm) === false) this.fail('lost');
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
    if (event.event === 'failed' && (event.why === 'no-recognizer' || event.why === 'elsewhere')) {
      this.fail(event.why);
      return;
    }
    if (event.event === 'ready') this.line?.ask({ ask: 'speak', what: this.speak });
    else if (event.event === 'listening') this.mode = event.mode;
    else if (event.event === 'speaking') this.rate = event.rate;
    else if (event.event === 'paused' || event.event === 'resumed') this.parts.loudspeaker.hold(event.event === 'paused');
    else if (event.event === 'interrupted') this.parts.loudspeaker.stop();
    else if (event.event === 'idle') {
      this.mode = 'off';
      this.closeMic();
    }
    this.show(changeBy(event, this.view, this.resting()));
  }

  private resting(): TalkState {
    if (!this.mic) return 'off';
    return this.mode === 'wake' ? 'waiting' : 'listening';
  }
  private fail(why: Trouble): void {
    this.mode = 'off';
    this.closeMic();
    this.parts.loudspeaker.stop();
    if (why === 'lost') this.hangUp();
    this.show({ state: 'off', partial: '', trouble: { why } });
  }
  private closeMic(): void {
    this.mic?.close();
    this.mic = undefined;
  }
  private show(change: Partial<TalkView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}

import { createBrowserVoice } from './browser-voice.ts';

/** So much is kept before the first sound, seconds: the next frame may come a little late. */
const cushion = 0.06;

export type Loudspeaker = {
  /** A browser lets a page sound only once it was touched: call this in the touch. */
  wake(): void;
  play(pcm: Int16Array, rate: number): void;
  /** Says a text by the browser's own voice; false when it has none for the language. `over`: it ended, or was stopped. */
  say(text: string, locale: string, over: () => void): boolean;
  /** Holds what is being said, and goes on where it held. */
  hold(on: boolean): void;
  /** Silent at once; what was to come is thrown away. */
  stop(): void;
  close(): void;
};

/** Plays pieces of speech one after the other without a gap. */
export function createLoudspeaker(): Loudspeaker {
  let context: AudioContext | undefined;
  let until = 0;
  const playing = new Set<AudioBufferSourceNode>();
  const voice = createBrowserVoice();
  return {
    wake() {
      context ??= new AudioContext();
      void context.resume().catch(() => {});
    },
    play(pcm, rate) {
      if (pcm.length === 0 || rate === 0) return;
      context ??= new AudioContext();
      const buffer = context.createBuffer(1, pcm.length, rate);
      buffer.copyToChannel(
        Float32Array.from(pcm, (sample) => sample / 32_768),
        0,
      );
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(context.destination);
      source.onended = () => playing.delete(source);
      const at = until > context.currentTime ? until : context.currentTime + cushion;
      source.start(at);
      until = at + buffer.duration;
      playing.add(source);
    },
    say: (text, locale, over) => voice.say(text, locale, over),
    hold(on) {
      void (on ? context?.suspend() : context?.resume())?.catch(() => {});
    },
    stop() {
      this.hold(false);
      voice.stop();
      for (const source of playing) source.stop();
      playing.clear();
      until = 0;
    },
    close() {
      this.stop();
      void context?.close().catch(() => {});
      context = undefined;
    },
  };
}

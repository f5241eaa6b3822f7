import type { VoiceEvent } from './messages.ts';

/** So many sentences make a voice known. */
const of = 3;

/** Somebody says a few sentences so that they are known by their voice. None of it is a turn. */
export function createVoiceLesson(send: (event: VoiceEvent) => void, learn: (sayings: readonly Float32Array[]) => Promise<boolean>) {
  let sayings: Float32Array[] | undefined;
  const tell = (heard: number, state: 'goes-on' | 'known' | 'differs' = 'goes-on') => send({ event: 'voice-lesson', heard, of, state });
  return {
    get open() {
      return sayings !== undefined;
    },
    begin(): void {
      sayings = [];
      tell(0);
    },
    end(): void {
      sayings = undefined;
    },
    /** Takes what was said; too short a saying has no voice and is asked for again. Three that differ are all asked for again. */
    async take(voice: Float32Array | undefined): Promise<void> {
      if (!sayings) return;
      if (voice) sayings.push(voice);
      if (sayings.length < of) return tell(sayings.length);
      const all = sayings;
      sayings = [];
      if (!(await learn(all))) return tell(0, 'differs');
      sayings = undefined;
      tell(of, 'known');
    },
  };
}

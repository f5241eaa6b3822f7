import type { Ears } from '../ears.ts';
import type { Recognizer } from '../recognizer.ts';
import { createTurns } from './ears-turns.ts';
import { createFramer } from './sound-frame.ts';
import { createLevelActivity } from './voice-activity-level.ts';

export type ScriptedEarsOptions = {
  now: () => number;
  /** What writes down speech; without one, a turn ends in `failed`, which says that nothing here can. */
  recognizer?: Recognizer;
};

/**
 * Hearing without weights, in this process: it tells turns from silence by level, knows no wake word and writes nothing down by itself. In the lite tier
 * that is push and tap to talk for whoever takes the words elsewhere (a Wyoming server, a technician).
 */
export function createScriptedEars({ now, recognizer }: ScriptedEarsOptions): Ears {
  return {
    hears: (locale) => recognizer?.languages.includes(locale) ?? false,
    warm() {},
    open(request) {
      const activity = createLevelActivity();
      const framesOf = createFramer();
      let closed = false;
      if (recognizer && request.bias) recognizer.favour(request.bias);
      const turns = createTurns({
        ...request,
        heard: (heard) => {
          if (!closed) request.heard(heard);
        },
        fromMs: 0,
        transcribe: recognizer?.languages.includes(request.locale) ? (speech) => recognizer.transcribe(speech) : undefined,
        now,
      });
      return {
        write(sound) {
          if (!closed) for (const frame of framesOf(sound)) turns.hear(frame, activity(frame));
        },
        finish: turns.finish,
        listen: turns.listen,
        favour: (bias) => recognizer?.favour(bias),
        ownVoice: turns.ownVoice,
        tellVoices() {},
        close() {
          closed = true;
        },
      };
    },
    state: () => ({ state: 'ready', ...(recognizer ? { recognizer: recognizer.model } : { why: 'nothing here writes down speech' }) }),
    async stop() {},
  };
}

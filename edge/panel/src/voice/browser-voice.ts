/** The browser's voice for a language; one that needs the network is not local and not wanted. */
export const browserVoice = (locale: string): SpeechSynthesisVoice | undefined =>
  globalThis.speechSynthesis?.getVoices().find(({ lang, localService }) => localService && lang.toLowerCase().startsWith(locale));

/** Nobody speaks slower, ms a character; some browsers never tell that a voice has ended. */
const slowestMs = 400;

/** Speaks a text at a time by the browser's own voice, where this machine has none for the language. */
export function createBrowserVoice() {
  let end = () => {};
  return {
    /** Begins to speak, and tells once when it is over; false when there is no such voice. */
    say(text: string, locale: string, over: () => void): boolean {
      const voice = browserVoice(locale);
      if (!voice) return false;
      this.stop();
      const said = new SpeechSynthesisUtterance(text);
      said.voice = voice;
      const late = setTimeout(() => end(), 5_000 + text.length * slowestMs);
      const mine = () => {
        if (end !== mine) return;
        clearTimeout(late);
        end = () => {};
        over();
      };
      end = mine;
      [said.onend, said.onerror] = [mine, mine];
      speechSynthesis.speak(said);
      return true;
    },
    /** Silent at once. */
    stop(): void {
      globalThis.speechSynthesis?.cancel();
      end();
    },
  };
}

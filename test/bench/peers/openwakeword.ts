import { askPython } from './ask-python.ts';
import { pythonWith } from './python-with.ts';

/** What the chain's three files are; all of them ONNX. */
export type WakeFiles = { head: string; spectrogram: string; embedding: string };

/** How likely a word was in each recording at most, by the Python package openWakeWord with the very same files; or why it cannot be had here. */
export async function openWakeWord(
  { head, spectrogram, embedding }: WakeFiles,
  sounds: readonly Int16Array[],
  say: (line: string) => void,
): Promise<number[] | { missing: string }> {
  const python = await pythonWith('openwakeword', ['openwakeword==0.6.0'], ['openwakeword'], say);
  if ('missing' in python) return python;
  return askPython<number>(python.program, 'openwakeword-judge.py', [head, spectrogram, embedding], sounds);
}

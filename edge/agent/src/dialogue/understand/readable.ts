/**
 * What was typed, without marks nobody sees: controls, zero-width characters, and those that turn the direction of writing, with which a text can
 * look like another on a technician's screen (Unicode TR36, §3.1). The joiner inside an emoji stays.
 */
export const readable = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/\r\n?/g, '\n');

/**
 * A name as it is said: what a device calls itself stays a name and becomes no sentence, however it is written. Names go into answers that are
 * vouched for, so nothing in one may read as advice.
 */
export function spokenName(name: string): string {
  const plain = readable(name)
    .replace(/[<>{}[\]]/g, '')
    .replace(/[.!?:;。！？：；\n\t]+(?=\s|$|\p{Script=Han})/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const short = [...plain].slice(0, 48).join('');
  return short === '' ? '?' : short;
}

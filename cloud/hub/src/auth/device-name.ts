const browsers = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Opera', /\bOPR\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const;
const systems = [
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh|Mac OS X/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
] as const;

/** A browser as its owner would name it, from `User-Agent` (RFC 9110 §10.1.5): “Firefox, Windows”. What is no browser gives its first word. */
export function deviceName(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, 500);
  const known = [browsers, systems].map((list) => list.find(([, pattern]) => pattern.test(text))?.[0]).filter((one) => one !== undefined);
  return known.length > 0 ? known.join(', ') : (/^[\w.-]{1,40}/.exec(text)?.[0] ?? '');
}

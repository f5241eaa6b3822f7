/**
 * A browser started in the C locale, as a kiosk's or a test's is, calls its language `en-US@posix`, which is no language tag (BCP 47):
 * `Intl` throws at it, in our own formats and while uPlot loads, and the page would stay blank.
 * Import this before either: a tag that is none is replaced by the part of it that is one.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  const tag = navigator.language.split(/[@.]/)[0] || 'en';
  Object.defineProperty(navigator, 'language', { value: tag, configurable: true });
}

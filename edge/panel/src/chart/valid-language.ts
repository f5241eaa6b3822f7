/**
 * uPlot makes an `Intl.NumberFormat` of the browser's language while it loads. A browser started in the C locale, as a kiosk's or a
 * test's is, calls its language `en-US@posix`, which is no language tag (BCP 47), and the whole page would stay blank.
 * Import this before uPlot: a tag that is none is replaced by the part of it that is one.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  const tag = navigator.language.split(/[@.]/)[0] ?? 'en';
  Object.defineProperty(navigator, 'language', { value: tag, configurable: true });
}

import type { Localized } from '@wayside/protocol';

/** A title in both languages, whatever form it came in; without one the name itself, made readable. */
export function localizedTitle(title: string | Localized | undefined, name: string): Localized {
  if (typeof title === 'object') return title;
  const text = title ?? readable(name);
  return { en: text, zh: text };
}

/** `Vehicle.Powertrain.CombustionEngine.ECT` → `Combustion engine ECT`; `supply_temperature` → `Supply temperature`. */
function readable(name: string): string {
  const words = name
    .split('.')
    .slice(-2)
    .join(' ')
    .replace(/_/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(' ');
  const text = words.map((w) => (/^[A-Z0-9]+$/.test(w) ? w : w.toLowerCase())).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * The signals that a name means: itself, or of one with `*` for any part between two dots ("Vehicle.Chassis.Axle.*.Wheel.*.Tire.Pressure") all that
 * it fits, in their order.
 */
export function signalsLike(name: string, signals: Readonly<Record<string, unknown>>): string[] {
  if (!name.includes('*')) return Object.hasOwn(signals, name) ? [name] : [];
  const parts = name.split('.');
  return Object.keys(signals).filter((one) => {
    const own = one.split('.');
    return own.length === parts.length && parts.every((part, at) => part === '*' || part === own[at]);
  });
}

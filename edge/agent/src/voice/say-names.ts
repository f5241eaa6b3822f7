import type { Synthesizer } from '@wayside/models';
import type { Pack } from '@wayside/packs';

/** The same voice, which says the names in the packs of this site as they tell. */
export function sayNames(synthesizer: Synthesizer, packs: ReadonlyMap<string, Pick<Pack, 'wording'>>): Synthesizer {
  const speak: Synthesizer['speak'] = (request) => {
    const told = Array.from(packs.values(), ({ wording }) => wording?.[request.locale]?.spoken ?? {});
    return synthesizer.speak({ ...request, names: Object.assign({}, ...told, request.names) });
  };
  return { ...synthesizer, speak };
}

import { wordsOf } from '../../knowledge/words.ts';
import { type Act, type HomeDevice, kindsOf, nouns } from './home.ts';

/** Words that tell nothing of which device. */
const idle = new Set(
  (
    'the a an my our your please to of in on at off up down and for with is are all every each everywhere room here level position brightness bright brightest ' +
    'color colour set turn switch change make put it this that device now some bring home house back base dock docking station charger percent'
  ).split(' '),
);
const idleHan = new Set('把将的请到成为在里上中了吧一下给我个设置调节度置');
const every = /\b(?:all|every|each|everywhere)\b|全部|所有|全屋/;

function tokensOf(text: string): Set<string> {
  const han = Array.from(text.matchAll(/\p{Script=Han}/gu), ([char]) => char).filter((char) => !idleHan.has(char));
  const latin = wordsOf(text.toLowerCase().replace(/\p{Script=Han}/gu, ' ')).filter((word) => !idle.has(word));
  return new Set([...han, ...latin]);
}
const share = (of: ReadonlySet<string>, words: ReadonlySet<string>) =>
  of.size === 0 ? 0 : [...of].filter((word) => words.has(word)).length / of.size;

/** Which devices, of what kind; `area` or `floor` where all of that kind there are meant. */
export type Found = { devices: readonly HomeDevice[]; kind: string; area?: string; floor?: string; by: 'name' | 'place' };

type Judged = { device: HomeDevice; explained: number; byName: number; particular: number; area: boolean; floor: boolean };

/** How a device fits the words of a wish. `byName`: how much of its name is said; `particular`: how many words that only its name has. */
function judge(device: HomeDevice, words: ReadonlySet<string>): Judged {
  const names = device.names.map(tokensOf);
  const area = tokensOf(device.areas.join(' '));
  const floor = tokensOf(device.floor ?? '');
  const called = tokensOf(`${nouns[device.domain] ?? ''} ${nouns[`${device.domain}.${device.deviceClass ?? ''}`] ?? ''}`);
  const common = new Set([...area, ...floor, ...called]);
  const own = new Set(names.flatMap((name) => [...name]));
  return {
    device,
    explained: [...words].filter((word) => own.has(word) || common.has(word)).length,
    byName: Math.max(0, ...names.map((name) => share(name, words))),
    particular: [...own].filter((word) => words.has(word) && !common.has(word)).length,
    area: share(area, words) === 1,
    floor: share(floor, words) === 1,
  };
}

/**
 * The devices that a wish is about: of the kinds given, those that explain most of its words by name, place and what such devices are called.
 * A place with nothing in the words that is one device's own means all of a kind there; what fits several alike and names neither a place nor
 * "all" means none of them.
 * @param kinds the first is meant where a place alone is named
 */
export function findDevices(
  text: string,
  act: Act,
  home: readonly HomeDevice[],
  kinds: readonly string[] = kindsOf[act],
): Found | undefined {
  const words = tokensOf(text);
  const judged = home.filter(({ domain }) => kinds.includes(domain)).map((device) => judge(device, words));
  const most = Math.max(0, ...judged.map(({ explained }) => explained));
  // Without a word of which, only an act that one kind alone knows is clear ("pause").
  if (words.size === 0 ? kinds.length > 1 : most < Math.max(1, words.size / 2)) return undefined;
  const best = judged
    .filter(({ explained }) => explained === most)
    .toSorted((a, b) => b.byName - a.byName || kinds.indexOf(a.device.domain) - kinds.indexOf(b.device.domain));
  const first = best[0];
  if (!first) return undefined;
  const kind = first.device.domain;
  const ofKind = best.filter(({ device }) => device.domain === kind);
  const devicesOf = (some: readonly Judged[]) => some.map(({ device }) => device);
  const alike = ofKind.filter(({ byName }) => byName === first.byName);
  const together = every.test(text) || (first.byName < 1 && first.particular === 0);
  if (together && first.area) return placed(devicesOf(ofKind), kind, { area: first.device.areas[0]! });
  if (together && first.floor) return placed(devicesOf(ofKind), kind, { floor: first.device.floor! });
  if (alike.length === 1 && !(every.test(text) && ofKind.length > 1)) return { devices: [first.device], kind, by: 'name' };
  return every.test(text) ? { devices: devicesOf(ofKind), kind, by: 'place' } : undefined;
}

/** One device by itself is called by its name. */
const placed = (devices: readonly HomeDevice[], kind: string, place: { area: string } | { floor: string }): Found =>
  devices.length === 1 ? { devices, kind, by: 'name' } : { devices, kind, ...place, by: 'place' };

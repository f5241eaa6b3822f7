import { normalise } from '../grammar/sentence.ts';
import { readSpokenNumber } from '../grammar/spoken-number.ts';
import type { Act, HomeWish } from './home.ts';

/** What tells an act, the more particular first. What a pattern matches is taken out; the rest tells of what. */
const tells: readonly [Act, RegExp][] = [
  ['unlock', /\bunlock(?:ed)?\b|解锁|开锁/],
  ['lock', /\block(?:ed)? up\b|^(?:please )?lock\b|\b(?:make sure|keep) .*\blocked\b|上锁|锁上|锁好|^锁/],
  ['return', /\b(?:return|go|send|bring|take|get)\b(?=.*\b(?:home|base|dock|charger|back)\b)|^dock\b|回充|回基座|回去充电|返回/],
  ['unmute', /\b(?:unmute|sound on)\b|取消静音|恢复声音/],
  ['mute', /\b(?:mute|silence)\b|静音/],
  ['next', /\b(?:next|skip)\b|下一?(?:首|曲|个)|切歌/],
  ['previous', /\b(?:previous|last song|last track|go back)\b|上一?(?:首|曲|个)/],
  ['resume', /\b(?:resume|unpause|continue|carry on)\b|继续|恢复播放/],
  ['pause', /\b(?:pause|hold)\b|^stop (?=.*\b(?:music|song|speakers?|tv|playing|playback|media)\b)|暂停/],
  ['volume', /\bvolume\b|音量/],
  ['complete', /\b(?:check|cross|tick|mark)\b(?=.*\b(?:off|done|complete[d]?)\b)|^complete\b|划掉|勾选/],
  ['off', /\b(?:turn|switch|put|power|shut)\b(?: down)? off\b|\b(?:deactivate|disable|kill|extinguish)\b|\boff$/],
  ['on', /\b(?:turn|switch|put|power|bring)\b(?: up)? on\b|\b(?:activate|enable|light up|illuminate)\b|\bon$/],
  ['off', /\b(?:turn|switch|put|power|shut)\b(?=.*\boff\b)/],
  ['on', /\b(?:turn|switch|put|power|bring)\b(?=.*\bon\b)/],
  [
    'set',
    /\b(?:set|dim|change|adjust|make|turn|brighten|increase|decrease|lower|raise|open|close|put)\b(?=.*(?:\d|percent|%|max|min|highest|lowest|brightness|half))|(?:设置?|调)(?:置|成|到|为|节|至|低|高)/,
  ],
  ['open', /\b(?:open|raise|lift|roll up|pull up|unblock)\b(?: up)?|打开|拉开|开启/],
  ['close', /\b(?:close|shut|lower|draw|roll down|pull down)\b(?: down)?|关闭|关上|关掉|拉上|合上|关/],
  ['start', /\b(?:start|run|begin|launch|vacuum|mow|clean|hoover|play)\b|开始|启动|播放|清扫|打扫|扫/],
  ['on', /打开|开启|开/],
];

const colors: Record<string, string> = {
  white: '白',
  black: '黑',
  red: '红',
  orange: '橙',
  yellow: '黄',
  green: '绿',
  blue: '蓝',
  purple: '紫',
  brown: '棕',
  pink: '粉',
  turquoise: '青',
};
const asColor = new RegExp(`\\b(${Object.keys(colors).join('|')})\\b|(${Object.values(colors).join('|')})色?`);
const extremes: readonly [RegExp, number][] = [
  [/\b(?:max|maximum|highest|full|fully|brightest)\b|最(?:亮|大|高)/, 100],
  [/\b(?:min|minimum|lowest|dimmest)\b|最(?:暗|小|低)/, 1],
  [/\bhalf(?:way)?\b|一半/, 50],
];
/** Who asks wants to know, not to have done. */
const asks = /^(?:why|what|when|where|who|which|how|is|are|was|does|did|do|has|have)\b|为什么|为何|怎么|吗$|多少$|什么/;
const additions =
  /^(?:please )?(?:add|put|write|place|append) (?<item>.+) (?:to|on|onto|in|into) (?<list>.+)$|^(?:把|将)?(?<what>.+?)(?:加到|添加到|放进|加入|写到)(?<where>.+)$|^(?:在|往|给)?(?<at>.+?)(?:里|上|中)?(?:添加|加上|加个|加)(?<thing>.+)$/;

/** What a sentence wants done in a home; undefined where it tells of no act that devices know. */
export function readWish(text: string): HomeWish | undefined {
  const said = normalise(text, /\p{Script=Han}/u.test(text) ? 'zh' : 'en')
    .replace(/^(?:can|could|would|will) you (?:please )?|^please |请|帮我|麻烦/g, '')
    .trim();
  if (asks.test(said)) return undefined;
  const added = additions.exec(said)?.groups;
  if (added) return { act: 'add', item: (added.item ?? added.what ?? added.thing)!, rest: (added.list ?? added.where ?? added.at)! };
  const { value, unit, rest: without } = valueIn(said);
  const color = asColor.exec(without);
  const colored = color ? { color: color[1] ?? Object.keys(colors).find((name) => colors[name] === color[2])! } : {};
  const plain = color ? without.replace(color[0], ' ') : without;
  const found = tells.find(([act, pattern]) => pattern.test(said) && (act !== 'set' || value !== undefined));
  const [act, pattern] = found ?? [];
  const rest = pattern ? plain.replace(pattern, ' ') : plain;
  if (value !== undefined || color)
    return act === 'volume' ? { act, ...known({ value, unit }), rest } : { act: 'set', ...known({ value, unit }), ...colored, rest: plain };
  return act && act !== 'set' ? { act, rest } : undefined;
}

const known = ({ value, unit }: Pick<Partial<HomeWish>, 'value'> & { unit: HomeWish['unit'] }) => ({
  ...(value === undefined ? {} : { value }),
  ...(unit ? { unit } : {}),
});

const measures = /^ ?(?:%|percent|per cent|°|degrees?|k(?:elvin)?\b|度)/;
const aimed = /(?:\bto|\bat|到|成|为|百分之) ?$/;

/** The amount a sentence names, and the sentence without it: the last number that has a unit or comes after a "to". */
function valueIn(said: string): { value?: number; unit: HomeWish['unit']; rest: string } {
  for (const [pattern, value] of extremes)
    if (pattern.test(said) && /bright|亮|volume|音量|open|close|percent|\bto\b|最/.test(said))
      return { value, unit: 'percent', rest: said.replace(pattern, ' ') };
  let found: { value: number; unit: HomeWish['unit']; rest: string } | undefined;
  for (let at = 0; at < said.length; at++) {
    const number = readSpokenNumber(said, at);
    if (!number) continue;
    const [before, behind] = [said.slice(0, at), said.slice(number.end)];
    const written = measures.exec(behind)?.[0] ?? '';
    const percent = /%|per/.test(written) || /百分之 ?$/.test(before);
    const unit = percent ? 'percent' : /k/.test(written) ? 'kelvin' : written !== '' ? 'degrees' : undefined;
    if (unit || aimed.test(before))
      found = { value: number.value, unit, rest: `${before.replace(aimed, '')} ${behind.slice(written.length)}` };
    at = number.end - 1;
  }
  return found ?? { unit: undefined, rest: said };
}

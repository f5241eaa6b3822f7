import type { Locale } from '@wayside/protocol';
import { hasHan, normalise } from '../grammar/sentence.ts';

/**
 * What somebody tells in the middle of a step that is no word on how the step went: it is dangerous now, they broke something, a part does not
 * move or is too hot, a tool is missing, or they do not find what the step speaks of.
 */
export const midways = ['danger', 'broke', 'jammed', 'hot', 'lacks', 'where'] as const;
export type Midway = (typeof midways)[number];
export const midwayIntent = 'midway';

/** Dangers that a repair brings about, by the advice they call for; fire, smoke, gas and shock are heard anywhere by the packs' own sentences. */
const dangers: readonly (readonly [hazard: string, looks: Record<Locale, RegExp>])[] = [
  [
    'water',
    {
      en: /\b(?:water|it) (?:is |was )?(?:now )?(?:everywhere|all over|(?:(?:coming|pouring|spraying|shooting|gushing|running|squirting|leaking) (?:out|all over|everywhere|like)))|\bwater\b.* (?:floor|socket|plug|outlet|cable|cables|wire|wires|wiring|electrics?)\b|\b(?:spraying|gushing|squirting)\b.* water|\bflood(?:ed|ing)\b|\bsoaked\b/,
      zh: /(?:到处|满地|一地|满屋)(?:都|全)?是?水|水.{0,5}(?:喷|涌|漫|淹|溅).{0,3}(?:出|满|一地|到处|来)|(?:插座|插头|插线板|插板|电线|电器|电路|电箱).{0,5}(?:水|湿)|水.{0,6}(?:插座|插头|插线板|插板|电线|电器|电路|电箱)|淹了|(?:地上|地板|地面).{0,4}(?:全|都|满)是?.{0,2}(?:水|湿)|(?:漏|冒|流).{0,3}(?:好多|很多|大量)水/,
    },
  ],
  [
    'smoke',
    {
      en: /\b(?:smells?|smelling|stinks|smell of)\b.*\b(?:burnt|burned|burning|scorched|melting)\b|\b(?:burnt|burned|burning|scorched|acrid)\b.* (?:smell|odou?r|stench)|\bsparks?\b(?! plugs?)|\b(?:sparked|sparking|arcing|smoking|glowing)\b|\bsmoke\b/,
      zh: /[焦糊](?:臭|糊)?味|烧焦|烧糊|火花|打火(?!机)|冒烟|烟(?:冒|出)|有烟|发红了/,
    },
  ],
  [
    'hurt',
    {
      en: /\bi (?:have |just |have just |think i )?(?:burned|burnt|burn|cut|hurt|scalded|crushed|trapped|pinched|injured|bruised|stabbed) (?:myself|my|me|badly)\b|\b(?:i am|am|got) (?:badly )?(?:bleeding|hurt|injured|burned|burnt)\b|\bi (?:slipped|fell)\b|\b(?:splashed|sprayed) (?:in|into|on|over) (?:my|me)\b/,
      zh: /(?:烫|割|划|夹|扎|砸|撞|刺)(?:伤|破|到|着)了?.{0,2}[手我指脚脸眼]|[手我指脚脸眼]头?.{0,3}(?:烫|割|划|夹|扎|砸|撞|刺)(?:伤|破|到|着|了)|流血|受伤|摔(?:倒|下来)|溅到.{0,3}[脸眼身手我]/,
    },
  ],
  ['shock', { en: /\b(?:tingle|tingling|shock|zapped)\b/, zh: /被电|触电|麻手|漏电|电了一下/ }],
];

/** Not that it is so: that it is not, or whether it is. */
const notSo: Record<Locale, RegExp> = {
  en: /\b(?:no|not|never|without|any|is there|are there|will|could|may|might|should)\b/,
  zh: /没|无|不|会不会|是否|[吗么]$/,
};

const tools =
  'screwdrivers?|spanners?|wrench(?:es)?|pliers|tools?|toolbox|ladder|torch|flashlight|gloves|bucket|hose|air pump|compressor|vacuum(?: cleaner)?|brush|jump leads|jumper cables|multimeter|drill|allen keys?|gauge|funnel|spare parts?|equipment';
const brokenWords = 'broke|broken|snapped|cracked|tore|torn|ripped|bent|damaged|ruined|wrecked|destroyed|stripped';

/** In the order they are looked for: who broke a part that sat too tight has broken it. */
const others: readonly (readonly [Exclude<Midway, 'danger'>, Record<Locale, RegExp>])[] = [
  [
    'broke',
    {
      en: new RegExp(
        `\\b(?:i|we) (?:think |fear |am afraid |may |might |must |have |just |seem to have |i )*(?:${brokenWords})\\b|\\b(?:something|a piece|a bit|a part|the plastic|the clip|the screw|the cap|the handle|the cover|it) (?:just |has |have )*(?:snapped|cracked|tore|fell off|broke off|broken off|came apart|fell apart|came off in)\\b|\\b(?:snapped|broke|broken|snaps) (?:right )?off\\b`,
      ),
      zh: /(?:弄|掰|扯|拉|拧|碰|摔|搞|整|拆|撞|折|拔)(?:断|坏|裂|破|折)|(?:卡扣|塑料|螺丝|外壳|盖子|零件|管子|线|接头|把手|东西).{0,3}(?:断|裂|掉下)了?|^.{0,3}断了|裂开了/,
    },
  ],
  [
    'hot',
    {
      en: /\b(?:too|so|very|burning|really|still|boiling|scorching) hot\b|\bhot to (?:touch|hold|handle)\b|^(?:ow |ouch )?(?:it|that) is hot$/,
      zh: /(?:太|好|很|非常|还|特别)烫|烫手|烫得|烫死|热得(?:没法|不能|摸)/,
    },
  ],
  [
    'lacks',
    {
      en: new RegExp(
        `\\b(?:no|not have|not got|not own|without|missing|lack|lacking|need|not find|own no) (?:a |an |any |the |my |our |such |right |proper |the right |the proper |a suitable |suitable |necessary |one of those )*(?:${tools})\\b|\\bno (?:${tools})\\b|\\b(?:do|does|have|did) not (?:have|own|got)(?: got)? (?:one|such a thing|it here|anything to do (?:it|that|this) with)\\b|\\bwhat(?: else)? (?:can|could) (?:i|we) use\\b|\\buse instead\\b`,
      ),
      zh: /(?:没|冇|缺|少|无)(?:有|了|个|到)?(?:这个|这种|那个|那种|合适的?|专用的?|对应的?)*(?:工具|螺丝刀|起子|扳手|钳子|梯子|手电筒?|手套|水桶|吸尘器|打气筒|气泵|充气泵|万用表|刷子|搭电线|家伙|备件)|工具.{0,4}(?:没有|不在|没带|没了)|用(?:什么|啥|别的).{0,4}(?:代替|替代|顶替)/,
    },
  ],
  [
    'jammed',
    {
      en: /\b(?<!i am )(?<!we are )(?:stuck|jammed|seized|wedged|rusted|frozen) (?:fast|solid|on|in|tight|shut|up|there)\b|^(?:it|that|this|the [a-z]+(?: [a-z]+)?) (?:is|has) (?:still |really |completely |totally )?(?:stuck|jammed|seized|wedged|rusted)\b|\b(?:will|would|does|do|can|could) not (?:move|budge|turn|open|unscrew|loosen|(?:come|get it|get this|get that|pull it|take it) (?:off|out|loose|away|undone|open))\b|\btoo tight\b/,
      zh: /卡(?:住|死|得)|锈(?:死|住)|(?:拧|拔|拉|推|转|掰|撬|取|拆|弄|抽)(?:都)?不(?:动|开|下来?|出来?)|太紧|滑丝|打不开|装不回|塞不进|纹丝不动/,
    },
  ],
  [
    'where',
    {
      en: /\bwhere(?:abouts)? (?:exactly |on earth )?(?:is|are|do i|would i|should i|can i|am i|to|would|might)\b(?!.*\b(?:stop|stopped|leave off|were we|was i)\b)|^(?:sorry )?(?:i )?(?:can|could|do) not (?:find|see) (?:it|that|them|the [a-z]+|this|one)(?: anywhere)?$|^where$|\bwhich side is\b/,
      zh: /^(?!.*[做弄搞说讲聊]到哪).*(?:(?:在|位于|搁|放|装)(?:哪|什么(?:地方|位置)|何处|边度)|哪(?:儿|里|边)(?:找|能?看)|找不(?:到|着))/,
    },
  ],
];

/** Reads such a sentence by its turn of phrase; undefined for what is none, or is told of as not so. */
export function midwayIn(text: string): { midway: Midway; hazard?: string } | undefined {
  const script: Locale = hasHan(text) ? 'zh' : 'en';
  const said = normalise(text, script);
  const hazard = hazardIn(said, script);
  if (hazard) return { midway: 'danger', hazard };
  const found = others.find(([, looks]) => looks[script].test(said));
  return found && { midway: found[0] };
}

function hazardIn(said: string, script: Locale): string | undefined {
  return dangers.find(([, looks]) => {
    const found = looks[script].exec(said);
    return found && !notSo[script].test(said.slice(0, found.index)) && !(script === 'zh' && /[吗么]$/.test(said));
  })?.[0];
}

const steps: Record<Locale, RegExp> = {
  en: /\b(?:which|what)(?: \w+)? (?:step|bit|one|part) (?:was|were|is|are|am)\b|\bwhat (?:was|is) (?:the|my|our|that|this) (?:step|next step i had|task)(?: again)?$|\bwhere (?:were|was|are|did) (?:we|i)(?: at| stop| get to| leave off)?\b|\bwhat (?:was|were) (?:i|we) (?:doing|supposed to do|to do)\b/,
  zh: /(?:哪|第几|什么)一?步|[做弄搞说讲进行]到(?:哪|什么地方|第几)|刚才(?:说|讲|叫我做)的?是什么|我(?:该|应该|要)做的是什么来着/,
};

/** Asks which step they are at, whatever else is said with it: "I am nervous. Which step was it?" */
export function asksStep(text: string): boolean {
  const script: Locale = hasHan(text) ? 'zh' : 'en';
  return steps[script].test(normalise(text, script));
}

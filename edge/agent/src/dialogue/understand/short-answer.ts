import type { Locale } from '@wayside/protocol';
import { hasHan, normalise } from '../grammar/sentence.ts';

/** What a short reply means to whoever has just asked or told something. */
export type ShortAnswer = 'yes' | 'no' | 'unsure' | 'done' | 'failed' | 'act';

/** Longer than this, or a question back, and it is no short answer any more. */
const longest = { en: 9, zh: 16 } as const;

/** Whoever says this asks back, sets a condition or turns round; that is no plain yes or no. */
const turns: Record<Locale, RegExp> = {
  en: /\b(what|when|where|which|who|why|how|if|but|unless|except|wait|first|before|instead|only|should|would|could)\b/,
  zh: /什么|怎么|怎样|哪|为何|为什么|如果|要是|但|不过|等等|等一下|先别|除非|吗|呢|会不会|能不能|是不是|行不行|好不好|[了有]没$|没有$/,
};

/** A question by its order of words or by its tag, without its mark: "is that us sorted then", "it will not hurt, will it", "有影响不". */
const inverted: Record<Locale, RegExp> = {
  en: /^(?:so |and |then )?(?:is|are|was|were|did|has|have|will|shall) (?:it|that|this|we|us|you|they|everything|all|there|the [a-z]+)\b|\w (?:is|are|was|does|do|did|has|will|would|can|could|should)(?: not)? (?:it|that|there|i|we|you|they)$/,
  zh: /吗$|[好成妥行]了?没有?$|\S{2}[不未么]$/,
};

const unsure: Record<Locale, RegExp> = {
  en: /\b(no|any) (idea|clue)\b|\bnot (too |so |really |quite |entirely )?(sure|certain)\b|\b(can|could) not (really |quite )?(say|tell|judge|see|check)\b|\b(do|would) not (really )?know\b|\b(hard|difficult|tough) to (say|tell|judge)\b|\bdunno\b|\bunsure\b|\bnever (checked|looked)\b|\bclue ?less\b/,
  zh: /不(太|大|是很)?(知道|清楚|确定|懂|晓得|好说|会看)|说不(好|准|清)|看不(出|清|见|懂)|没(留意|注意|留心|看)过?|拿不准|不一定|哪知道|没看$/,
};

const failed: Record<Locale, RegExp> = {
  en: /\b(did|does|do|has|is|will|would|could|can) not (seem to |really )?(work|help|do|move|budge|fit|change|worked|helped|working|go|come)\b|\bno (luck|joy|effect|change|difference|success)\b|\b(nothing|no) (changed|happened|happens)\b|\b(still|just) (the same|there|as before|not working)\b|\bsame as before\b|\bfailed\b/,
  zh: /没(有)?(用|效果|变化|反应|成功|改善|动静)|不(管用|起作用|好使|奏效)|还是(一样|老样子|那样|不行)|(弄|拧|拔|推|打|搬)不(动|开|出|了)|失败|^(不行|不成)/,
};

const done: Record<Locale, RegExp> = {
  en: /\b(done|did (it|that|so)|finished|completed?|sorted|all set|ready|next( one| step)?|in place|executed|performed)\b/,
  zh: /(弄|做|搞|换|加|修|洗|装|关|开|拧|擦|清|查|看|办|试)(好|完|妥|定|过)了?|搞定|完成|完了|好了|做了|弄了|妥了|完毕|完事|下一(步|个)|^继续|接着(呢|来)?$/,
};

/** Whoever says this wants it done for them. */
const act: Record<Locale, RegExp> = {
  en: /\b((can|could|would|will) you (please )?(do|handle|run|execute|take care)|you (do|handle|run) (it|that|this)|do (it|that|this)( one| step)? (for (me|us)|from (there|here)|please|yourself)|please (do|execute|run|trigger|handle|start) (it|that|this)|(execute|trigger|run) (it|that|this))\b/,
  zh: /(你|您)(来|帮|代|替|去)?(我|忙)?(执行|操作|弄|做|搞|处理)|(帮|替|代)我(弄|做|执行|操作|搞)|(远程|自动)(执行|操作)|(还是|由|就)(你|您)(来|吧)|那?(你|您)(来吧|执行)/,
};

/** A yes stands alone at the beginning: what goes on as a sentence ("it is the battery", "right side") is none. */
const yes: Record<Locale, RegExp> = {
  en: /^(yes|yeah|yep|yup|yea|ye|aye|correct|affirmative|indeed|exactly|absolutely|definitely|certainly|confirmed|approved|agreed|true|sure|by all means|go ahead|go for it|(yes )?i (think|would say|guess|believe) so|that is (right|correct|true|the case)|sure (does|is)|it (does|is|has|did)(?= (indeed|so|yes|yeah|sometimes|often|always|a bit|a little|whenever)|$))(?= |$)/,
  zh: /^(嗯+|是的?|对的?|有的?|好的?|好像(是|有)|没错|没问题|确实|当然|同意|批准|确认|属实|是?有一?点|可以|行|ok|yes|yeah)((啊|呀|吧|呢|的|了|嘛)?(?=[\s，,。.！!、；;]|$)|(?=[是对]))/i,
};

const no: Record<Locale, RegExp> = {
  en: /^((no|nope|nah|never|negative|none|neither)(?=$| (i|it|there|not|nothing|never|thanks|they|that|all|sir|really|way)( |$))|not (really|at all|that (i|we)|as far|so far|to my|the case|yet|now|observed|a bit)|nothing( (like|of) (that|it|the kind|the sort))?$|(i )?do not (think|believe) so|(better|rather|afraid) not|i would rather not|leave it|(it|there) (does|is|has|did|was) not\b|let us not)/,
  zh: /^(没有?|不是(的|这样的?)?|不会|不对|不要|不用|不行|否|无|别|算了|先别|并没有?|倒是没有?|没(注意|留意|发现|看|听|闻|感觉)(到|见|出)?有?|没这回事|从来?没有?|还是算了|暂时(不|别)\S{0,3}|未\S{1,3})((啊|呀|吧|呢|的|了|过)?(?=[\s，,。.！!、；;]|$))/,
};

/**
 * Reads a short reply by its first word and its turn of phrase, where no template knows the sentence: "yeah, now that you say it", "no luck,
 * it's the same as before", "这步弄完了". Only for somebody who was asked or told to do something; a bare yes means nothing else.
 * @returns undefined for what is long, asks back, or says both
 */
export function shortAnswer(text: string, locale: Locale): ShortAnswer | undefined {
  const script: Locale = hasHan(text) ? 'zh' : locale === 'zh' && !/[a-z]{2}/i.test(text) ? 'zh' : 'en';
  // "完了完了" laments, and says of nothing that it is done.
  const said = normalise(text, script).replace(/^(?:完了 ?){2,}/, '');
  const size = script === 'zh' ? [...said].length : said.split(' ').length;
  if (said === '' || size > longest[script]) return undefined;
  // "Can you do that for me?" is no question.
  if (act[script].test(said)) return 'act';
  if (/[?？]/.test(text) || inverted[script].test(said)) return undefined;
  if (unsure[script].test(said)) return 'unsure';
  if (failed[script].test(said)) return 'failed';
  if (turns[script].test(said)) return undefined;
  // Marks are gone from what is compared; where no words are marked, they tell where a yes or a no ends.
  const head = script === 'zh' ? text.trim() : said;
  if (no[script].test(head) || /^\s*(no|nope|nah)\s*[,.!;]/i.test(text)) return 'no';
  if (done[script].test(said)) return 'done';
  return yes[script].test(head) || plainYes(text) ? 'yes' : undefined;
}

const assent: Record<Locale, RegExp> = {
  en: /^(?:(?:yes|yeah|yep|yup|yea|aye|by me|by us|with me|crack on|sure|okay|right|fine|alright|all right|please|go|ahead|on|for|it|do|that|this|now|then|just|me|of course|definitely|absolutely|confirmed|confirm|approved|authorised|authorized|agreed|i agree|proceed|execute|carry|start|run|by all means|thanks|thank you|very|well|good|you may|you have my permission|permission granted|i allow it|with it|with the execution|with execution|kindly)(?: |$))+$/,
  zh: /^(?:嗯|好|行|可以|可|对|是|的|吧|啊|呀|嘛|呗|嘞|了|你|就|那|来|弄|做|办|整|搞|成(?=$|[弄做办整搞来吧])|要得|快|同意|批准|准|确认|执行|开始|没问题|麻烦|谢谢|ok|yes|go|ahead|sure|please|do|it|请|您|允许|操作|听你的|听您的|照做|去|动手|这样)+$/,
};
const assents =
  /\b(yes|yeah|yep|yup|yea|sure|okay|fine|alright|all right|go ahead|go on|go for it|do (it|that|this)|please|confirm|confirmed|approved|authorised|authorized|agreed|agree|proceed|execute|carry on|crack on|aye|by all means|go|you may|permission)\b|要得|听[你您]的|允许|操作|动手|成|整|搞|好|行|可以|对|是|弄|做|来|同意|批准|准|确认|执行|开始|没问题/;

const heeds: Record<Locale, RegExp> = {
  en: /^(?:(?:ok|okay|alright|all right|very well|got it|then|well|thanks|thank you)(?: |$))+$/,
  zh: /^(?:好|好的|好吧|好啊|行|行吧|知道了|明白了|收到|ok|谢谢)+$/,
};

/** "All right", "好的": it was heard, and answers no question about what somebody sees or hears. */
export function onlyHeeds(text: string): boolean {
  const script: Locale = hasHan(text) ? 'zh' : 'en';
  const said = normalise(text, script);
  return !/[?？]/.test(text) && heeds[script].test(script === 'zh' ? said.replaceAll(' ', '') : said);
}

const holding: Record<Locale, RegExp> = {
  en: /^(?:(?:no|wait|hold on|hang on|stop|hey|oh|please|actually)(?: |$))*(?:do not(?: (?:do|stop|start|run|touch|send))?(?: (?:it|that|yet|now|the pump|the machine))*|wait|hold on|hang on|no leave it)$/,
  zh: /^(?:等一下|等等|等会儿?|慢着|不要?|先|你)*别(?:停|关|动|弄|做|执行|启动|开|急)*(?:了|啊|呀|吧|它|泵|机器)*$/,
};

/** "No, wait", "等一下先别停": said to a proposal, nothing is done. */
export function holdsOff(text: string): boolean {
  const script: Locale = hasHan(text) ? 'zh' : 'en';
  const said = normalise(text, script);
  return holding[script].test(script === 'zh' ? said.replaceAll(' ', '') : said);
}

/** A yes with nothing beside it: what a machine is moved by. Every word of it must agree, since what is not understood may be a condition. */
export function plainYes(text: string): boolean {
  const script: Locale = hasHan(text) ? 'zh' : 'en';
  const said = normalise(text, script);
  return (
    !/[?？]/.test(text) && said.length <= 60 && assent[script].test(script === 'zh' ? said.replaceAll(' ', '') : said) && assents.test(said)
  );
}

import type { Pack } from '@wayside/packs';
import type { Diagnosis } from '../../diagnosis/diagnose.ts';

const asks = [
  /^\W*(?:so |then |and |but )?(?:is it|is that|could it be|might it be|can it be|do you think it is|do you think it'?s)(?: maybe| just)? (?:the |an? |my |our )?([\p{L}\d -]{3,40}?)(?: then| again)?\s*\?*$/iu,
  /^(?:会不会是|该不会是|不会是|是不是|难道是|可能是)(?:这个|那个)?(\p{Script=Han}{1,12}?)(?:坏了|的问题|的事|出了?问题|有问题|的毛病|的原因)?[吗呢啊]?[？?]*$/u,
  // What somebody else said it is.
  /^\W*(?:the |my |our )?(?:mechanic|garage|workshop|dealer|plumber|electrician|technician|neighbou?r|husband|wife|friend|brother|father|dad|colleague|boss|internet|google|last guy|guy|installer)(?: here| there)? (?:said|says|thinks|thought|told me|reckons|reckoned|claims|is sure|meant)(?: that)? (?:it is|it'?s|it was|it must be|it could be|it might be)(?: probably| surely| just)? (?:the |an? |my |our )?([\p{L}\d -]{3,40}?)\s*[?.!]*$/iu,
  /^(?:修车的?|师傅|修车师傅|修理厂|我?老公|我?老婆|邻居|朋友|同事|我?爸|网上|百度|电工|别人|人家)(?:都)?(?:说|讲|觉得|认为|猜)[是]?(?:这个|那个)?(\p{Script=Han}{1,12}?)(?:坏了|的问题|出了?问题|有问题|的毛病|的原因|的事)?[吧啊]?[？?。！!]*$/u,
  // Who is sure of it wants to hear as well whether it is so.
  /^\W*(?:i (?:think|guess|bet|suppose|am sure|reckon) )?(?:it is|it'?s|it must be|it has to be|that is|that'?s|must be)(?: surely| probably| definitely| certainly| just| got to be)? (?:the |an? |my |our )([\p{L}\d -]{3,40}?)(?: i (?:think|guess|bet|suppose)| for sure| again)?\s*[?.!]*$/iu,
  /^(?:我(?:觉得|认为|猜|看)|应该|肯定|一定|多半|估计)[是]?(?:这个|那个)?(\p{Script=Han}{1,12}?)(?:坏了|的问题|出了?问题|有问题|的毛病|的原因)[吧啊]?[？?。！!]*$/u,
];

/** What somebody thinks it is who asks "is it the pump?" or says "it's surely the pump", "应该是水泵的问题吧", in small letters: in one of its clauses. */
export function guessIn(text: string): string | undefined {
  const clauses = [text, ...text.split(/[,;，；。]\s*/)].map((one) => one.trim());
  for (const clause of clauses.filter((one) => one.length > 0 && one.length <= 80)) {
    for (const ask of asks) {
      const about = ask.exec(clause)?.[1];
      if (about) return about.toLowerCase();
    }
  }
  return undefined;
}

/** Whether the faults whose title has these words are the likeliest, possible, or not what the signs point to. */
export function judgeGuess(
  about: string,
  { ranked }: Pick<Diagnosis, 'ranked'>,
  faults: Pack['faults'] | undefined,
): 'likely' | 'possible' | 'unlikely' {
  const named = (id: string) => Object.values(faults?.[id]?.title ?? {}).some((title) => String(title).toLowerCase().includes(about));
  const [likeliest] = ranked;
  if (likeliest && likeliest.probability >= 0.3 && named(likeliest.fault)) return 'likely';
  return ranked.some(({ fault, probability }) => probability >= worthNaming && named(fault)) ? 'possible' : 'unlikely';
}

/** A cause less likely than this is not named. */
export const worthNaming = 0.05;

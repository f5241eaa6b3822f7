import type { Locale } from '@wayside/protocol';
import { hasHan, normalise } from '../grammar/sentence.ts';

/** What somebody complains of: it was mended and is broken again, nobody helps them, they have paid for it. */
export type Complaint = 'again' | 'service' | 'paid';
export const complaintIntent = 'complain';

const complaints: readonly (readonly [Complaint, Record<Locale, RegExp>])[] = [
  [
    'again',
    {
      en: /\b(?:was|were|been|being|got|had|you|they|he|she|somebody|someone|technician|mechanic|garage|workshop|supposed to be) (?:it |that |them |the [a-z ]{1,20}|[a-z]+ )?(?:just |only |already |be )?(?:repaired|fixed|mended|serviced|replaced|changed|done|renewed|sorted)\b.*\b(?:again|already|worse|back|same|once more|still not)\b|\b(?:again|already|worse|back|same)\b.*\b(?:just|only|after) (?:it was |being |you |they |having it )?(?:repaired|fixed|mended|serviced|replaced|the last repair|your last repair)\b|\bbroken again\b.*\b(?:repair|service)/,
      zh: /(?:刚|才|上个?(?:星期|周|月|礼拜|次)|前几?天|前阵子|昨天|[几一两三]个?(?:天|星期|周|月)前|不久前).{0,8}(?:修|换|弄|保养|维护|处理).{0,10}(?:又|还是|再|怎么|今天|照样)|又坏.{0,8}(?:修|换)|修(?:一次|一回|了).{0,3}坏(?:一次|一回|了)|(?:修|换)了.{0,6}(?:还是|仍然|照样).{0,4}(?:坏|一样|不行|毛病)/,
    },
  ],
  [
    'service',
    {
      en: /\b(?:you|you people|you guys|you lot|your (?:company|service|support|people|technicians?|team)|this (?:company|service|support)|nobody|no one)\b.*\b(?:never|useless|hopeless|incompetent|not helped?|no help|of no help|a joke|a waste|do nothing|did nothing|not care|cares|helps?(?: me| us)?$|ignored?)\b|\b(?:worst|terrible|awful|useless|rubbish) (?:service|support|company)\b|\b(?:had (?:quite )?enough|fed up|sick and tired) (?:of|with)\b/,
      zh: /(?:你们|你|客服|售后|公司|厂家).{0,8}(?:从来|根本|总|到底|就是|完全|一点).{0,6}(?:没用|帮不上|不管|不帮|不会|会不会|不行|不负责|不解决|解决不了)|(?:你们|售后|服务).{0,6}(?:没用|垃圾|太差|差劲|骗人|糊弄|推脱|踢皮球)|没(?:有)?人(?:管|理|帮)|受够了|忍无可忍/,
    },
  ],
  [
    'paid',
    {
      en: /\b(?:i|we) (?:have |already |have already )?(?:paid|pay|spent)\b(?!.*\?)|\b(?:my|our) money back\b|\brefund\b|\bcosts? (?:me|us) (?:a fortune|so much|a lot)\b|\bwaste of money\b/,
      zh: /(?:花|付|交)了.{0,8}钱|花钱|可是付|付过钱|退钱|退款|钱白花|白花/,
    },
  ],
];

/** Reads a complaint by its turn of phrase. Who asks what something costs does not complain. */
export function complaintIn(text: string): Complaint | undefined {
  const script: Locale = hasHan(text) ? 'zh' : 'en';
  const said = normalise(text, script);
  return complaints.find(([, looks]) => looks[script].test(said))?.[0];
}

const persons =
  'someone|somebody|anyone|anybody|person|human|technician|engineer|mechanic|plumber|electrician|expert|fitter|workshop|garage|installer';
const without: readonly RegExp[] = [
  new RegExp(
    `\\b(?:without|no need (?:for|to)|(?:do not|don['’]?t|does not|doesn['’]?t|will not|won['’]?t) (?:need|want)|never ?mind|nvm|forget(?: about)?|scrap|rather than|instead of)` +
      ` (?:having to |to )?(?:(?:call|calling|get|getting|ring|ringing|bother|bothering|phone|phoning|pay|paying) (?:in |out |for )?)?(?:the |an? |any |that |your )?(?:${persons})\\b`,
    'i',
  ),
  /(?:不用|不必|不要|先别|别|甭|无需|不需要|免得|不想)再?(?:叫|喊|找|请|转|麻烦)(?:个|一个|上)?(?:师傅|人(?!家)|人工|技术员|技术人员|工程师|客服)/,
  /(?:师傅|技术员|技术人员|工程师|人工)(?:就)?(?:不用|不必|先别|别)(?:来|叫|找|转)/,
];

/** Does the sentence name a person to say that none is wanted? "Any way without calling someone out", "先别喊人了". */
export const withoutPerson = (text: string): boolean => without.some((one) => one.test(text));

const whether: readonly RegExp[] = [
  new RegExp(
    `^(?:(?:so|and|but|then|well|ok|okay)[, ]+)*(?:(?:do|should|must) (?:i|we) (?:really |actually |even )?(?:need |have )?(?:to )?|(?:is it|would it be) (?:worth|better to|wise to|necessary to) )` +
      `(?:call|calling|get|getting|ring|ringing|phone|phoning|see|seeing|have|having|need)?(?: in| up| out| for)? ?(?:the |an? |some )?(?:${persons})\\b`,
    'i',
  ),
  /(?:要不要|用不用|需不需要|该不该|有没有必要|有必要|是不是[该得要])(?:去)?(?:叫|喊|找|请)(?:个|一个|位)?(?:师傅|人(?!家)|技术员|工程师|修理工|维修工)/,
];

/** Is it asked whether a person is needed? "Do I need to call someone?": who wants to know that is told how it stands, and nobody is called. */
export const asksWhetherPerson = (text: string): boolean => whether.some((one) => one.test(text));

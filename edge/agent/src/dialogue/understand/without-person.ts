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

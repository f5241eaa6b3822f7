const visits: readonly RegExp[] = [
  /\b(?:come|comes|coming|visits?|call ?outs?|house calls?|on[ -]site|drop by|stop by|pop (?:round|over|by)|(?:out|round|over) here)\b/i,
  /\b(?:to|at) (?:my|our) (?:house|home|place|flat|apartment|site|plant|factory|office|workshop|address)\b/i,
  /\bsend (?:(?:me|us|out) )?(?:(?:an?|the|your|some) )?(?!me\b|us\b|it\b|this\b|that\b)\w+/i,
  /上门|[来到去]我?们?(?:家|现场)|现场来|来一趟|跑一趟|派.{0,4}(?:人|师傅|技术员|工程师|维修工)|过来|来.{0,2}[看修瞧]/,
];

/** Does somebody who asks for a person want them at the machine, not only on the line? "Can somebody come to my house?", "能派人上门吗". */
export const wantsVisit = (text: string): boolean => visits.some((one) => one.test(text));

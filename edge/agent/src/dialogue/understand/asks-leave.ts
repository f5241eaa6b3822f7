/** What asks for leave, and after it what somebody wants to do; "can you" asks the agent, and is none. */
const frames: readonly RegExp[] = [
  /^(?:(?:so|and|but|then|well|ok|okay|please)[, ]+)*(?:(?:can|could|may|should|shall|must|might|what if|is it (?:ok|okay|safe|fine|all right|alright|allowed|dangerous|bad|wise|a good idea) if) (?:i|we|one)|(?:am i|are we) allowed to|is it (?:ok|okay|safe|fine|all right|alright|allowed|dangerous|bad|wise|a good idea) (?:for (?:me|us) )?to|(?:i am|i'm|we are|we're) (?:going|about) to)\s+(?:just |still |also |safely |simply )?(.{4,120})$/i,
  /^(?:那|那我|我|我们|自己|我自己)?(?:现在|先|自己)?(?:可以|能不能|可不可以|能|要不要|该不该|应不应该|是否可以|我想|我要|想|准备|打算)(?:我|自己|先|直接)*(.{2,40}?)(?:吗|么|呢|啊|不)?[？?。]*$/,
  /^(?:我|我们|自己)?(.{2,40}?)(?:可以吗|行吗|行不行|可不可以|好不好|没事吧|安全吗|要紧吗)[？?。]*$/,
];

/** What hands do to a machine, as the first verb of it: to look, to ask and to go on driving need no leave. */
const byHand =
  /^(?:try (?:to |and )?)?(?:open|unscrew|undo|unbolt|remove|take (?:off|out|apart|down)|pull (?!over\b)|pull$|unplug|disconnect|reconnect|cut|drill|hit|whack|hammer|knock|bang|kick|touch|feel the|jumper|tip |throw |put|pour|add|top|fill|refill|spray|clean|wash|hose|wipe|tighten|loosen|bypass|bridge|short|replace|swap|change|fit|lift|jack|tow|push|jump|charge|connect|plug|seal|tape|glue|weld|heat|cool|drain|bleed|vent|lubricate|oil|grease|block|cover|climb|reach|stick|bend|rev|mix|dismantle|adjust|turn the (?:valve|screw|nut|cap)|use (?:a|an|some|the|my|wd|duct|another|other)|hold|press|blow|scrape|chip|melt|thaw|burn|light|stop it with)\b/i;
const byHandZh =
  /打开|拧|卸|屏蔽|拆|拔|剪|碰|摸|敲|砸|浇|倒|加|换|松开|紧|短接|清洗|洗|擦|喷|盖住|堵|推|拖|搭电|接上|塞|钻|焊|烤|吹|爬|伸|撬|放水|放气|排空|撒|铲|粘|缠|点火烤|垫|踹|踢|涂|抹|灌|兑/;

/**
 * Does somebody ask whether they may do something to the machine with their own hands? "Can I spray WD-40 on it?", "可以用热水浇吗": what people try is without
 * number, so no template names it all; and nobody is to read leave out of an answer to something else.
 */
export function asksLeave(text: string): boolean {
  if (text.length > 200) return false;
  return frames.some((frame) => {
    const act = frame.exec(text.trim())?.[1];
    return act !== undefined && (byHand.test(act) || byHandZh.test(act));
  });
}

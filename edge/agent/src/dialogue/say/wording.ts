import type { Locale } from '@wayside/protocol';

/** Every fixed sentence of the conversation, both languages side by side so that they stay one. */
const sentences = {
  hello: {
    en: 'Hello. I watch your machines and can tell you what is wrong, whether it is safe to go on, and what to do. Ask me, or say "talk to a person" at any time.',
    zh: '您好。我在看护您的设备，可以告诉您哪里有问题、能不能继续用、该怎么处理。请直接问，也可以随时说“转人工”。',
  },
  wordless: {
    en: 'I saw no words in that. Tell me in a few words what is wrong, or ask for a person.',
    zh: '我没有看到文字。请用几个字说说哪里有问题，也可以转人工。',
  },
  thanks: { en: 'Glad to help.', zh: '不客气。' },
  bye: { en: 'Goodbye. I keep watching.', zh: '再见。我会继续看护设备。' },
  acknowledged: { en: 'All right.', zh: '好的。' },
  waits: { en: 'All right. I stay with you here, and say so as soon as there is news.', zh: '好的，我在这里陪着您，一有消息就告诉您。' },
  nobodyCalled: {
    en: 'Nobody has been asked for yet: say “talk to a person” and I get one.',
    zh: '现在还没有叫人，说“转人工”我就叫。',
  },
  somebodyCalled: {
    en: 'A person has been asked for and sees all of this. As soon as they answer, it stands here.',
    zh: '已经叫了人，对方能看到全部情况。一有回复，这里马上显示。',
  },
  cancelled: { en: 'All right, I leave that. You can come back to it at any time.', zh: '好的，先不做了。随时可以再继续。' },
  nothingToCancel: { en: 'There is nothing running that I could stop.', zh: '现在没有正在进行的操作。' },
  nothingToRepeat: { en: 'I have not said anything yet.', zh: '我还没有说过什么。' },
  reject: {
    en: 'I did not understand that. You can ask what is wrong, whether it is safe to go on, or what to do now, or talk to a person.',
    zh: '这句话我没听懂。您可以问哪里有问题、能不能继续用、现在该怎么办，也可以转人工。',
  },
  rejectAgain: {
    en: 'That is still not clear to me. Try a few plain words, such as “what is wrong”, “is it safe” or “how do I fix it”. A person may be quicker: say “talk to a person”.',
    zh: '我还是没听明白。请换个简单的说法，比如“哪里坏了”“还能用吗”“怎么修”。转人工可能更快，请说“转人工”。',
  },
  rejectCalled: {
    en: 'I did not understand that, but the person who was called reads everything written here.',
    zh: '这句话我没听懂，不过已经叫来的人会看到这里的每一句话。',
  },
  rejectShort: { en: 'I did not understand that. Shall I get a person?', zh: '这句话我没听懂。要转人工吗？' },
  unheard: { en: 'I did not understand that.', zh: '这句话我没听懂。' },
  unheardButShows: { en: 'I am not sure that I understood you. This is what I see:', zh: '您的意思我不太确定。我这边看到的是：' },
  sayYesOrNo: { en: 'Please answer with yes, no, or “I don’t know”:', zh: '请回答“是”“不是”或“不知道”：' },
  mayNot: { en: 'Do not do that.', zh: '不要这样做。' },
  mayNotYourself: { en: 'Do not do that yourself: it is work for somebody trained.', zh: '不要自己动手，要请专业人员来做。' },
  mayWithCare: { en: 'You may, with care.', zh: '可以，但要小心。' },
  mayDo: { en: 'You may.', zh: '可以。' },
  ifLeft: { en: 'If nothing is done: ', zh: '如果不处理：' },
  mayUnknown: {
    en: 'Whether that may be done I do not know. Leave it until somebody who knows has said so.',
    zh: '这样做行不行，我没有把握。没有懂的人确认之前，请先不要动手。',
  },
  mayUnsaid: {
    en: 'Whether just that may be done I do not know; ask a person before you do. This is what I have on it.',
    zh: '能不能这样做我没有把握，动手之前请先问人。我这里有的说明是：',
  },
  takesUnknown: {
    en: 'How long that takes I do not know. Whoever repairs it can tell you.',
    zh: '要多久我不清楚，来修的人可以告诉您。',
  },
  abilitiesShort: {
    en: 'Ask me what is wrong, whether it is safe, or what to do.',
    zh: '您可以问哪里有问题、安不安全、该怎么办。',
  },
  onlyMachines: { en: 'I only know these machines.', zh: '我只了解这些设备。' },
  saidTwice: { en: 'Sorry, I will not say it all again.', zh: '抱歉，不再重复了。' },
  whyAsked: { en: 'It helps to tell one cause from another.', zh: '这能帮我分清是哪个原因。' },
  needNot: { en: 'You need not do it yourself: a person can.', zh: '不用您自己动手，可以转人工来做。' },
  mayStep: {
    en: 'You need not. Say “skip it” to go on without this step, or have a person do it.',
    zh: '不是非做不可。说“跳过”就不做这一步，也可以转人工来做。',
  },
  mustStep: {
    en: 'This step keeps you safe, so it must not be left out. If you would rather not do it yourself, have a person do it.',
    zh: '这一步关系到安全，不能省。如果您不想自己做，可以转人工来做。',
  },
  atStep: {
    en: 'You are still at this step. Say “done”, “that did not work” or “skip it”, or ask for a person.',
    zh: '您还在这一步。做好了请说“做完了”，没用请说“没用”，也可以说“跳过”，或转人工。',
  },
  complainAgain: { en: 'That it is broken again after a repair should not be.', zh: '修过又坏，这不应该。' },
  complainService: {
    en: 'You have not had the help you need. Whoever takes over reads that too.',
    zh: '您没有得到该有的帮助，这一点接手的人也会看到。',
  },
  complainPaid: {
    en: 'You have paid for it, and it does not work. I cannot settle that; a person can.',
    zh: '您花了钱，它却没好。这件事我处理不了，人工可以。',
  },
  noPast: { en: 'I have no record here of an earlier repair of it.', zh: '我这里没有它以前修理的记录。' },
  knownOfModel: { en: 'The service desk knows this of machines like it:', zh: '关于这类设备，服务中心已知：' },
  noneKnown: {
    en: 'The service desk has told me of no known issue of machines like it. Others that are not here I do not see.',
    zh: '服务中心没有通知过这类设备的已知问题。别处的设备我看不到。',
  },
  recalls: {
    en: 'Recalls and known weak points are listed by the maker: with the serial number, of a car the VIN, the maker or a dealer can look it up at once. A person here can help with that.',
    zh: '召回和通病由厂家登记：报上设备序列号（汽车是车架号），厂家或经销商马上能查到。也可以转人工帮您问。',
  },
  noDanger: { en: 'Good, then there is no danger.', zh: '好，那就没有危险。' },
  stopHere: { en: 'Stop here and step back.', zh: '先停下，离远一点。' },
  stopDanger: {
    en: 'If you see smoke, sparks, or water near electricity, or smell gas or burning, switch it off at the main switch if you can do so safely, and keep away.',
    zh: '如果看到烟、火花、电器旁有水，或闻到燃气味、焦味，能安全做到就断开总开关，然后远离。',
  },
  stopBroke: { en: 'Stop here and leave it as it is now; do not switch it on.', zh: '先停下，保持现在的样子，不要开机。' },
  brokeNoted: {
    en: 'I have written down that something broke, and at which step.',
    zh: '已记下有东西损坏，以及是在哪一步。',
  },
  dangerNoted: { en: 'I have written down what you said, and at which step.', zh: '已记下您说的情况，以及是在哪一步。' },
  shallPerson: { en: 'Shall a person take over?', zh: '要转人工吗？' },
  repairKept: {
    en: 'The repair is kept: say “go on with the repair” when you want to.',
    zh: '修理进度已保留，想继续时说“继续修理”。',
  },
  jammed: {
    en: 'Do not force it: what sits this tight breaks easily.',
    zh: '不要硬来：卡得这么紧，用力容易弄断。',
  },
  cameLoose: { en: 'If it comes loose after all, say “done”.', zh: '如果后来松开了，请说“做完了”。' },
  tooHot: { en: 'Hands off, and let it cool down first. I wait.', zh: '先别碰，等它凉下来。我等您。' },
  lacks: {
    en: 'My instructions name nothing else that may do instead.',
    zh: '我的说明里没有写可以用别的代替。',
  },
  fetch: {
    en: 'Fetch it in your own time: the repair waits at this step. Or ask for a person.',
    zh: '您可以慢慢去找，修理就停在这一步等您。也可以转人工。',
  },
  noMoreText: {
    en: 'That is all my instructions say of it. If it is still not clear, a person can help.',
    zh: '说明里只写了这些。如果还是不清楚，可以转人工。',
  },
  lookPicture: { en: 'The picture shows it.', zh: '请看图。' },
  moreIn: { en: 'More of it stands in:', zh: '更多内容见：' },
  shows: { en: 'What this machine shows now is this:', zh: '这台设备现在的情况是：' },
  tooFewReadings: { en: 'I have too few readings to say which way it goes.', zh: '读数太少，还看不出走势。' },
  nothingWorse: { en: 'Nothing shows that could get worse.', zh: '目前没有故障，谈不上变严重。' },
  onlyACode: {
    en: 'Whether it gets worse I cannot tell: what speaks for it is a code or a sign, which is there or is not.',
    zh: '是不是在变严重，我看不出来：依据只是故障码或迹象，只有“有”和“没有”。',
  },
  tooEarlyToTell: { en: 'It is too early to tell whether it gets worse.', zh: '现在还看不出是不是在变严重。' },
  noWorse: { en: 'It gets neither better nor worse.', zh: '没有变好，也没有变坏。' },
  getsWorse: { en: 'It is getting worse.', zh: '在变严重。' },
  eases: { en: 'It is easing.', zh: '在好转。' },
  firstTime: {
    en: 'I have not seen this on this machine before. What was before I watched it, I do not know.',
    zh: '这台设备上我是第一次看到这个故障。我看护之前的事，我不清楚。',
  },
  nothingNow: { en: 'Nothing shows now.', zh: '目前没有发现故障。' },
  wasBefore: { en: 'Before:', zh: '之前有：' },
  nothingThen: { en: 'I have no fault on record from then.', zh: '那段时间没有记录到故障。' },
  neverBefore: { en: 'I have no fault of this machine on record.', zh: '这台设备没有故障记录。' },
  noThing: { en: 'Which machine do you mean? Choose one, or say its name.', zh: '您指的是哪台设备？请选择一台，或说出它的名字。' },
  because: { en: 'I go by this:', zh: '依据是：' },
  against: { en: 'Against it speaks that this is not seen:', zh: '不太吻合的是，没有出现：' },
  askWhatToDo: { en: 'Ask me what to do, and I will take you through it step by step.', zh: '您可以问我“怎么办”，我会一步一步带您处理。' },
  others: { en: 'Also found:', zh: '另外还有：' },
  handoffAsked: {
    en: 'I am getting a person. They see all of this, so you need not repeat it.',
    zh: '正在为您转人工。对方能看到全部情况，您不用再重复。',
  },
  visitAsked: {
    en: 'I have written down that you want somebody to come. I cannot book a time myself; they agree it with you.',
    zh: '已写明您希望派人上门。时间我定不了，由对方和您约。',
  },
  emergencyPerson: {
    en: 'I am getting a person at once, and they see all of this.',
    zh: '我马上为您转人工，对方能看到全部情况。',
  },
  emergencyStill: {
    en: 'A person has been called. If nobody is in danger, say “false alarm”, and I answer what you ask.',
    zh: '已经为您呼叫人工。如果没有人有危险，请说“误报”，我就回答您的问题。',
  },
  emergencyOver: {
    en: 'Good. I no longer treat this as an emergency. The person I called still sees it.',
    zh: '好的，我不再按紧急情况处理。已呼叫的人工仍会看到。',
  },
  handoffAlso: { en: 'I am also handing this to a person, who sees all of this.', zh: '我同时把这件事转给人工处理，对方能看到全部情况。' },
  toBeSafe: { en: 'To be on the safe side:', zh: '稳妥起见：' },
  raisedAlso: { en: 'I have told the person who was called that it is more urgent now.', zh: '我已告诉对方，情况变得更紧急了。' },
  looksOnAlso: {
    en: 'I go on with you, and ask a technician to look on; they see this conversation.',
    zh: '我继续为您处理，同时请技术员旁听，对方能看到这次对话。',
  },
  handoffAlready: {
    en: 'A person has been asked for and sees all of this, what you say now too.',
    zh: '已经转人工，对方能看到全部情况，包括您现在说的话。',
  },
  safeUnclear: { en: 'I cannot be sure.', zh: '我不能确定。' },
  mindTold: {
    en: 'You told me of it, and no sensor of mine can rule it out: keep to this until somebody has looked.',
    zh: '这是您告诉我的情况，传感器排除不了：有人看过之前，请照此做。',
  },
  safeUnclearWhy: {
    en: 'Something is not as it should be and its cause is not clear yet. If in doubt, stop and ask for a person.',
    zh: '有些地方不正常，原因还不明确。拿不准时请停用，并转人工。',
  },
  handoffRule: { en: 'I am handing this to a person, who sees all of this.', zh: '我把这件事转给人工处理，对方能看到全部情况。' },
  finishedDone: { en: 'That was the last step.', zh: '这是最后一步。' },
  finishedFailed: {
    en: 'That was the last step, and it did not help. A person should take over now.',
    zh: '这是最后一步，但没有奏效。接下来应由专业人员处理。',
  },
  stillShows: { en: 'Not yet. The machine still shows this:', zh: '还没有，设备仍然显示：' },
  nothingShows: { en: 'The machine no longer shows it. This is left to do:', zh: '设备已经不再显示这个问题，还剩这一步：' },
  stillReports: { en: 'But the machine still reports:', zh: '不过设备仍在报告：' },
  stillSees: { en: 'But the machine’s own data still shows:', zh: '不过设备自己的数据仍然显示：' },
  notFixedYet: { en: 'Until that is gone I do not call it fixed.', zh: '在它消失之前，我不能说已经修好。' },
  goesByItself: {
    en: 'It goes by itself once the readings are right again, and I look on.',
    zh: '读数恢复正常后它会自己消失，我会继续看着。',
  },
  clearsUnknown: {
    en: 'I cannot clear it from here, and do not know what clears it on this machine: its manual or a technician does.',
    zh: '我无法从这里清除，也不知道这台设备要怎样清除，请查看说明书或请技术员处理。',
  },
  stepFailed: { en: 'Understood, that did not help. Let us try the next step.', zh: '明白，这一步没有奏效。我们试下一步。' },
  noProcedure: {
    en: 'There is nothing you could safely repair yourself here. A person should look at it.',
    zh: '这个故障不适合自己处理，应请专业人员查看。',
  },
  unwatched: {
    en: 'I do not know this kind of machine, so I cannot judge it. I can show its readings and its own codes, or get you a person.',
    zh: '我不了解这类设备，无法判断。我可以显示它的读数和自带的代码，也可以为您转人工。',
  },
  whichSign: { en: 'Which of these is it?', zh: '是下面哪一种？' },
  thisSign: { en: 'Is this what you mean?', zh: '您说的是这个吗？' },
  whatNoticed: {
    en: 'I can only speak for what its sensors measure. What do you notice? Choose, or say it in your own words.',
    zh: '我只能依据传感器判断。您注意到了什么？可以选一个，也可以直接说。',
  },
  wellCaveat: {
    en: 'I can only speak for what its sensors measure. If you notice anything, tell me.',
    zh: '我只能依据传感器判断。如果您发现异常，请告诉我。',
  },
  noReasonToStop: {
    en: 'I see nothing that speaks against going on. I only know what its sensors measure: if you see, hear or smell anything unusual, stop and tell me.',
    zh: '目前没有发现需要停用的情况。我只能依据传感器判断：如果看到、听到或闻到异常，请停下来并告诉我。',
  },
  testWould: { en: 'A test would tell more.', zh: '做个测试能看得更清楚。' },
  unexplainedBeside: { en: 'That does not explain everything: there is also', zh: '这还不能解释全部情况，另外还有：' },
  unclear: { en: 'Something is not as it should be, but I cannot name the cause yet.', zh: '有些地方不正常，但我还不能确定原因。' },
  unexplained: {
    en: 'Something is not as it should be, and none of the faults I know explains it well.',
    zh: '有些地方不正常，但我所知的故障都不太能解释。',
  },
  possible: { en: 'It could be:', zh: '可能是：' },
  possibleUnseen: {
    en: 'Nothing that I measure shows what it is. It could be:',
    zh: '我测到的数据里看不出原因，可能是：',
  },
  notConfirmed: {
    en: 'That is not yet confirmed: the machine has noticed it once and is still checking.',
    zh: '这还没有得到确认：设备检测到一次，仍在核实。',
  },
  pointsTo: { en: 'If it comes again, this is most likely:', zh: '如果再次出现，最可能是：' },
  notedYes: { en: 'Thank you, noted.', zh: '好的，已记下。' },
  notedUnsure: { en: 'That is fine.', zh: '没关系。' },
  notedNothing: { en: 'For now I see nothing else wrong.', zh: '目前没有发现其他问题。' },
  partNotMeasured: { en: 'I have no readings of it.', zh: '没有它的读数。' },
  partWell: {
    en: 'I see no fault there; what its sensors do not measure I cannot see.',
    zh: '没有发现它有故障；传感器测不到的，我看不到。',
  },
  partBeside: { en: 'Something else shows on this machine:', zh: '不过这台设备另有一处：' },
  partBesideUnsure: { en: 'Something else shows, not yet sure:', zh: '不过另有一处，还没有确认：' },
  noSuchSignal: { en: 'This machine does not measure that.', zh: '这台设备不测这一项。' },
  noLimit: { en: 'I know of no limit for it on this machine.', zh: '这台设备的资料里没有它的限值。' },
  usualUnknown: { en: 'I have watched it too short to say what is usual here.', zh: '看护时间还短，说不出平时是多少。' },
  nearest: { en: 'What is nearest:', zh: '最接近的是：' },
  codeUnknown: { en: 'I have no description of this code.', zh: '我没有这个代码的说明。' },
  codeArea: { en: 'I know its area, not its exact wording.', zh: '我只知道它属于哪个部分，没有确切的说明。' },
  codeMaker: {
    en: 'Such a code has several meanings, as each maker sets its own; a workshop can look up what it means on this one.',
    zh: '这类代码由厂家自定义，各品牌含义不同，可请维修站按型号查询。',
  },
  codeHere: { en: 'The machine reports it now.', zh: '设备现在正报告此代码。' },
  codePending: { en: 'The machine has noticed it once and is still checking.', zh: '设备检测到一次，仍在确认中。' },
  codeCleared: { en: 'It was there and has been cleared.', zh: '此代码曾出现，现已清除。' },
  codeNotHere: { en: 'The machine does not report it now.', zh: '设备现在没有报告此代码。' },
  cannotAct: {
    en: 'I cannot do that from here. You can do it on the machine itself, or a person can help.',
    zh: '这项操作我无法从这里执行。您可以在设备上操作，或转人工协助。',
  },
  offers: { en: 'What I can do here:', zh: '我在这里可以执行：' },
  guessLikely: { en: 'Yes, that is the likeliest.', zh: '对，这个可能性最大。' },
  guessPossible: { en: 'It could be; here is what I see.', zh: '有可能，我看到的情况是：' },
  guessUnlikely: { en: 'I see nothing that points to that.', zh: '目前没有迹象指向它。' },
  oneByOne: { en: 'First this, then the rest.', zh: '一件一件来，先办这件。' },
  asForTheOther: { en: 'Now to what else you said:', zh: '再说您刚才的另一件事：' },
  homeAsked: { en: 'I have asked your home system:', zh: '已请您的家居系统执行：' },
  homeDone: { en: 'Done.', zh: '好了。' },
  homeFailed: { en: 'Your home system says that it did not work.', zh: '您的家居系统说没有成功。' },
  shallI: { en: 'Shall I do it?', zh: '要执行吗？' },
  askedAgain: { en: 'More than a minute has passed, so I ask again.', zh: '已经过了一分钟，我再确认一次。' },
  doingIt: { en: 'I am doing it now:', zh: '正在执行：' },
  stillDoing: { en: 'That is being done already, and I will say what comes of it:', zh: '已经在执行了，有结果我会告诉您：' },
  withheld: { en: 'All right, I leave it.', zh: '好的，不执行。' },
  notDone: { en: 'I have not done it.', zh: '没有执行。' },
  nothingToUndo: { en: 'There is nothing I did here that I could take back.', zh: '没有可以撤销的操作。' },
  needs: { en: 'You need:', zh: '需要准备：' },
  byHand: {
    en: 'You can do this step by hand and say “done”, skip it, or ask for a person.',
    zh: '这一步您可以手动完成后说“做完了”，也可以跳过，或转人工。',
  },
  codes: { en: 'Codes:', zh: '代码：' },
} as const;

export type Sentence = keyof typeof sentences;

/** A fixed sentence in the language of the conversation. */
export const say = (which: Sentence, locale: Locale): string => sentences[which][locale];

/** How sure, in words: a percentage would pretend to more than the priors carry. */
export function likelihoodWord(probability: number, locale: Locale): string {
  const [en, zh] =
    probability >= 0.95
      ? ['almost certainly', '几乎可以确定']
      : probability >= 0.8
        ? ['very likely', '很可能']
        : probability >= 0.5
          ? ['probably', '可能']
          : ['possibly', '有可能'];
  return locale === 'zh' ? zh! : en!;
}

/** Sentences one after another: with a space in English, without in Chinese. */
export const joined = (parts: readonly (string | undefined)[], locale: Locale): string =>
  parts.filter((part): part is string => part !== undefined && part !== '').join(locale === 'zh' ? '' : ' ');

/** Ends a title or an item as a sentence. */
export function ended(text: string, locale: Locale): string {
  const trimmed = text.trim();
  return /[.!?。！？]$/.test(trimmed) ? trimmed : trimmed + (locale === 'zh' ? '。' : '.');
}

export const listed = (items: readonly string[], locale: Locale): string => ended(items.join(locale === 'zh' ? '；' : '; '), locale);

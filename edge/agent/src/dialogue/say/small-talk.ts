import type { Localized } from '@wayside/protocol';
import type { SmallTalk } from '../decide/move.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { say } from './wording.ts';

/** What is said to what is no question about a machine, whether a person is offered with it, and where it is from when it is advice. */
const replies: Record<
  Exclude<SmallTalk, 'hello' | 'thanks' | 'bye' | 'acknowledged' | 'waits' | 'how-long'>,
  { says: Localized; person?: true; source?: string }
> = {
  abilities: {
    says: {
      en: 'I can tell you what is wrong and how I know, whether it is safe to go on, what a code or a reading means, and lead you through a repair step by step. I get you a person at any time.',
      zh: '我可以告诉您哪里有问题、依据是什么、能不能继续用、故障码和读数是什么意思，也能一步一步带您处理。随时可以转人工。',
    },
  },
  // AI Act, Article 50(1): people are told that they talk with a machine.
  identity: {
    says: {
      en: 'I am Wayside, a program that runs beside your machines, not a person. I can get you one at any time.',
      zh: '我是 Wayside，在设备旁运行的程序，不是真人。随时可以为您转人工。',
    },
    person: true,
  },
  elsewhere: {
    says: {
      en: 'I only know these machines, so I would be guessing. Ask me what is wrong with one, whether it is safe to go on, or what to do.',
      zh: '我只了解这些设备，别的事说了也是瞎猜。您可以问哪里有问题、能不能继续用、该怎么办。',
    },
  },
  'said-before': {
    says: {
      en: 'Sorry, I will not say it again. Ask me what to do, or take a person.',
      zh: '抱歉，不再重复了。您可以问“怎么办”，也可以转人工。',
    },
    person: true,
  },
  privacy: {
    says: {
      en: 'What you write or say is kept on this device. The technicians of your service desk can read it too, unless you speak as a guest or keep it here. Sound is heard here and never kept. Tap your name or the person sign at the top: there “My data” shows all of it, lets you take it along, and erases it.',
      zh: '您写的和说的都保存在这台设备上。除非您以访客身份说话，或选择只留在本机，服务中心的技术员也能看到。声音只在本机识别，从不保存。点上方您的名字或人像图标，“我的数据”里可以查看、带走或删除。',
    },
  },
  language: {
    says: {
      en: 'I understand English and Chinese, however you mix them. In which of the two I answer is chosen at the top of the screen. 我会中文：请在屏幕上方选择语言。',
      zh: '我听得懂中文和英文，混着说也可以。用哪种语言回答，请在屏幕上方选择。I speak English too: choose it at the top of the screen.',
    },
  },
  cost: {
    says: {
      en: 'I do not know what it costs or what your warranty covers. Whoever repairs it can name a price before the work begins; a technician here can tell you more.',
      zh: '费用和保修范围我不清楚。维修的人可以在动手之前先报价，也可以转人工问清楚。',
    },
  },
  place: {
    says: {
      en: 'I do not know where you are and have no map; the navigation of your car or phone finds one. I can say whether you may still drive there.',
      zh: '我不知道您在哪里，也没有地图，请用车上或手机的导航找。能不能开过去，可以问我。',
    },
  },
  ring: {
    says: {
      en: 'I cannot ring or write to anybody else. I can get you a technician of your service desk, here in this conversation.',
      zh: '我没有办法给别人打电话或发消息。我可以把服务中心的技术员叫到这个对话里来。',
    },
    person: true,
  },
  remind: {
    says: {
      en: 'I do things at once and cannot set a time for them, nor remind you: the thing’s own schedule can, if it has one. What is wrong stays on this screen until the machine’s own data says that it is over.',
      zh: '我只能马上做，不能定时，也没有提醒；设备自己有时间程序的话，可以在设备上设。有问题会一直显示在这块屏幕上，直到设备自己的数据表明已经好了。',
    },
  },
  parts: {
    says: {
      en: 'I have no list of parts and cannot order any. The number stands on the part’s plate or in the maker’s manual; a technician here can look it up.',
      zh: '我没有备件清单，也不能下单。备件号在铭牌上或厂家手册里，技术员也可以帮您查。',
    },
    person: true,
  },
  abuse: {
    says: {
      en: 'I would rather be of use. Tell me what the machine does, or take a person; they see all of this.',
      zh: '我想帮上忙。请告诉我设备现在怎么样，或者直接转人工，对方能看到全部情况。',
    },
    person: true,
  },
  'self-harm': {
    says: {
      en: 'I am a program and no help with this, but people are, at any hour, and it is right to ask them. In danger call your local emergency number now (112, 911, or 120 in China). To talk to someone: 988 in the US and Canada, 116 123 in the UK and Ireland, 12356 in China; elsewhere findahelpline.com. If you can, tell someone near you. I can also get a person here.',
      zh: '我是一个程序，这件事我帮不了您，但有人可以，任何时候都可以找他们。情况危急请立即拨打 120 或 110。想找人说说话，请拨打全国统一心理援助热线 12356；在其他国家请拨打当地急救电话（112 或 911）。如果可以，请告诉身边的人。我也可以为您转人工。',
    },
    person: true,
    source:
      '988 Suicide & Crisis Lifeline (US, SAMHSA; Canada since 2023); Samaritans 116 123 (UK, Ireland); 12356, National Health Commission of China, 2024-12; findahelpline.com (ThroughLine)',
  },
  health: {
    says: {
      en: 'I cannot advise on health. If it is bad or came suddenly, call your local emergency number now (112, 911, or 120 in China). If a flame or an engine runs indoors and someone has a headache or feels sick, get everyone into fresh air first: it may be carbon monoxide. Otherwise ask a doctor or a pharmacist.',
      zh: '我不能给出医疗建议。如果很严重或突然发作，请立即拨打 120（国外 112 或 911）。如果室内有明火或发动机在运行，又有人头痛、恶心，请先让所有人到室外通风处，可能是一氧化碳中毒。其他情况请咨询医生或药师。',
    },
    source: 'US CDC, Carbon Monoxide Poisoning: symptoms and what to do',
  },
};

/** Decent, short, and safe: no joke about trouble, no guess about the world, real lines of help only where they are sure. */
export function saySmallTalk(talk: SmallTalk, { locale, called }: AnswerContext): Said {
  if (talk === 'how-long') {
    const words = say(called === 'nobody' ? 'nobodyCalled' : 'somebodyCalled', locale);
    return { parts: [words], rung: 'grammar', grounds: [words] };
  }
  if (!(talk in replies)) {
    const words = say(talk as 'hello', locale);
    return { parts: [words], rung: 'grammar', grounds: [words] };
  }
  const { says, person, source } = replies[talk as keyof typeof replies];
  return {
    parts: [says[locale]],
    rung: 'grammar',
    grounds: [says[locale]],
    ...(source ? { citations: [{ kind: 'rule' as const, ref: `advice/${talk}`, text: source }] } : {}),
    ...(person ? { more: { offerPerson: true } } : {}),
  };
}

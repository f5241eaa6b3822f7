import { Radio, Select, Stack } from '@mantine/core';
import type { Briefing, Colleague } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';

export type Asked = { to: string | null; wants: Briefing['wants'] };

/** Which colleague is asked, and for what. */
export function ColleagueFields({ others, asked, onChange }: { others: Colleague[]; asked: Asked; onChange: (asked: Asked) => void }) {
  const { w } = useWords();
  return (
    <>
      <Select
        label={w.briefing.whom}
        data-autofocus
        searchable
        value={asked.to}
        onChange={(to) => onChange({ ...asked, to })}
        data={others.map((each) => ({
          value: each.id,
          label: `${each.name} · ${w.briefing.standing(standingOf(each), each.load, each.duty.most)}`,
        }))}
      />
      <Radio.Group
        label={w.briefing.wants}
        value={asked.wants}
        onChange={(wants) => onChange({ ...asked, wants: wants as Asked['wants'] })}
      >
        <Stack gap={6} mt={6}>
          <Radio size="sm" value="help" label={w.briefing.help} />
          <Radio size="sm" value="take-over" label={w.briefing.takeOver} />
        </Stack>
      </Radio.Group>
    </>
  );
}

const standingOf = ({ onShift, here }: Colleague): 'here' | 'on-shift' | 'off' => (here && onShift ? 'here' : onShift ? 'on-shift' : 'off');

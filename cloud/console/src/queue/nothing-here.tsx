import { Button } from '@mantine/core';
import { IconCircleCheck, IconSearch } from '@tabler/icons-react';
import type { CaseList, QueueTab } from '../api/types.ts';
import { Empty } from '../shell/empty.tsx';
import { useWords } from '../words/use-words.tsx';

type Props = { state: QueueTab; found: CaseList['found']; onState: (state: QueueTab) => void };

/** A tab without a case: why, and where what is looked for is instead. */
export function NothingHere({ state, found, onState }: Props) {
  const { w } = useWords();
  if (found === null)
    return <Empty icon={<IconCircleCheck size={34} stroke={1.3} />} title={w.queue.empty[state]} hint={w.queue.emptyHint[state]} />;
  const elsewhere = (Object.keys(found) as QueueTab[]).filter((each) => each !== state && found[each] > 0);
  return (
    <Empty icon={<IconSearch size={34} stroke={1.3} />} title={w.queue.notFound[state]} hint={w.queue.notFoundHint}>
      {elsewhere.map((each) => (
        <Button key={each} mt="xs" variant="default" onClick={() => onState(each)}>
          {w.queue[each]}
          {w.shell.colon}
          {w.queue.found(found[each])}
        </Button>
      ))}
    </Empty>
  );
}

import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { refetchAll } from '../api/live.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';

/** An edge that is gone for good: its key lets it in no more, what it told stays. */
export function RetireDialog({ edge, onClose }: { edge: string; onClose: () => void }) {
  const { w } = useWords();
  const retire = useAct(async () => {
    await hub.retire(edge);
    refetchAll();
    onClose();
  });
  return (
    <ActDialog
      title={w.fleet.retireTitle(edge)}
      hint={w.fleet.retireHint}
      act={retire}
      button={w.fleet.retireButton}
      ready
      danger
      onClose={onClose}
    />
  );
}

import { Table } from '@mantine/core';
import type { Replayed } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { sayName, sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './replay.module.css';

type Verdict = Replayed['differences'][number]['was'];

/** Each conversation that would have gone otherwise, the newest first. */
export function ReplayTable({ differences }: Pick<Replayed, 'differences'>) {
  const { w, locale, pick } = useWords();
  const always: Record<string, string> = w.replay.always;
  const now = useNow();
  const said = ({ effect, rule, because, turn }: Verdict) => (
    <>
      {w.replay.effects[effect]}
      {rule && (
        <small className={css.rule} title={rule}>
          {because ? pick(because) : (always[rule] ?? sayName(rule))} {turn !== undefined && w.replay.onTurn(turn)}
        </small>
      )}
    </>
  );
  if (differences.length === 0) return <p>{w.replay.same}</p>;
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{w.replay.began}</Table.Th>
            <Table.Th>{w.replay.turns}</Table.Th>
            <Table.Th>{w.replay.now}</Table.Th>
            <Table.Th>{w.replay.changed}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.map((one) => (
            <Table.Tr key={one.session}>
              <Table.Td>{sayWhen(one.at, now, locale)}</Table.Td>
              <Table.Td>{one.turns}</Table.Td>
              <Table.Td>{said(one.was)}</Table.Td>
              <Table.Td>{said(one.would)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

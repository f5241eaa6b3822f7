import type { WholePack } from '@wayside/packs';
import type { Localized } from '@wayside/protocol';
import type { Change } from '../store/change.ts';
import type { Db } from '../store/schema.ts';

/** Keeps what the packs say a technician can be good at: each family, and the special skills its policy names. */
export async function keepSkills({ tx }: Change, packs: readonly WholePack[]): Promise<void> {
  const skills = new Map<string, Localized>();
  for (const { family, title, policy } of packs) {
    skills.set(family, title);
    for (const skill of policy?.skills ?? []) skills.set(skill.id, skill.title);
  }
  await tx.deleteFrom('skill').execute();
  if (skills.size > 0)
    await tx
      .insertInto('skill')
      .values([...skills].map(([id, title]) => ({ id, titleJson: JSON.stringify(title) })))
      .execute();
}

export async function listSkills(db: Db): Promise<{ id: string; title: Localized }[]> {
  const rows = await db.selectFrom('skill').selectAll().orderBy('id').execute();
  return rows.map(({ id, titleJson }) => ({ id, title: JSON.parse(titleJson) as Localized }));
}

import { moveStore, readHubConfig, storeFile } from '@wayside/hub';
import { settingsFile } from './settings.ts';

/** `wayside hub migrate`: from a hub's file to PostgreSQL. */
export async function migrate({ to, data, json }: { to: string; data?: string; json?: boolean }): Promise<void> {
  const config = readHubConfig({ ...(data === undefined ? {} : { data }), database: to }, process.env, settingsFile('hub'));
  const tables: Record<string, { rows: number; sum: string }> = {};
  await moveStore(storeFile(config), to, ({ table, rows, sum }) => {
    tables[table] = { rows, sum };
    if (!json) process.stdout.write(`${table.padEnd(18)} ${String(rows).padStart(9)} rows  ${sum.slice(0, 16)}\n`);
  });
  if (json) process.stdout.write(`${JSON.stringify({ moved: true, tables })}\n`);
  else
    process.stdout.write(
      'Everything is there, compared row by row. Start the hub with --database and the same --data, whose keys it still needs; hub.db stays as a copy.\n',
    );
}

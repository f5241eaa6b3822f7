import type { TestProject } from 'vitest/node';
import { madeDatabase } from '../../cloud/hub/src/scenario.ts';
import { openPostgres } from '../../cloud/hub/src/store/postgres/open.ts';
import { clientOf } from '../../cloud/hub/src/store/postgres/pool.ts';
import { startPostgres } from './postgres.ts';

/** One server for all files of the project; each hub of a test has a database of its own in it (`cloud/hub/src/scenario.ts`). */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const client = clientOf(server.url);
  await client.connect();
  await client.query(`create database ${madeDatabase}`);
  await client.end();
  await (await openPostgres(Object.assign(new URL(server.url), { pathname: `/${madeDatabase}` }).href)).close();
  Object.assign(project.config.env ?? {}, { WAYSIDE_TEST_POSTGRES: server.url });
  return server.stop;
}

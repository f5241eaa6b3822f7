import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';

/** One server for all files of the project; each hub of a test has a database of its own in it (`cloud/hub/src/scenario.ts`). */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  Object.assign(project.config.env ?? {}, { WAYSIDE_TEST_POSTGRES: server.url });
  return server.stop;
}

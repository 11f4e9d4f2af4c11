// Where a run keeps its things, and how long a check waits for the server that `run` starts.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The folder of the checks. */
export const home = fileURLToPath(new URL('..', import.meta.url));

/** The folder of this run, gone when it ends. */
export const work = process.env.CONFORMANCE_WORK;
if (!work) throw new Error('start the checks by tests/conformance/run');

/** The schema as the server prints it. */
export const schemaFile = join(work, 'schema.graphql');

const PATIENCE = 240_000;

/** The address of the server that all checks share, once it serves. */
export async function sharedServer() {
  const address = join(work, 'address');
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    if (existsSync(join(work, 'failed'))) break;
    if (existsSync(address)) return readFileSync(address, 'utf8');
    await sleep(100);
  }
  const logs = ['load.log', 'serve.log'].map((name) => join(work, name)).filter(existsSync);
  throw new Error(`there is no server:\n${logs.map((log) => readFileSync(log, 'utf8')).join('\n')}`);
}

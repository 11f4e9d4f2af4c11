// The server that all checks share; `run` starts and stops it.

import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from './server.js';
import { work } from './work.js';

const server = await startServer({ 'budget.burst': 10_000_000, 'budget.address_burst': 10_000_000 });
writeFileSync(join(work, 'address.new'), server.url);
renameSync(join(work, 'address.new'), join(work, 'address'));
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => server.stop().then(() => process.exit()));
}

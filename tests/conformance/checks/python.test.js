// The gql client for Python; what it does stands in python/check.py.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { token } from '../support/api.js';
import { home, sharedServer } from '../support/work.js';

test('gql reads, writes, subscribes and checks documents', async (t) => {
  const url = await sharedServer();
  const python = join(home, '.venv/bin/python');
  const parameters = [join(home, 'python/check.py'), url, await token(url), join(home, 'operations/tickets.graphql')];
  const run = promisify(execFile)(python, parameters, { timeout: 60_000 });
  const { stderr } = await run.catch((error) => assert.fail(error.stderr));
  t.diagnostic(stderr.match(/Ran .*/)[0]);
});

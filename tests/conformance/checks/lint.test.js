// The recommended rules of @graphql-eslint, and its rules for Relay, over the printed schema and `operations/`.

import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { configs, lint } from '../support/eslint.js';
import { home, schemaFile, work } from '../support/work.js';

const folder = join(work, 'lint');
const schema = join(folder, 'schema.graphql');
const documents = join(folder, 'operations/*.graphql');

// What our schema does otherwise than a rule wants, and why.
const OTHERWISE = {
  // A payload, a page, a sum of money or a line of a report is a value: it has no identity that an `id` could name, and
  // a made-up one would make caches merge what isn't the same. What has one implements `Node` or has an `id` of its own.
  '@graphql-eslint/strict-id-in-types': 'off',
  // Lists that are short by nature (tags, roles) are plain lists. And not every row of a page can be fetched alone: a
  // comment or an entry of the audit log is read where it belongs.
  '@graphql-eslint/relay-edge-types': [
    'error',
    { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
  ],
};

// Single places that stay as they are.
const EXCEPTIONS = [
  {
    rule: '@graphql-eslint/no-typename-prefix',
    at: 'Session.sessionEndsAt',
    because: 'beside `expiresAt`, the end of the access token, it has to say of what it is the end',
  },
];

before(() => {
  mkdirSync(folder);
  copyFileSync(schemaFile, schema);
  cpSync(join(home, 'operations'), join(folder, 'operations'), { recursive: true });
});

test('the schema keeps the recommended rules and those for Relay', async () => {
  const rules = {
    ...configs['flat/schema-recommended'].rules,
    ...configs['flat/schema-relay'].rules,
    ...OTHERWISE,
  };
  const found = await lint({ folder, files: ['schema.graphql'], schema, documents, rules });
  const same = (one) => (other) => one.rule === other.rule && one.at === other.at;
  const unexpected = found.filter((finding) => !EXCEPTIONS.some(same(finding)));
  assert.deepEqual(unexpected, []);
  const unneeded = EXCEPTIONS.filter((exception) => !found.some(same(exception)));
  assert.deepEqual(unneeded, [], 'exceptions that nothing needs any more');
});

test('the operations keep the recommended rules', async () => {
  const { rules } = configs['flat/operations-recommended'];
  assert.deepEqual(await lint({ folder, files: ['operations/*.graphql'], schema, documents, rules }), []);
});

// The client preset of GraphQL Code Generator over the printed schema and `operations/`; what it makes, and what uses it,
// is checked by `tsc --strict`.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildASTSchema, parse } from 'graphql';
import { source } from '../support/api.js';
import { home, schemaFile, work } from '../support/work.js';

test('what is generated is sound under tsc --strict', async () => {
  const folder = join(work, 'codegen');
  cpSync(join(home, 'codegen'), folder, { recursive: true });
  mkdirSync(join(folder, 'generated'));
  symlinkSync(join(home, 'node_modules'), join(folder, 'node_modules'));

  const schema = parse(readFileSync(schemaFile, 'utf8'));
  const sections = await preset.buildGeneratesSection({
    baseOutputDir: join(folder, 'generated/'),
    schema,
    schemaAst: buildASTSchema(schema),
    documents: [{ location: 'tickets.graphql', rawSDL: source, document: parse(source) }],
    config: {
      // A scalar that isn't listed here is an error, so that a new one is thought of.
      strictScalars: true,
      scalars: { ID: 'string', Date: 'string', DateTime: 'string', Decimal: 'string', Duration: 'string', JSON: 'unknown' },
    },
    presetConfig: { fragmentMasking: { unmaskFunctionName: 'getFragmentData' } },
    plugins: [],
    pluginMap: {},
    pluginContext: {},
  });
  for (const section of sections) writeFileSync(section.filename, await codegen(section));

  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const checked = promisify(execFile)(process.execPath, [tsc, '--project', folder], { cwd: folder });
  await checked.catch((error) => assert.fail(error.stdout));
});

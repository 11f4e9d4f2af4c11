// What @graphql-eslint finds, as a list of { rule, at, message }; `at` is the place in the schema, such as `Session.endsAt`.

import { readFileSync } from 'node:fs';
import eslintPlugin from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { parse } from 'graphql';

export const { configs } = eslintPlugin;

/** Lints some files of a folder by some rules. */
export async function lint({ folder, files, schema, documents, rules }) {
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    allowInlineConfig: false,
    overrideConfig: {
      files,
      languageOptions: {
        parser: eslintPlugin.parser,
        parserOptions: { graphQLConfig: { schema, documents } },
      },
      plugins: { '@graphql-eslint': eslintPlugin },
      rules,
    },
  });
  const results = await eslint.lintFiles(files);
  return results.flatMap(({ filePath, messages }) => {
    if (messages.length === 0) return [];
    const places = placesOf(readFileSync(filePath, 'utf8'));
    return messages.map(({ ruleId, line, message }) => ({ rule: ruleId, at: places(line), message }));
  });
}

/** Names the definition and the field in which a line lies. */
function placesOf(text) {
  const named = [];
  for (const definition of parse(text).definitions) {
    if (!definition.name) continue;
    named.push([definition.loc.startToken.line, definition.loc.endToken.line, definition.name.value]);
    for (const field of definition.fields ?? []) {
      const name = `${definition.name.value}.${field.name.value}`;
      named.push([field.loc.startToken.line, field.loc.endToken.line, name]);
    }
  }
  return (line) => named.filter(([from, to]) => from <= line && line <= to).at(-1)?.[2];
}

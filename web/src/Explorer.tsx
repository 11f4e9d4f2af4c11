import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { GraphiQL } from 'graphiql';
import { useEffect, useMemo } from 'react';
import { connect } from './connection';
import { samples } from './samples';
import { openWork } from './work';

// Monaco rejects whatever it was still computing for an editor that went away, and nobody awaits that.
window.addEventListener('unhandledrejection', (event) => {
  if (event.reason instanceof Error && event.reason.name === 'Canceled') event.preventDefault();
});

/**
 * GraphiQL for one session: mount it with the session as its key, and it reads the schema anew.
 */
export default function Explorer() {
  const connection = useMemo(connect, []);
  const storage = useMemo(openWork, []);
  useEffect(() => () => connection.close(), [connection]);
  return (
    <GraphiQL
      fetcher={connection.fetcher}
      storage={storage}
      defaultTabs={[...samples]}
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
      inputValueDeprecation
    />
  );
}

/**
 * What GraphiQL remembers of someone's work: documents, variables, headers and history.
 *
 * It stays in this browser tab (`sessionStorage`), since variables and headers can hold secrets; it outlives a reload
 * and a switch of demo users, and signing out forgets it.
 */
import type { Storage } from '@graphiql/toolkit';

const PREFIX = 'graphiql:';

let open = new AbortController();

/** The memory for one mounted GraphiQL. */
export function openWork(): Storage {
  // GraphiQL saves with a delay; what arrives after the work was left must not bring it back.
  open.abort();
  open = new AbortController();
  const { signal } = open;
  alignEditors();
  return {
    getItem: (key) => sessionStorage.getItem(key),
    setItem(key, value) {
      if (!signal.aborted) sessionStorage.setItem(key, value);
    },
    removeItem: (key) => sessionStorage.removeItem(key),
    clear: clearWork,
    get length() {
      return sessionStorage.length;
    },
  };
}

/**
 * Makes the stored editors equal the stored active tab. GraphiQL saves the two at different delays, and takes editors
 * that match no tab for one more tab.
 */
function alignEditors(): void {
  const tab = activeTab();
  for (const editor of ['query', 'variables'] as const) {
    const text = tab?.[editor];
    if (text) sessionStorage.setItem(PREFIX + editor, text);
    else sessionStorage.removeItem(PREFIX + editor);
  }
}

interface Tab {
  readonly query?: string | null;
  readonly variables?: string | null;
}

function activeTab(): Tab | undefined {
  try {
    const state = JSON.parse(sessionStorage.getItem(`${PREFIX}tabState`) ?? '{}') as {
      readonly tabs?: readonly Tab[];
      readonly activeTabIndex?: number;
    };
    return state.tabs?.[state.activeTabIndex ?? 0];
  } catch {
    return undefined;
  }
}

/** Forgets the work, and whatever GraphiQL still wants to save of it. */
export function forgetWork(): void {
  open.abort();
  clearWork();
}

function clearWork(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  }
}

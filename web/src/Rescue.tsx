import { Component, type ReactNode } from 'react';
import { Text, words } from './words';

/** Catches a page part that fails to load, as after an update of the server under an open page. */
export class Rescue extends Component<{ readonly children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <p className="waiting" role="alert">
        <Text of={words.broken} />
        <button type="button" onClick={() => location.reload()}>
          <Text of={words.reload} />
        </button>
      </p>
    );
  }
}

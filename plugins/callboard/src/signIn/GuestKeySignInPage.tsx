import { Progress, ProxiedSignInPage } from '@backstage/core-components';
import {
  type SignInPageProps,
  discoveryApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';
import { GuestKeyForm } from './GuestKeyForm';
import {
  clearKeyOfAddress,
  keptHeaders,
  readKeyOfAddress,
  trySignIn,
} from './guestKey';

const RETRY_MS = 2_000;

type State =
  | { kind: 'asking'; key?: string }
  | { kind: 'needs-key'; isWrong: boolean }
  | { kind: 'unreachable'; key?: string }
  | { kind: 'signed-in' };

/**
 * Sign-in page of a playground: signs in as guest with the key in the address
 * that `npm start` prints, stores it, and asks for it when it is missing.
 */
export function GuestKeySignInPage(props: SignInPageProps): JSX.Element {
  const discovery = useApi(discoveryApiRef);
  const [state, setState] = useState<State>(() => ({
    kind: 'asking',
    key: readKeyOfAddress(),
  }));

  useEffect(() => {
    if (state.kind === 'unreachable') {
      const timer = setTimeout(
        () => setState({ kind: 'asking', key: state.key }),
        RETRY_MS,
      );
      return () => clearTimeout(timer);
    }
    // Not earlier: the first render may have been discarded, and a reload during an outage
    // needs the key again.
    if (state.kind !== 'asking') {
      clearKeyOfAddress();
      return undefined;
    }
    let isCurrent = true;
    discovery
      .getBaseUrl('auth')
      .then(url => trySignIn(`${url}/guest`, state.key))
      .then(
        (outcome): State =>
          outcome === 'signed-in'
            ? { kind: 'signed-in' }
            : { kind: 'needs-key', isWrong: state.key !== undefined },
        (): State => ({ kind: 'unreachable', key: state.key }),
      )
      .then(next => isCurrent && setState(next));
    return () => {
      isCurrent = false;
    };
  }, [discovery, state]);

  switch (state.kind) {
    case 'asking':
      return <Progress />;
    case 'needs-key':
    case 'unreachable':
      return (
        <GuestKeyForm
          state={state}
          onKey={key => setState({ kind: 'asking', key })}
        />
      );
    case 'signed-in':
      return (
        <ProxiedSignInPage {...props} provider="guest" headers={keptHeaders} />
      );
    default:
      return state satisfies never;
  }
}

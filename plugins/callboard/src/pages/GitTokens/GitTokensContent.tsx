import { Button } from '@backstage/ui';
import { countOf, type GitTokenView } from '@callboard/plugin-callboard-common';
import {
  CallboardProvider,
  dataOf,
  focusWhenDrawn,
  LostBand,
  Panel,
  ShowView,
  Surface,
  useGitTokens,
} from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { SkeletonRows } from '../SkeletonRows';
import type { CreatedToken } from './CreatedToken';
import { CreateTokenDialog } from './CreateTokenDialog';
import { NEW_TOKEN, NewToken } from './NewToken';
import { RevokeTokenDialog } from './RevokeTokenDialog';
import { TokenTable } from './TokenTable';
import styles from './GitTokens.module.css';

/** Git credentials: tokens of the user, and of the apps that they may push to. */
export function GitTokensContent(): JSX.Element {
  return (
    <CallboardProvider>
      <Surface>
        <LostBand />
        <GitTokens />
      </Surface>
    </CallboardProvider>
  );
}

type Open =
  | { kind: 'create' }
  | { kind: 'revoke'; token: GitTokenView }
  | undefined;

function GitTokens(): JSX.Element {
  const view = useGitTokens();
  const [open, setOpen] = useState<Open>();
  const [created, setCreated] = useState<CreatedToken>();
  const list = dataOf(view);
  const close = () => setOpen(undefined);
  return (
    <div className={styles.main}>
      <div role="status">
        {created && (
          <NewToken token={created} onDismiss={() => setCreated(undefined)} />
        )}
      </div>
      <Panel
        title="Tokens"
        aside={list && countOf(list.items.length, 'token')}
        flush
        foot={
          <Button onPress={() => setOpen({ kind: 'create' })}>
            Create a token
          </Button>
        }
      >
        <p className={styles.intro}>
          A token for git is the password of git push and git clone, for you or
          for the machines of one app. One for the command line is what npx
          callboard signs in with. Neither opens anything else.
        </p>
        <ShowView view={view} loading={<SkeletonRows inset rows={3} />}>
          {({ items }) => (
            <TokenTable
              tokens={items}
              onRevoke={token => setOpen({ kind: 'revoke', token })}
            />
          )}
        </ShowView>
      </Panel>
      {open?.kind === 'create' && (
        <CreateTokenDialog
          maxDays={list?.maxDays}
          onCreated={token => {
            setCreated(token);
            close();
            focusWhenDrawn(NEW_TOKEN);
          }}
          onClose={close}
        />
      )}
      {open?.kind === 'revoke' && (
        <RevokeTokenDialog
          token={open.token}
          onRevoked={() => {
            if (created?.id === open.token.id) setCreated(undefined);
            close();
          }}
          onClose={close}
        />
      )}
    </div>
  );
}

import { Skeleton } from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  type Exception,
  clusterManagePermission,
} from '@callboard/plugin-callboard-common';
import { describePolicies } from '@callboard/plugin-callboard-core';
import {
  Panel,
  type PolicyList,
  Sentence,
  ShowView,
  useExceptions,
  useInstant,
  usePolicies,
} from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { CallboardPage, PageFrame } from '../PageFrame';
import { SkeletonPanel } from '../SkeletonPanel';
import { SkeletonRows } from '../SkeletonRows';
import { EndExceptionDialog } from './EndExceptionDialog';
import { ExceptionTable } from './ExceptionTable';
import { NewExceptionDialog } from './NewExceptionDialog';
import { PolicyPanel } from './PolicyPanel';
import styles from './PoliciesPage.module.css';

/** Page of policies: the rules for releases, and their violations. */
export function PoliciesPage(): JSX.Element {
  return (
    <CallboardPage>
      <PageFrame title="Policies">
        <NowOnly />
      </PageFrame>
    </CallboardPage>
  );
}

/** Past violations are in the journal; this page only shows current ones. */
function NowOnly(): JSX.Element {
  const isPast = useInstant() !== undefined;
  return isPast ? (
    <Sentence>
      Policies are shown as they are now only; the history of an app says what
      was denied.
    </Sentence>
  ) : (
    <Policies />
  );
}

type Open =
  | { kind: 'create'; policy: string }
  | { kind: 'end'; exception: Exception }
  | undefined;

function Policies(): JSX.Element {
  const [open, setOpen] = useState<Open>();
  const { allowed } = usePermission({ permission: clusterManagePermission });
  const close = () => setOpen(undefined);
  return (
    <>
      <ShowView
        view={usePolicies()}
        loading={
          <>
            <Skeleton width="60%" height={26} />
            <SkeletonPanel rows={4} height={32} />
          </>
        }
      >
        {list => (
          <PolicyPanels
            list={list}
            mayManage={allowed}
            onExcept={policy => setOpen({ kind: 'create', policy })}
          />
        )}
      </ShowView>
      <Exceptions
        mayManage={allowed}
        onEnd={exception => setOpen({ kind: 'end', exception })}
      />
      {open?.kind === 'create' && (
        <NewExceptionDialog policy={open.policy} onClose={close} />
      )}
      {open?.kind === 'end' && (
        <EndExceptionDialog exception={open.exception} onClose={close} />
      )}
    </>
  );
}

function PolicyPanels({
  list,
  mayManage,
  onExcept,
}: {
  list: PolicyList;
  mayManage: boolean;
  onExcept: (policy: string) => void;
}): JSX.Element {
  const { items, pending } = list;
  const isViolated = items.some(({ denied, warned }) => denied + warned > 0);
  // Apps that are not judged yet are not shown as healthy.
  const atBest = pending > 0 ? 'Unknown' : 'Healthy';
  const status = isViolated ? 'Degraded' : atBest;
  return (
    <div className={styles.main}>
      <Sentence status={items.length === 0 ? undefined : status}>
        {describePolicies(list)}
      </Sentence>
      {items.length === 0 && (
        <Panel title="How to begin">
          <p className={styles.text}>
            A policy is a file of kind Policy in the folder policies of the
            platform&apos;s files. Begin in mode audit: it refuses nothing, and
            this page shows what violates it.
          </p>
        </Panel>
      )}
      {items.map(policy => (
        <PolicyPanel
          key={policy.name}
          policy={policy}
          mayManage={mayManage}
          onExcept={() => onExcept(policy.name)}
        />
      ))}
    </div>
  );
}

function Exceptions({
  mayManage,
  onEnd,
}: {
  mayManage: boolean;
  onEnd: (exception: Exception) => void;
}): JSX.Element {
  return (
    <Panel title="Exceptions" flush>
      <ShowView
        view={useExceptions()}
        loading={<SkeletonRows inset rows={2} />}
      >
        {exceptions => (
          <ExceptionTable
            exceptions={exceptions}
            mayManage={mayManage}
            onEnd={onEnd}
          />
        )}
      </ShowView>
    </Panel>
  );
}

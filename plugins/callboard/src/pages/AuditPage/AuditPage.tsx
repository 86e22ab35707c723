import { Button, Skeleton } from '@backstage/ui';
import type { Audit, AuditRow } from '@callboard/plugin-callboard-common';
import {
  compareVerdicts,
  describeAudit,
} from '@callboard/plugin-callboard-core';
import {
  dataOf,
  formatMinute,
  InstantPicker,
  Panel,
  Sentence,
  ShowView,
  useAudit,
  useClusterName,
  useExportAudit,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import { RiDownloadLine, RiPrinterLine } from '@remixicon/react';
import { CallboardPage, PageFrame } from '../PageFrame';
import { SkeletonPanel } from '../SkeletonPanel';
import { AuditTable } from './AuditTable';
import { AuditTools, AUDIT_ADDRESS, filterRows } from './AuditTools';
import styles from './AuditPage.module.css';

/** Page of the audit: whether every app runs on all the right clusters, and only there. */
export function AuditPage(): JSX.Element {
  return (
    <CallboardPage>
      <AuditScreen />
    </CallboardPage>
  );
}

function AuditScreen(): JSX.Element {
  const view = useAudit();
  return (
    <PageFrame
      title="Audit"
      customActions={<AuditActions isReady={dataOf(view) !== undefined} />}
    >
      <ShowView
        view={view}
        loading={
          <>
            <Skeleton width="60%" height={26} />
            <SkeletonPanel rows={8} height={32} />
          </>
        }
      >
        {audit => <AuditContent audit={audit} />}
      </ShowView>
    </PageFrame>
  );
}

function AuditActions({ isReady }: { isReady: boolean }): JSX.Element {
  const { save, isSaving, problem } = useExportAudit();
  return (
    <div className={styles.actions}>
      <InstantPicker />
      <Button
        variant="secondary"
        iconStart={<RiDownloadLine />}
        isDisabled={!isReady}
        loading={isSaving}
        onPress={save}
      >
        CSV
      </Button>
      <Button
        variant="secondary"
        iconStart={<RiPrinterLine />}
        isDisabled={!isReady}
        onPress={() => window.print()}
      >
        Print
      </Button>
      {problem && (
        <span className={styles.fault} role="alert">
          {problem.what}: {problem.why}
        </span>
      )}
    </div>
  );
}

function AuditContent({ audit }: { audit: Audit }): JSX.Element {
  const [filter] = useUrlState(AUDIT_ADDRESS);
  const shown = filterRows(audit.items, {
    ...filter,
    nameOf: useClusterName(),
  });
  const at = new Date(audit.at);
  const write = writerAt(at);
  return (
    <div className={styles.sheet}>
      <Sentence status={statusOf(audit.items)}>
        {describeAudit(audit.items, write)}
      </Sentence>
      <p className={styles.asOf}>As of {formatMinute(at)}</p>
      {audit.items.length > 0 && <AuditTools />}
      {audit.items.length > 0 && shown.length === 0 && (
        <p className={styles.quiet}>No app matches.</p>
      )}
      {environmentsOf(shown).map(({ name, title, rows }) => (
        <Panel
          key={name}
          title={title}
          aside={describeAudit(
            audit.items.filter(({ environment }) => environment === name),
            write,
          )}
          flush
        >
          <AuditTable rows={rows} write={write} title={title} />
        </Panel>
      ))}
    </div>
  );
}

/** Shows only the time for instants of the same day. */
function writerAt(now: Date): (at: Date) => string {
  const minute = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
  return at =>
    at.toDateString() === now.toDateString()
      ? minute.format(at)
      : formatMinute(at);
}

/** Status beside the sentence: the worst of all rows; undefined without rows. */
function statusOf(rows: readonly AuditRow[]) {
  const kinds = new Set(rows.map(({ verdict }) => verdict.kind));
  if (kinds.has('wrong')) return 'Degraded';
  if (kinds.has('unknown')) return 'Unknown';
  if (kinds.has('undecided')) return 'Progressing';
  return rows.length > 0 ? 'Healthy' : undefined;
}

function environmentsOf(
  rows: readonly AuditRow[],
): Array<{ name: string; title: string; rows: AuditRow[] }> {
  const environments = new Map<
    string,
    { name: string; title: string; rows: AuditRow[] }
  >();
  for (const row of rows) {
    const { environment: name, environmentTitle: title } = row;
    const one = environments.get(name) ?? { name, title, rows: [] };
    one.rows.push(row);
    environments.set(name, one);
  }
  for (const { rows: held } of environments.values())
    held.sort((a, b) => compareVerdicts(a.verdict, b.verdict));
  return [...environments.values()].sort((a, b) =>
    a.title.localeCompare(b.title, 'en'),
  );
}

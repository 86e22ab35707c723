import { Skeleton } from '@backstage/ui';
import type { App } from '@callboard/plugin-callboard-common';
import {
  dataOf,
  describeEntity,
  ShowView,
  useApp,
} from '@callboard/plugin-callboard-react';
import { useParams } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { CallboardPage, PageFrame } from '../PageFrame';
import { AppActions } from './AppActions';
import { AppContent } from './AppContent';
import { AppSkeleton } from './AppSkeleton';

/** Is it live, where, how is it, why not, and what changed last? */
export function AppPage(): JSX.Element {
  const { app = '' } = useParams();
  return (
    <CallboardPage>
      <AppScreen name={app} />
    </CallboardPage>
  );
}

function AppScreen({ name }: { name: string }): JSX.Element {
  const view = useApp(name);
  const links = useLinks();
  const app = dataOf(view);
  return (
    <PageFrame
      title={app?.title ?? name}
      breadcrumbs={[{ label: 'Apps', href: links.apps() }]}
      metadata={app && describeOwnership(app)}
      customActions={
        app ? <AppActions app={app} /> : <Skeleton width={160} height={36} />
      }
    >
      <ShowView view={view} loading={<AppSkeleton />}>
        {data => <AppContent app={data} />}
      </ShowView>
    </PageFrame>
  );
}

function describeOwnership({ owner, system }: App) {
  return [
    { label: 'Owner', value: describeEntity(owner) },
    ...(system === undefined
      ? []
      : [{ label: 'System', value: describeEntity(system) }]),
  ];
}

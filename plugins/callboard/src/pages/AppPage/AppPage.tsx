import { Skeleton } from '@backstage/ui';
import type { App } from '@callboard/plugin-callboard-common';
import {
  dataOf,
  describeEntity,
  InstantPicker,
  OnlyNow,
  ShowView,
  useApp,
} from '@callboard/plugin-callboard-react';
import { useParams } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { AppNotFound } from '../NotFound/AppNotFound';
import { isNotFound } from '../NotFound/isNotFound';
import { CallboardPage, PageFrame } from '../PageFrame';
import { AppActions } from './AppActions';
import { AppContent } from './AppContent';
import { AppSkeleton } from './AppSkeleton';

/** Page of an app: whether it is live and where, its health and the reasons, and its last changes. */
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
  const isMissing = isNotFound(view);
  return (
    <PageFrame
      title={app?.title ?? name}
      breadcrumbs={[{ label: 'Apps', href: links.apps() }]}
      metadata={isMissing ? undefined : app && describeOwnership(app)}
      customActions={
        isMissing ? undefined : (
          <HeadActions app={app} isLoading={view.kind === 'loading'} />
        )
      }
    >
      {isMissing ? (
        <AppNotFound name={name} />
      ) : (
        <ShowView view={view} loading={<AppSkeleton />}>
          {data => <AppContent app={data} />}
        </ShowView>
      )}
    </PageFrame>
  );
}

function HeadActions({
  app,
  isLoading,
}: {
  app?: App;
  isLoading: boolean;
}): JSX.Element {
  return (
    <>
      <InstantPicker />
      <OnlyNow>
        {app && <AppActions app={app} />}
        {isLoading && <Skeleton width={160} height={36} />}
      </OnlyNow>
    </>
  );
}

function describeOwnership({ owner, system, description }: App) {
  return [
    ...(description === undefined
      ? []
      : [{ label: 'About', value: description }]),
    { label: 'Owner', value: describeEntity(owner) },
    ...(system === undefined
      ? []
      : [{ label: 'System', value: describeEntity(system) }]),
  ];
}

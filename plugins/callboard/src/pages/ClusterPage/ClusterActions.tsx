import { Button, ButtonLink } from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  type Cluster,
  clusterManagePermission,
} from '@callboard/plugin-callboard-common';
import { InstantPicker, OnlyNow } from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { useLinks } from '../../useLinks';
import { ScheduleDialog } from './ScheduleDialog';
import type { Scheduling } from './schedulingWords';

/** The instant that is shown, and what can be done with a cluster by those who may: each rehearses before it acts. */
export function ClusterActions({
  cluster,
}: {
  cluster?: Cluster;
}): JSX.Element {
  return (
    <>
      <InstantPicker />
      {cluster && (
        <OnlyNow>
          <Actions cluster={cluster} />
        </OnlyNow>
      )}
    </>
  );
}

function Actions({ cluster }: { cluster: Cluster }): JSX.Element {
  const links = useLinks();
  const { allowed } = usePermission({ permission: clusterManagePermission });
  const [to, setTo] = useState<Scheduling>();
  return (
    <>
      <ButtonLink variant="tertiary" href={links.whatIfLost(cluster.name)}>
        What if it is lost?
      </ButtonLink>
      {allowed &&
        offersFor(cluster).map(({ id, title }) => (
          <Button key={id} variant="secondary" onPress={() => setTo(id)}>
            {title}
          </Button>
        ))}
      {to && (
        <ScheduleDialog
          cluster={cluster.name}
          to={to}
          onClose={() => setTo(undefined)}
        />
      )}
    </>
  );
}

const OFFERS = {
  cordon: { id: 'cordon', title: 'Cordon' },
  drain: { id: 'drain', title: 'Drain' },
  uncordon: { id: 'uncordon', title: 'Open again' },
} as const;

function offersFor({ scheduling }: Cluster) {
  switch (scheduling.state) {
    case 'open':
      return [OFFERS.cordon, OFFERS.drain];
    case 'cordoned':
      return [OFFERS.drain, OFFERS.uncordon];
    default:
      return [OFFERS.uncordon];
  }
}

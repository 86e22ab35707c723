import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  type Cluster,
  clusterManagePermission,
  isOnlyObserved,
} from '@callboard/plugin-callboard-common';
import {
  InstantPicker,
  OnlyNow,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import { RiArrowDownSLine } from '@remixicon/react';
import { useLinks } from '../../useLinks';
import { RemoveDialog } from './RemoveDialog';
import { ScheduleDialog } from './ScheduleDialog';

const REMOVE = 'remove';

const ADDRESS = { do: '' };

const OFFERS = {
  cordon: { id: 'cordon', title: 'Cordon…' },
  drain: { id: 'drain', title: 'Drain…' },
  uncordon: { id: 'uncordon', title: 'Accept apps again…' },
} as const;

/** The shown instant, and actions on a cluster for users with the permission; each previews its effect. */
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
  // In the address, so that it survives a reload and a change of the theme.
  const [{ do: chosen }, setAddress] = useUrlState(ADDRESS);
  const offers = allowed ? offersFor(cluster) : [];
  const to = offers.find(({ id }) => id === chosen)?.id;
  return (
    <>
      <MenuTrigger>
        <Button variant="secondary" iconEnd={<RiArrowDownSLine />}>
          Manage
        </Button>
        <Menu>
          {offers.map(({ id, title }) => (
            <MenuItem key={id} onAction={() => setAddress({ do: id })}>
              {title}
            </MenuItem>
          ))}
          <MenuItem href={links.whatIfLost(cluster.name)}>
            What if it is lost?
          </MenuItem>
          {allowed && (
            <MenuItem
              color="danger"
              onAction={() => setAddress({ do: REMOVE })}
            >
              Remove…
            </MenuItem>
          )}
        </Menu>
      </MenuTrigger>
      {allowed && chosen === REMOVE && (
        <RemoveDialog
          cluster={cluster}
          onDrain={() => setAddress({ do: OFFERS.drain.id })}
          onClose={() => setAddress({ do: '' })}
        />
      )}
      {to && (
        <ScheduleDialog
          cluster={cluster.name}
          to={to}
          onClose={() => setAddress({ do: '' })}
        />
      )}
    </>
  );
}

function offersFor(cluster: Cluster) {
  const { scheduling } = cluster;
  if (isOnlyObserved(cluster) && scheduling.state === 'open') return [];
  switch (scheduling.state) {
    case 'open':
      return [OFFERS.cordon, OFFERS.drain];
    case 'cordoned':
      return [OFFERS.drain, OFFERS.uncordon];
    default:
      return [OFFERS.uncordon];
  }
}

import { ButtonLink } from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import { clusterManagePermission } from '@callboard/plugin-callboard-common';
import { useInstant } from '@callboard/plugin-callboard-react';
import { RiAddLine } from '@remixicon/react';
import { useLinks } from '../../useLinks';

/** What can be done with the fleet, for those who may. Nothing in the past. */
export function FleetActions(): JSX.Element | null {
  const links = useLinks();
  const isPast = useInstant() !== undefined;
  const { allowed } = usePermission({ permission: clusterManagePermission });
  if (!allowed || isPast) return null;
  return (
    <ButtonLink href={links.addCluster()} iconStart={<RiAddLine />}>
      Add cluster
    </ButtonLink>
  );
}

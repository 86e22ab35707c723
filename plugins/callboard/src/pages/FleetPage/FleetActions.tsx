import { ButtonLink } from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import { clusterManagePermission } from '@callboard/plugin-callboard-common';
import { InstantPicker, OnlyNow } from '@callboard/plugin-callboard-react';
import { RiAddLine } from '@remixicon/react';
import { useLinks } from '../../useLinks';

/** The instant that is shown, and what can be done with the fleet by those who may. */
export function FleetActions(): JSX.Element {
  const links = useLinks();
  const { allowed } = usePermission({ permission: clusterManagePermission });
  return (
    <>
      <InstantPicker />
      <OnlyNow>
        {allowed && (
          <ButtonLink href={links.addCluster()} iconStart={<RiAddLine />}>
            Add cluster
          </ButtonLink>
        )}
      </OnlyNow>
    </>
  );
}

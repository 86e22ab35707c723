import { Button, ButtonLink } from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import { clusterManagePermission } from '@callboard/plugin-callboard-common';
import {
  InstantPicker,
  OnlyNow,
  useLostSince,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import { RiAddLine } from '@remixicon/react';
import { useLinks } from '../../useLinks';
import {
  WHAT_IF_ADDRESS,
  WHAT_IF_BUTTON,
  WHAT_IF_KINDS,
} from '../WhatIf/whatIfAddress';

/** The shown instant, what-if questions, and actions on the fleet for users with the permission. */
export function FleetActions({
  hasClusters,
}: {
  /** An empty fleet has no what-if questions. */
  hasClusters: boolean;
}): JSX.Element {
  const links = useLinks();
  const isLost = useLostSince() !== undefined;
  const [{ ask }, setAddress] = useUrlState(WHAT_IF_ADDRESS);
  const { allowed } = usePermission({ permission: clusterManagePermission });
  return (
    <>
      <InstantPicker />
      <OnlyNow>
        {hasClusters && (
          <Button
            id={WHAT_IF_BUTTON}
            variant="secondary"
            aria-expanded={ask !== ''}
            onPress={() =>
              setAddress(
                ask === '' ? { ask: WHAT_IF_KINDS[0].id } : WHAT_IF_ADDRESS,
              )
            }
          >
            What if…
          </Button>
        )}
        {allowed && (
          <ButtonLink
            href={links.addCluster()}
            iconStart={<RiAddLine />}
            isDisabled={isLost}
          >
            Add cluster
          </ButtonLink>
        )}
      </OnlyNow>
    </>
  );
}

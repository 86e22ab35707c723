import { Button } from '@backstage/ui';
import type { App, AppEnvironment } from '@callboard/plugin-callboard-common';
import { dataOf, useReleases } from '@callboard/plugin-callboard-react';
import { describeDeploy } from '@callboard/plugin-callboard-core';
import { findRollbackTarget } from './findRollbackTarget';
import { mayRollBack } from './promotions';
import { useAppDialog } from './useAppDialog';

/**
 * Button that rolls back to the last release that ran well in an environment;
 * absent when there is none, for users without the permission, and during a
 * rollout: its panel has that button.
 */
export function RollBackButton({
  app,
  environment,
}: {
  app: App;
  environment: AppEnvironment;
}): JSX.Element | null {
  const releases = dataOf(useReleases(app.name)) ?? [];
  const { open } = useAppDialog();
  const release = findRollbackTarget(environment, releases);
  const isRolling =
    environment.rollout !== undefined && environment.rollout.phase !== 'done';
  if (!release || isRolling || !mayRollBack(app, environment, release))
    return null;
  return (
    <Button
      variant="secondary"
      onPress={() =>
        open({
          kind: 'promote',
          environment: environment.name,
          release: release.number,
        })
      }
    >
      {describeDeploy(release.number, environment.title, 'rollback').button}
    </Button>
  );
}

import type {
  App,
  AppEnvironment,
  RolloutActionName,
} from '@callboard/plugin-callboard-common';
import {
  dataOf,
  useInstant,
  useReleases,
  useRollout,
} from '@callboard/plugin-callboard-react';
import { ChangeAppDialog } from './ChangeAppDialog';
import { OperateDialog } from './OperateDialog';
import { PromoteDialog } from './PromoteDialog';
import { RemoveAppDialog } from './RemoveAppDialog';
import { SteerDialog } from './SteerDialog';
import { useAppDialog } from './useAppDialog';

/** The dialog that the address names, when it applies; none on pages of the past. */
export function AppDialogs({ app }: { app: App }): JSX.Element | null {
  const { dialog, close } = useAppDialog();
  const isPast = useInstant() !== undefined;
  if (!dialog || dialog.kind === 'delete-data' || isPast) return null;
  if (dialog.kind === 'change')
    return (
      <ChangeAppDialog
        key={dialog.what}
        app={app}
        what={dialog.what}
        onClose={close}
      />
    );
  if (dialog.kind === 'remove' && dialog.environment === undefined)
    return <RemoveAppDialog app={app} onClose={close} />;
  const environment = app.environments.find(
    ({ name }) => name === dialog.environment,
  );
  if (!environment) return null;
  switch (dialog.kind) {
    case 'promote':
      return (
        <Promote app={app} environment={environment} release={dialog.release} />
      );
    case 'steer':
      return (
        <Steer app={app} environment={environment} action={dialog.action} />
      );
    case 'operate':
      return (
        <OperateDialog
          key={`${dialog.action} ${environment.name}`}
          app={app}
          environment={environment}
          name={dialog.action}
          onClose={close}
        />
      );
    case 'remove':
      return (
        <RemoveAppDialog
          key={environment.name}
          app={app}
          environment={environment}
          onClose={close}
        />
      );
    default:
      return dialog satisfies never;
  }
}

function Promote({
  app,
  environment,
  release: number,
}: {
  app: App;
  environment: AppEnvironment;
  release: number;
}): JSX.Element | null {
  const { close } = useAppDialog();
  const releases = dataOf(useReleases(app.name)) ?? [];
  const release = [
    ...app.environments.flatMap(each => each.release ?? []),
    ...releases,
  ].find(each => each.number === number);
  if (!release) return null;
  return (
    <PromoteDialog
      app={app}
      promotion={{ environment: environment.name, release }}
      onClose={close}
    />
  );
}

function Steer({
  app,
  environment,
  action,
}: {
  app: App;
  environment: AppEnvironment;
  action: RolloutActionName;
}): JSX.Element | null {
  const { open, close } = useAppDialog();
  const rollout = dataOf(useRollout(app.name, environment.name));
  if (!rollout) return null;
  return (
    <SteerDialog
      app={app}
      environment={environment}
      rollout={rollout}
      action={action}
      onChoose={other =>
        open({ kind: 'steer', environment: environment.name, action: other })
      }
      onClose={close}
    />
  );
}

import {
  type App,
  type AppEnvironment,
  countOf,
  listOf,
  type ResourceView,
} from '@callboard/plugin-callboard-common';
import { useRotateSecrets } from '@callboard/plugin-callboard-react';
import { ConfirmDialog } from '../../ConfirmDialog';
import { Effects } from './Effects';
import { mayRotate } from './mayRotate';
import { countClusters } from '@callboard/plugin-callboard-core';
import type { Outcome } from './ShowOutcome';

export interface RotateDialogProps {
  app: App;
  environment: AppEnvironment;
  resource: ResourceView;
  onDone: (outcome: Outcome) => void;
  onClose: () => void;
}

/** Previews which workloads restart when the secrets of a resource are rotated. */
export function RotateDialog({
  app,
  environment,
  resource: { resource, name, workloads, secrets },
  onDone,
  onClose,
}: RotateDialogProps): JSX.Element {
  const { action, rotate } = useRotateSecrets(app.name, environment.name);
  const { title } = environment;
  const clusters = countClusters(environment);
  const confirm = async () => {
    const answer = await rotate(resource);
    if (!answer) return;
    onDone({
      title: `The secrets of ${name} in ${title} are rotated`,
      lines: [
        `They are made for the ${ordinalOf(
          answer.version,
        )} time. ${describeRestarts(answer.restarts)}.`,
      ],
      moves: true,
    });
  };
  const restarts = [name, ...workloads];
  return (
    <ConfirmDialog
      title={`Rotate the secrets of ${name} in ${title}`}
      width={520}
      action={action}
      confirm={secrets && mayRotate(app) ? 'Rotate' : undefined}
      onConfirm={confirm}
      onClose={onClose}
    >
      {secrets ? (
        <Effects
          before={
            clusters > 1
              ? `New secrets are made on one of ${countOf(
                  clusters,
                  'cluster',
                )}; the others get them from there.`
              : 'New secrets are made on its cluster.'
          }
          effects={[
            `${describeRestarts(restarts)} on ${countOf(
              clusters,
              'cluster',
            )}, all at once.`,
            'The secrets before are gone then: it cannot be taken back.',
          ]}
        />
      ) : (
        <p>Callboard makes no secrets for {name}.</p>
      )}
    </ConfirmDialog>
  );
}

function describeRestarts(restarts: readonly string[]): string {
  return `${listOf(restarts, restarts.length)} ${
    restarts.length === 1 ? 'starts' : 'start'
  } again`;
}

function ordinalOf(number: number): string {
  const tens = number % 100;
  if (tens > 10 && tens < 14) return `${number}th`;
  return `${number}${['th', 'st', 'nd', 'rd'][number % 10] ?? 'th'}`;
}

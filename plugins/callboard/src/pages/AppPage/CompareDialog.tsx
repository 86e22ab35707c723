import type { App, ReleaseDetails } from '@callboard/plugin-callboard-common';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
} from '@backstage/ui';
import { Surface } from '@callboard/plugin-callboard-react';
import { ReleaseChanges } from './ReleaseChanges';
import styles from './CompareDialog.module.css';

export interface Comparison {
  release: number;
  /** The previous release when omitted. */
  from?: number;
  /** The first environment that has the release when omitted. */
  environment?: string;
}

export interface CompareDialogProps {
  app: App;
  /** Newest first. */
  releases: readonly ReleaseDetails[];
  comparison: Comparison;
  onChange: (comparison: Comparison) => void;
  onClose: () => void;
}

/** Differences between two releases, as an environment would run them. */
export function CompareDialog({
  app,
  releases,
  comparison,
  onChange,
  onClose,
}: CompareDialogProps): JSX.Element {
  const { release } = comparison;
  const others = releases.filter(({ number }) => number !== release);
  const from =
    comparison.from ??
    (others.find(({ number }) => number < release) ?? others[0])?.number;
  const environment =
    comparison.environment ??
    (
      app.environments.find(each => each.release?.number === release) ??
      app.environments[0]
    )?.name;
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={640}>
      <DialogHeader>What release {release} changes</DialogHeader>
      <DialogBody>
        <Surface>
          <div className={styles.choices}>
            <Select
              label="Compared with"
              options={others.map(({ number, message }) => ({
                id: String(number),
                label: `Release ${number}: ${message}`,
              }))}
              value={from === undefined ? null : String(from)}
              onChange={chosen =>
                onChange({ ...comparison, from: Number(chosen) })
              }
            />
            <Select
              label="As it would be in"
              options={app.environments.map(({ name, title }) => ({
                id: name,
                label: title,
              }))}
              value={environment ?? null}
              onChange={chosen =>
                onChange({ ...comparison, environment: String(chosen) })
              }
            />
          </div>
          {from === undefined || environment === undefined ? (
            <p>There is no other release to compare it with.</p>
          ) : (
            <ReleaseChanges
              app={app.name}
              environment={environment}
              release={release}
              from={from}
            />
          )}
        </Surface>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Close
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

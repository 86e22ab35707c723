import { Button } from '@backstage/ui';
import type { App, AppEnvironment } from '@callboard/plugin-callboard-common';
import {
  dataOf,
  focusWhenDrawn,
  OnlyNow,
  Panel,
  useEachSettings,
  useInstant,
  useResources,
  useSettings,
  useSetInstant,
} from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { UnknownInAddress } from '../../NotFound/UnknownInAddress';
import { Choice } from '../Choice';
import type { KnownSettings } from './knownSettings';
import { LackingPanels } from './LackingPanels';
import { maySet } from './maySet';
import { RemoveSettingDialog } from './RemoveSettingDialog';
import { ResourcesPanel } from './ResourcesPanel';
import { RotateDialog } from './RotateDialog';
import { SetDialog } from './SetDialog';
import { SettingsPanel } from './SettingsPanel';
import { type Outcome, OUTCOME, ShowOutcome } from './ShowOutcome';
import { TakeBackDialog } from './TakeBackDialog';
import { type SettingsAddress, useSettingsAddress } from './useSettingsAddress';
import { idOfWhere, whereOfId, wheresOf } from './wheres';
import styles from './Settings.module.css';

/** Tab of settings: values, missing settings, and resources that are requested beside workloads. */
export function SettingsTab({ app }: { app: App }): JSX.Element {
  const address = useSettingsAddress(app);
  const isPast = useInstant() !== undefined;
  const [outcome, setOutcome] = useState<Outcome>();
  const { where } = address;
  const environment = app.environments.find(({ name }) => name === where);
  const looked = environment ? [environment] : app.environments;
  const shared = useSettings(app.name);
  const each = useEachSettings(
    app.name,
    looked.map(({ name }) => name),
  );
  const settings: KnownSettings = {
    ...(dataOf(shared) && { shared: dataOf(shared) }),
    of: new Map(
      looked.flatMap(({ name }, index) => {
        const list = dataOf(each[index]);
        return list ? [[name, list] as const] : [];
      }),
    ),
  };
  const done = (next: Outcome) => {
    setOutcome(next);
    address.close();
    focusWhenDrawn(OUTCOME);
  };
  return (
    <div className={styles.main}>
      <Choice
        label="Where"
        value={idOfWhere(where)}
        onChange={id => address.choose(whereOfId(id))}
        options={wheresOf(app)}
      />
      {address.unknown && (
        <UnknownInAddress>{address.unknown}</UnknownInAddress>
      )}
      {!isPast && (
        <ShowOutcome
          app={app}
          outcome={outcome}
          onTakeBack={({ name, version, where: place }) =>
            address.open(
              { kind: 'take-back', name, version },
              place === undefined ? {} : { environment: place },
            )
          }
          onDismiss={() => setOutcome(undefined)}
        />
      )}
      <LackingPanels
        environments={looked}
        settings={settings}
        maySet={name => maySet(app, name)}
        onSet={(name, { name: lacking, secret }) =>
          address.open(
            { kind: 'set', name: lacking, secret },
            { environment: name },
          )
        }
      />
      <SettingsPanel
        app={app}
        address={address}
        view={environment ? each[0] : shared}
        isPast={isPast}
      />
      {environment ? (
        <OnlyNow past={<ResourcesOfThePast />}>
          <Resources
            key={environment.name}
            app={app}
            environment={environment}
            address={address}
            onDone={done}
          />
        </OnlyNow>
      ) : (
        <Panel title="Resources">
          <p className={styles.quiet}>
            Databases, queues and volumes are of one environment each: choose
            one above.
          </p>
        </Panel>
      )}
      {!isPast && (
        <Dialogs
          app={app}
          address={address}
          settings={settings}
          onDone={done}
        />
      )}
    </div>
  );
}

function ResourcesOfThePast(): JSX.Element {
  const setInstant = useSetInstant();
  return (
    <Panel
      title="Resources of the past are not shown"
      foot={
        <Button variant="secondary" onPress={() => setInstant(undefined)}>
          Back to now
        </Button>
      }
    />
  );
}

/** Resources of an environment, with the dialog that rotates their secrets. */
function Resources({
  app,
  environment,
  address: { dialog, open, close },
  onDone,
}: {
  app: App;
  environment: AppEnvironment;
  address: SettingsAddress;
  onDone: (outcome: Outcome) => void;
}): JSX.Element {
  const view = useResources(app.name, environment.name);
  const rotated =
    dialog?.kind === 'rotate'
      ? dataOf(view)?.find(({ resource }) => resource === dialog.resource)
      : undefined;
  return (
    <>
      <ResourcesPanel
        app={app}
        environment={environment}
        view={view}
        onRotate={({ resource }) => open({ kind: 'rotate', resource })}
      />
      {dialog?.kind === 'rotate' && dataOf(view) && !rotated && (
        <UnknownInAddress>
          {`There is no resource “${dialog.resource}” here.`}
        </UnknownInAddress>
      )}
      {rotated && (
        <RotateDialog
          app={app}
          environment={environment}
          resource={rotated}
          onDone={onDone}
          onClose={close}
        />
      )}
    </>
  );
}

/** The dialog that the address names. */
function Dialogs({
  app,
  address: { dialog, where, choose, close },
  settings,
  onDone,
}: {
  app: App;
  address: SettingsAddress;
  settings: KnownSettings;
  onDone: (outcome: Outcome) => void;
}): JSX.Element | null {
  const common = { app, settings, where, onDone, onClose: close };
  switch (dialog?.kind) {
    case 'set':
      return (
        <SetDialog
          key={`set ${dialog.name}`}
          {...common}
          name={dialog.name}
          secret={dialog.secret}
          onWhere={choose}
        />
      );
    case 'remove':
      return (
        <RemoveSettingDialog
          key={`remove ${dialog.name} ${where}`}
          {...common}
          name={dialog.name}
        />
      );
    case 'take-back':
      return (
        <TakeBackDialog
          key={`take-back ${dialog.name} ${dialog.version} ${where}`}
          {...common}
          name={dialog.name}
          version={dialog.version}
        />
      );
    default:
      return null;
  }
}

import type { App, SettingView } from '@callboard/plugin-callboard-common';
import { useChangeSetting } from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../ConfirmDialog';
import { Effects } from './Effects';
import {
  effectsOf,
  findSetting,
  type KnownSettings,
  reachedBy,
} from './knownSettings';
import { maySet, whoMaySet } from './maySet';
import { refOf, type SettingDialogProps } from './SettingDialogProps';
import {
  describeReleases,
  describeWhere,
  kindOfSetting,
} from '@callboard/plugin-callboard-core';
import { reasonOf, WhyField } from '../../WhyField';

/** Previews the removal of a setting: the value that then applies, and its readers. */
export function RemoveSettingDialog({
  app,
  settings,
  where,
  name,
  onDone,
  onClose,
}: SettingDialogProps): JSX.Element {
  const { action, change } = useChangeSetting();
  const [why, setWhy] = useState('');
  const there = findSetting(settings, where, name);
  const place = describeWhere(app, where);
  const may = maySet(app, where);
  const isRead =
    (where === undefined ? settings.shared : settings.of.get(where)) !==
    undefined;
  // Once accepted, the setting disappears a moment before this dialog closes.
  const isGone =
    isRead &&
    action.kind === 'idle' &&
    (there === undefined || there.environment !== where);
  const shared =
    where === undefined ? undefined : findSetting(settings, undefined, name);
  const needed = there ? readersWithout({ app, settings, where, there }) : [];
  const effects = effectsOf(app, settings, {
    name,
    ...(there && { secret: there.secret }),
    ...(where !== undefined && { where }),
  });
  const confirm = async () => {
    const version = await change(
      { ...refOf({ app, where }), name },
      { kind: 'remove' },
      reasonOf(why),
    );
    if (version === undefined) return;
    onDone({
      title: `${name} is not set ${place} any more: change ${version}`,
      ...effects,
      takeBack: { name, where, version },
    });
  };
  return (
    <ConfirmDialog
      title={`Remove ${name} ${place}`}
      width={520}
      action={action}
      confirm={
        isGone || !may || needed.length > 0 ? undefined : `Remove ${name}`
      }
      onConfirm={confirm}
      onClose={onClose}
    >
      {isGone ? (
        <p>
          {name} is not set {place}.
        </p>
      ) : (
        <>
          {!may && <p>{whoMaySet(app, where)}.</p>}
          <Effects
            before={
              needed.length > 0
                ? undefined
                : describeRest(shared, { name, place })
            }
            warnings={needed}
            effects={needed.length > 0 ? [] : effects.lines}
          />
          {may && needed.length === 0 && (
            <WhyField value={why} onChange={setWhy} />
          )}
        </>
      )}
    </ConfirmDialog>
  );
}

/** The value that applies afterwards. */
function describeRest(
  shared: SettingView | undefined,
  { name, place }: { name: string; place: string },
): string {
  if (!shared) return `Nothing is set by the name ${name} ${place} then.`;
  return shared.secret
    ? `The secret that is set for all environments counts ${place} then.`
    : `What is set for all environments counts ${place} then: ${short(
        shared.value ?? '',
      )}`;
}

/** Readers that would lack it, because no other setting of its kind applies. */
function readersWithout(of: {
  app: App;
  settings: KnownSettings;
  where: string | undefined;
  there: SettingView;
}): string[] {
  const { app, settings, where, there } = of;
  const { name } = there;
  if (
    where !== undefined &&
    findSetting(settings, undefined, name)?.secret === there.secret
  )
    return [];
  return reachedBy(app, where).flatMap(environment => {
    const counts = findSetting(settings, environment.name, name);
    if (!counts || counts.environment !== where) return [];
    if (counts.workloads.length === 0) return [];
    return [
      `${environment.title} reads it as a ${kindOfSetting(
        there,
      )}, by ${describeReleases(
        counts.releases,
      )}: it stays until a release is there that does not.`,
    ];
  });
}

const LONGEST = 80;

function short(value: string): string {
  const [line] = value.split('\n');
  return line.length === value.length && line.length <= LONGEST
    ? value || 'an empty value'
    : `${line.slice(0, LONGEST)}…`;
}

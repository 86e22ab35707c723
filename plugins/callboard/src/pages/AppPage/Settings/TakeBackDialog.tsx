import { Skeleton } from '@backstage/ui';
import type { SettingView } from '@callboard/plugin-callboard-common';
import {
  Age,
  dataOf,
  describeActor,
  useChangeSetting,
  useSettingsBefore,
} from '@callboard/plugin-callboard-react';
import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '../../ConfirmDialog';
import { Effects } from './Effects';
import { effectsOf, findSetting } from './knownSettings';
import { maySet, whoMaySet } from './maySet';
import { refOf, type SettingDialogProps } from './SettingDialogProps';
import { SettingValue } from './SettingValue';
import { describeWhere } from '@callboard/plugin-callboard-core';
import { reasonOf, WhyField } from '../../WhyField';

export interface TakeBackDialogProps extends SettingDialogProps {
  /** Number of the change to revert. */
  version: number;
}

/** Previews the value of a setting after its last change is reverted. */
export function TakeBackDialog({
  app,
  settings,
  where,
  name,
  version,
  onDone,
  onClose,
}: TakeBackDialogProps): JSX.Element {
  const { action, change } = useChangeSetting();
  const [why, setWhy] = useState('');
  const place = describeWhere(app, where);
  const may = maySet(app, where);
  const of = refOf({ app, where });
  const there = findSetting(settings, where, name);
  const own = there?.environment === where ? there : undefined;
  const taken = own?.version === version ? own : undefined;
  const view = useSettingsBefore(of, taken?.changedAt);
  const before = dataOf(view)?.items.find(each => each.name === name);
  // Once accepted, the newer change is the user's own.
  const isOver =
    own && own.version > version && action.kind === 'idle' ? own : undefined;
  const effects = effectsOf(app, settings, {
    name,
    ...(there && { secret: there.secret }),
    ...(where !== undefined && { where }),
  });
  const confirm = async () => {
    const number = await change(
      { ...of, name },
      { kind: 'take-back', version },
      reasonOf(why),
    );
    if (number === undefined) return;
    onDone({
      title: `Change ${version} of ${name} ${place} is taken back: change ${number}`,
      ...effects,
      takeBack: { name, where, version: number },
    });
  };
  return (
    <ConfirmDialog
      title={`Take back change ${version} of ${name} ${place}`}
      width={520}
      action={action}
      confirm={isOver || !may ? undefined : 'Take it back'}
      onConfirm={confirm}
      onClose={onClose}
    >
      {isOver ? (
        <p>
          {describeActor(isOver.changedBy)} changed it after that: change{' '}
          {isOver.version}. Only the last change of a setting can be taken back.
        </p>
      ) : (
        <>
          {!may && <p>{whoMaySet(app, where)}.</p>}
          <Effects
            before={
              taken && view.kind !== 'failed' ? (
                <Before
                  isLoading={view.kind === 'loading'}
                  before={before}
                  where={where}
                  place={place}
                />
              ) : (
                `It is again ${place} what it was before change ${version}.`
              )
            }
            effects={effects.lines}
          />
          {may && <WhyField value={why} onChange={setWhy} />}
        </>
      )}
    </ConfirmDialog>
  );
}

/** The value that applied before the change. */
function Before({
  isLoading,
  before,
  where,
  place,
}: {
  isLoading: boolean;
  before?: SettingView;
  where: string | undefined;
  place: string;
}): JSX.Element {
  if (isLoading) return <Skeleton width="80%" height={18} />;
  if (!before) return <>Nothing is set by that name {place} then.</>;
  const value: ReactNode =
    before.secret && !before.reference ? (
      'a secret, never shown'
    ) : (
      <SettingValue setting={before} />
    );
  return before.environment === where ? (
    <>
      It is again what {describeActor(before.changedBy)} set{' '}
      <Age at={before.changedAt} after=" ago" />: {value}
    </>
  ) : (
    <>What was set for all environments counts again: {value}</>
  );
}

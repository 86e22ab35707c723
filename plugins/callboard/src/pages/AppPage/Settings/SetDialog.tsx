import {
  Checkbox,
  Radio,
  RadioGroup,
  Select,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import type {
  SettingView,
  StoreReference,
} from '@callboard/plugin-callboard-common';
import {
  isInStore,
  describeWhere,
  kindOfSetting,
} from '@callboard/plugin-callboard-core';
import { useChangeSetting } from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../ConfirmDialog';
import { Effects } from './Effects';
import { judgeSetting } from './judgeSetting';
import { effectsOf, findSetting, isAwaitedSecret } from './knownSettings';
import { maySet, whoMaySet } from './maySet';
import { ReferenceFields } from './ReferenceFields';
import { refOf, type SettingDialogProps } from './SettingDialogProps';
import { reasonOf, WhyField } from '../../WhyField';
import { idOfWhere, whereOfId, wheresOf } from './wheres';
import styles from './Settings.module.css';

const KINDS = [
  {
    id: 'variable',
    name: 'Variable',
    says: 'Everybody who may see the app reads its value.',
  },
  {
    id: 'secret',
    name: 'Secret',
    says: 'Nobody reads its value again, on no page and in no log.',
  },
  {
    id: 'reference',
    name: 'Secret in a store',
    says: 'Clusters read its value from a store of your company; the portal never has it.',
  },
] as const;

type Kind = (typeof KINDS)[number]['id'];

const NOWHERE: StoreReference = { clusterSecretStore: '', key: '' };

export interface SetDialogProps extends Omit<SettingDialogProps, 'name'> {
  onWhere: (where: string | undefined) => void;
  /** Undefined for a new setting. */
  name?: string;
  /** Default kind, when no setting of that name exists and no release waits for one. */
  secret?: boolean;
}

/**
 * Sets a variable or a secret, and previews the restarts. Typed text stays in
 * this dialog: not in the address, and not in a draft, which would outlive it.
 */
export function SetDialog({
  app,
  settings,
  where,
  onWhere,
  name: given,
  secret: wanted = false,
  onDone,
  onClose,
}: SetDialogProps): JSX.Element {
  const { action, change } = useChangeSetting();
  const [triedIn, setTriedIn] = useState<string>();
  const [typedName, setName] = useState('');
  const [typedValue, setValue] = useState<string>();
  const [chosenKind, setKind] = useState<Kind>();
  const [typedReference, setReference] = useState<StoreReference>();
  const [why, setWhy] = useState('');
  const [isShown, setShown] = useState(false);
  const [isTried, setTried] = useState(false);
  const name = given ?? typedName.trim();
  const there = findSetting(settings, where, name);
  const inStore = isInStore(there?.reference) ? there.reference : undefined;
  const kind = chosenKind ?? (inStore && 'reference');
  const secret = kind
    ? kind !== 'variable'
    : isAwaitedSecret(settings, where, name) ?? there?.secret ?? wanted;
  const reference =
    kind === 'reference' ? typedReference ?? inStore ?? NOWHERE : undefined;
  const value = typedValue ?? (secret ? '' : there?.value ?? '');
  const faults = judgeSetting({
    name,
    value,
    secret,
    ...(reference && { reference }),
  });
  const place = describeWhere(app, where);
  const isOwn = there !== undefined && there.environment === where;
  const isSame = isOwn && !secret && !there.secret && there.value === value;
  const effects = isSame
    ? { lines: ['It has this value already: nothing changes.'], moves: false }
    : effectsOf(app, settings, {
        name,
        secret,
        ...(where !== undefined && { where }),
      });
  const confirm = async () => {
    setTried(true);
    if (Object.keys(faults).length > 0) return;
    setTriedIn(where);
    const version = await change(
      { ...refOf({ app, where }), name },
      reference ? { kind: 'refer', reference } : { kind: 'set', value, secret },
      reasonOf(why),
    );
    if (version === undefined) return;
    onDone(
      isSame
        ? {
            title: `${name} has this value already ${place}`,
            lines: ['Nothing was changed.'],
            moves: false,
          }
        : {
            title: `${name} is set ${place}: change ${version}`,
            ...effects,
            takeBack: { name, where, version },
          },
    );
  };
  return (
    <ConfirmDialog
      title={
        given === undefined ? `Set a setting ${place}` : `Set ${given} ${place}`
      }
      width={600}
      action={
        // A refusal for one environment does not hold for another.
        action.kind === 'refused' && triedIn !== where
          ? { kind: 'idle' }
          : action
      }
      confirm={maySet(app, where) ? `Set ${name || 'it'}` : undefined}
      onConfirm={confirm}
      onClose={onClose}
    >
      {given === undefined && (
        <TextField
          label="Name"
          description="As score.yaml reads it, in capitals."
          placeholder="LOG_LEVEL"
          isRequired
          autoComplete="off"
          spellCheck="false"
          value={typedName}
          onChange={setName}
          validationBehavior="aria"
          validate={() =>
            typedName === '' && !isTried ? undefined : faults.name
          }
        />
      )}
      <Select
        label="Where"
        options={wheresOf(app).map(({ id, title }) => ({ id, label: title }))}
        value={idOfWhere(where)}
        onChange={id => onWhere(whereOfId(String(id)))}
      />
      <RadioGroup
        label="Kind"
        value={kind ?? kindOfSetting({ secret })}
        onChange={id => setKind(id as Kind)}
      >
        {KINDS.map(({ id, name: title, says }) => (
          <Radio key={id} value={id} className={styles.choice}>
            <span className={styles.choiceText}>
              <span>{title}</span>
              <span className={styles.quiet}>{says}</span>
            </span>
          </Radio>
        ))}
      </RadioGroup>
      {reference ? (
        <ReferenceFields
          app={app.name}
          reference={reference}
          faults={isTried ? faults : {}}
          onChange={setReference}
        />
      ) : (
        <TextAreaField
          label="Value"
          description={describeField(secret, isOwn ? there : undefined)}
          className={
            secret && !isShown ? `${styles.text} ${styles.hidden}` : styles.text
          }
          rows={3}
          autoComplete="off"
          autoCorrect="off"
          spellCheck="false"
          value={value}
          onChange={setValue}
          validationBehavior="aria"
          validate={() => (isTried || value !== '' ? faults.value : undefined)}
        />
      )}
      {secret && !reference && (
        <Checkbox isSelected={isShown} onChange={setShown}>
          Show it while I type
        </Checkbox>
      )}
      <WhyField value={why} onChange={setWhy} />
      {maySet(app, where) ? (
        <Effects
          before={describeTurn({
            place,
            isShared: where === undefined,
            there,
            isOwn,
          })}
          warnings={warningsOf({ name, value, secret, there })}
          effects={name === '' ? [] : effects.lines}
        />
      ) : (
        <p className={styles.line}>{whoMaySet(app, where)}.</p>
      )}
    </ConfirmDialog>
  );
}

/**
 * @param own - current setting in this scope
 */
function describeField(
  secret: boolean,
  own: Pick<SettingView, 'secret' | 'reference'> | undefined,
): string {
  if (!secret || !own?.secret) return 'One line or several, as they are.';
  return own.reference
    ? 'It is kept elsewhere now: what you enter takes its place.'
    : 'The secret that is set is shown to nobody: enter all of it again.';
}

/** Describes which value the setting replaces. */
function describeTurn(of: {
  place: string;
  isShared: boolean;
  there: ReturnType<typeof findSetting>;
  isOwn: boolean;
}): string | undefined {
  const { place, isShared, there, isOwn } = of;
  if (isShared)
    return 'It counts in every environment that has none of its own by that name.';
  if (!there || isOwn) return undefined;
  return `It takes the place of what is set for all environments, ${place} alone.`;
}

function warningsOf(of: {
  name: string;
  value: string;
  secret: boolean;
  there: ReturnType<typeof findSetting>;
}): string[] {
  const { name, value, secret, there } = of;
  const [reader] = there?.workloads ?? [];
  return [
    ...(there && there.secret !== secret && reader !== undefined
      ? [
          `${reader} reads ${name} as a ${kindOfSetting(
            there,
          )}: as a ${kindOfSetting({
            secret,
          })} it is taken once a release that reads it so is there.`,
        ]
      : []),
    ...(secret && /\n$/.test(value)
      ? ['It ends with a line break, which the app reads too.']
      : []),
  ];
}

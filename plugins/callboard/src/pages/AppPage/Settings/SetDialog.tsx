import {
  Checkbox,
  Radio,
  RadioGroup,
  Select,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { useChangeSetting } from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../ConfirmDialog';
import { Effects } from './Effects';
import { judgeSetting } from './judgeSetting';
import { effectsOf, findSetting, isAwaitedSecret } from './knownSettings';
import { maySet, whoMaySet } from './maySet';
import { refOf, type SettingDialogProps } from './SettingDialogProps';
import { describeWhere, kindOf } from './settingWords';
import { reasonOf, WhyField } from './WhyField';
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
] as const;

export interface SetDialogProps extends Omit<SettingDialogProps, 'name'> {
  onWhere: (where: string | undefined) => void;
  /** Undefined for a setting that is not there yet. */
  name?: string;
  /** What it shall be, where nothing is set by that name and no release waits for it. */
  secret?: boolean;
}

/**
 * Sets a variable or a secret, and says before what that starts again. What is
 * typed lives in this dialog alone: not in the address, and in no draft, which
 * would outlive it.
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
  const [typedName, setName] = useState('');
  const [typedValue, setValue] = useState<string>();
  const [chosenSecret, setSecret] = useState<boolean>();
  const [why, setWhy] = useState('');
  const [isShown, setShown] = useState(false);
  const [isTried, setTried] = useState(false);
  const name = given ?? typedName.trim();
  const there = findSetting(settings, where, name);
  const secret =
    chosenSecret ??
    isAwaitedSecret(settings, where, name) ??
    there?.secret ??
    wanted;
  const value = typedValue ?? (secret ? '' : there?.value ?? '');
  const faults = judgeSetting({ name, value, secret });
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
    if (faults.name !== undefined || faults.value !== undefined) return;
    const version = await change(
      { ...refOf({ app, where }), name },
      { kind: 'set', value, secret },
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
      action={action}
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
        value={kindOf({ secret })}
        onChange={id => setSecret(id === 'secret')}
      >
        {KINDS.map(kind => (
          <Radio key={kind.id} value={kind.id} className={styles.choice}>
            <span className={styles.choiceText}>
              <span>{kind.name}</span>
              <span className={styles.quiet}>{kind.says}</span>
            </span>
          </Radio>
        ))}
      </RadioGroup>
      <TextAreaField
        label="Value"
        description={describeField(secret, there?.secret === true && isOwn)}
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
      {secret && (
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

function describeField(secret: boolean, isReplaced: boolean): string {
  if (!secret) return 'One line or several, as they are.';
  return isReplaced
    ? 'The secret that is set is shown to nobody: enter all of it again.'
    : 'One line or several, as they are.';
}

/** What the setting replaces. */
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
          `${reader} reads ${name} as a ${kindOf(there)}: as a ${kindOf({
            secret,
          })} it is taken once a release that reads it so is there.`,
        ]
      : []),
    ...(secret && /\n$/.test(value)
      ? ['It ends with a line break, which the app reads too.']
      : []),
  ];
}

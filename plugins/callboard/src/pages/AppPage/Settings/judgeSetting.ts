import {
  isSettingName,
  type StoreReference,
} from '@callboard/plugin-callboard-common';

const MOST_BYTES = 32 * 1024; // limit of the API

export interface SettingDraft {
  name: string;
  value: string;
  secret: boolean;
  /** Used instead of the value. */
  reference?: StoreReference;
}

/** Validates a setting before it is sent; errors are in words. */
export function judgeSetting({
  name,
  value,
  secret,
  reference,
}: SettingDraft): {
  name?: string;
  value?: string;
  store?: string;
  key?: string;
} {
  const nameFault = isSettingName(name)
    ? undefined
    : 'Capital letters, digits and “_”, at most 128, beginning with a letter';
  const of = nameFault === undefined ? {} : { name: nameFault };
  if (reference)
    return {
      ...of,
      ...(reference.clusterSecretStore === '' && {
        store: 'Name the store: the platform team says which there are',
      }),
      ...(reference.key === '' && {
        key: 'Write the key as the store lists it',
      }),
    };
  const valueFault = judgeValue(value, secret);
  return {
    ...of,
    ...(valueFault !== undefined && { value: valueFault }),
  };
}

function judgeValue(value: string, secret: boolean): string | undefined {
  if (secret && value === '') return 'A secret without a value hides nothing';
  if (new Blob([value]).size > MOST_BYTES)
    return `At most ${MOST_BYTES / 1024} KB`;
  return value.includes('\0') ? 'It contains the character U+0000' : undefined;
}

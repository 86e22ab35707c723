import { isSettingName } from '@callboard/plugin-callboard-common';

const MOST_BYTES = 32 * 1024; // what the API takes

export interface SettingDraft {
  name: string;
  value: string;
  secret: boolean;
}

/** What is wrong with what somebody filled in, in words, before it is sent. */
export function judgeSetting({ name, value, secret }: SettingDraft): {
  name?: string;
  value?: string;
} {
  const nameFault = isSettingName(name)
    ? undefined
    : 'Capital letters, digits and “_”, at most 128, beginning with a letter';
  const valueFault = judgeValue(value, secret);
  return {
    ...(nameFault !== undefined && { name: nameFault }),
    ...(valueFault !== undefined && { value: valueFault }),
  };
}

function judgeValue(value: string, secret: boolean): string | undefined {
  if (secret && value === '') return 'A secret without a value hides nothing';
  if (new Blob([value]).size > MOST_BYTES)
    return `At most ${MOST_BYTES / 1024} KB`;
  return value.includes('\0') ? 'It contains the character U+0000' : undefined;
}

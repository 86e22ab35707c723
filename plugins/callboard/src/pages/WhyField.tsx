import { TextField } from '@backstage/ui';

const LONGEST_REASON = 500;

/**
 * An optional reason for the journal.
 *
 * @param description - who reads it; every user who sees the app when omitted
 */
export function WhyField({
  value,
  onChange,
  description = 'For the journal. Everybody who sees the app reads it.',
}: {
  value: string;
  onChange: (value: string) => void;
  description?: string;
}): JSX.Element {
  return (
    <TextField
      label="Why"
      description={description}
      autoComplete="off"
      maxLength={LONGEST_REASON}
      value={value}
      onChange={onChange}
    />
  );
}

/** The reason to send: undefined for an empty field. */
export function reasonOf(why: string): string | undefined {
  return why.trim() === '' ? undefined : why.trim();
}

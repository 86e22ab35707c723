import { TextField } from '@backstage/ui';

const LONGEST_REASON = 500;

/**
 * A reason for the journal; never needed.
 *
 * @param description - who reads it; everybody who sees the app where omitted
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

/** What is sent of it: nothing where nothing was written. */
export function reasonOf(why: string): string | undefined {
  return why.trim() === '' ? undefined : why.trim();
}

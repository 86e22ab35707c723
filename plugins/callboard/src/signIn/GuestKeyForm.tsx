import { Button, TextField } from '@backstage/ui';
import { type FormEvent, useState } from 'react';
import { readKey } from './guestKey';
import styles from './GuestKeyForm.module.css';

/** Form for the sign-in address; reports invalid input. */
export function GuestKeyForm({
  state,
  onKey,
}: {
  state: { kind: 'needs-key'; isWrong: boolean } | { kind: 'unreachable' };
  onKey(key: string): void;
}): JSX.Element {
  const [text, setText] = useState('');
  const [isUnreadable, setUnreadable] = useState(false);
  if (state.kind === 'unreachable') {
    return (
      <main className={styles.page} aria-live="polite">
        <h1 className={styles.title}>Callboard is not answering</h1>
        <p>This page asks again every 2 seconds.</p>
      </main>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const key = readKey(text);
    setUnreadable(key === undefined);
    if (key !== undefined) onKey(key);
  };
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>Sign in to Callboard</h1>
      <p>
        Open the address that <code>npm start</code> printed after “Sign in”, or
        paste it here. This browser then stays signed in.
      </p>
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label="Sign-in address or key"
          type="text"
          autoComplete="off"
          value={text}
          onChange={setText}
        />
        <Button type="submit" variant="primary">
          Sign in
        </Button>
      </form>
      <p role="alert" className={styles.fault}>
        {explainFault(isUnreadable, state.isWrong)}
      </p>
    </main>
  );
}

function explainFault(isUnreadable: boolean, isWrong: boolean): string {
  if (isUnreadable)
    return 'That is no sign-in address. It ends with "#key=" and 40 letters and digits.';
  if (isWrong)
    return 'That key is not the one of this portal. Each portal prints its own at its start.';
  return '';
}

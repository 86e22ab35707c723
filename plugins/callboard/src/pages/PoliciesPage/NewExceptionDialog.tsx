import { Select, TextField } from '@backstage/ui';
import { countOf } from '@callboard/plugin-callboard-common';
import { useChangeExceptions, useNow } from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { ConfirmDialog } from '../ConfirmDialog';

const DAYS = [1, 7, 30, 90, 365];
const DEFAULT_DAYS = 7;
const DAY_MS = 24 * 60 * 60_000;

/** Allows an app to violate a policy for some days. */
export function NewExceptionDialog({
  policy,
  onClose,
}: {
  policy: string;
  onClose: () => void;
}): JSX.Element {
  const { action, create } = useChangeExceptions();
  const [target, setTarget] = useState('');
  const [why, setWhy] = useState('');
  const [days, setDays] = useState(DEFAULT_DAYS);
  const [isTried, setTried] = useState(false);
  const now = useNow();
  const confirm = async () => {
    setTried(true);
    if (target.trim() === '' || why.trim() === '') return;
    const until = new Date(now.getTime() + days * DAY_MS).toISOString();
    const made = await create({
      policy,
      target: target.trim(),
      until,
      why: why.trim(),
    });
    if (made) onClose();
  };
  return (
    <ConfirmDialog
      title={`Make an exception from ${policy}`}
      width={520}
      action={action}
      confirm="Make it"
      onConfirm={confirm}
      onClose={onClose}
    >
      <TextField
        label="For"
        description="An app, or an app in an environment: shop/prod."
        isRequired
        autoComplete="off"
        spellCheck="false"
        maxLength={130}
        value={target}
        onChange={setTarget}
        validationBehavior="aria"
        validate={() =>
          isTried && target.trim() === '' ? 'Name an app' : undefined
        }
      />
      <TextField
        label="Why"
        description="The journal keeps it, with your name."
        isRequired
        autoComplete="off"
        maxLength={500}
        value={why}
        onChange={setWhy}
        validationBehavior="aria"
        validate={() =>
          isTried && why.trim() === '' ? 'Say why it is needed' : undefined
        }
      />
      <Select
        label="Ends in"
        options={DAYS.map(each => ({
          id: String(each),
          label: countOf(each, 'day'),
        }))}
        value={String(days)}
        onChange={id => setDays(Number(id))}
      />
    </ConfirmDialog>
  );
}

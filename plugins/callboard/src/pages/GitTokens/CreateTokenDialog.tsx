import { Select, TextField } from '@backstage/ui';
import { countOf } from '@callboard/plugin-callboard-common';
import {
  dataOf,
  useApps,
  useChangeGitTokens,
} from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { ConfirmDialog } from '../ConfirmDialog';
import type { CreatedToken } from './CreatedToken';

const FOR_ME = 'me';
const COMMAND_LINE = 'api';
const APP = 'app:';
const DAYS = [7, 30, 90, 180, 365];
const DEFAULT_DAYS = 90;
const MOST_DAYS = 365;

/** Asks for a token's name, scope and lifetime. */
export function CreateTokenDialog({
  maxDays = MOST_DAYS,
  onCreated,
  onClose,
}: {
  /** Maximum lifetime. */
  maxDays?: number;
  onCreated: (token: CreatedToken) => void;
  onClose: () => void;
}): JSX.Element {
  const { action, create } = useChangeGitTokens();
  const apps = dataOf(useApps()) ?? [];
  const [typed, setTyped] = useState('');
  const [whose, setWhose] = useState(FOR_ME);
  const [chosenDays, setDays] = useState<number>();
  const [isTried, setTried] = useState(false);
  const choices = [...DAYS.filter(each => each < maxDays), maxDays];
  const days = chosenDays ?? Math.min(DEFAULT_DAYS, maxDays);
  const name = typed.trim();
  const confirm = async () => {
    setTried(true);
    if (name === '') return;
    const app = whose.startsWith(APP) ? whose.slice(APP.length) : undefined;
    const of = {
      name,
      ...(app !== undefined && { app }),
      ...(whose === COMMAND_LINE && { scope: 'api' as const }),
    };
    const issued = await create({ ...of, expiresInDays: days });
    if (issued) onCreated({ ...issued, ...of });
  };
  return (
    <ConfirmDialog
      title="Create a token"
      width={520}
      action={action}
      confirm="Create it"
      onConfirm={confirm}
      onClose={onClose}
    >
      <TextField
        label="Name"
        description="Where it is used: laptop, ci."
        isRequired
        autoComplete="off"
        spellCheck="false"
        maxLength={60}
        value={typed}
        onChange={setTyped}
        validationBehavior="aria"
        validate={() =>
          isTried && name === '' ? 'A token needs a name' : undefined
        }
      />
      <Select
        label="Good for"
        description={describeUse(whose)}
        options={[
          { id: FOR_ME, label: 'Git, for me' },
          { id: COMMAND_LINE, label: 'The command line, for me' },
          ...apps
            .filter(({ viewer }) => viewer?.promote ?? true)
            .map(app => ({
              id: APP + app.name,
              label: `Git, for ${app.name} alone`,
            })),
        ]}
        value={whose}
        onChange={id => setWhose(String(id))}
      />
      <Select
        label="Expires in"
        options={choices.map(each => ({
          id: String(each),
          label: countOf(each, 'day'),
        }))}
        value={String(days)}
        onChange={id => setDays(Number(id))}
      />
    </ConfirmDialog>
  );
}

function describeUse(whose: string): string {
  if (whose === FOR_ME)
    return 'It pushes in your name, to what you may push to at that moment.';
  if (whose === COMMAND_LINE)
    return 'npx callboard signs in with it: it may what you may with apps. Git does not take it.';
  return 'For machines: it reaches no other app, and the history names it.';
}
